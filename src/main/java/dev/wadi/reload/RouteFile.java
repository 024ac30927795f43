package dev.wadi.reload;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A file of routes, and what it consists of.
 *
 * @param location by which Camel names it
 * @param own whether it is one of Wadi's, which don't change
 * @param text all of it
 * @param elements in their order
 */
public record RouteFile(String location, boolean own, String text, List<Element> elements) {

  /** What one file says once may be used anywhere in it. */
  private static final Pattern ANCHOR = Pattern.compile("(?m)(^|[\\s:-])[&*][A-Za-z0-9_]");

  /**
   * One of the list that a file is.
   *
   * @param kind such as {@code route} or {@code onException}
   * @param id of a route, empty if it has none; null of all else
   * @param line from 1 on
   * @param names of a list of beans; empty of all else
   */
  public record Element(String kind, String id, int line, String text, Set<String> names) {}

  public RouteFile {
    elements = List.copyOf(elements);
  }

  /**
   * Takes a file apart.
   *
   * @param text a YAML list; of anything else there are no elements
   * @throws org.yaml.snakeyaml.error.YAMLException if it is no YAML
   */
  public static RouteFile of(String location, boolean own, String text) {
    List<Element> elements = new ArrayList<>();
    Node root = new Yaml(new SafeConstructor(new LoaderOptions())).compose(new StringReader(text));
    if (root instanceof SequenceNode list) {
      list.getValue().forEach(node -> elements.add(element(node, text)));
    }
    return new RouteFile(location, own, text, elements);
  }

  /** Where an element stands, as a person would name it. */
  String place(Element element) {
    return location.replaceFirst("^file:", "") + ":" + element.line();
  }

  /** The ids of its routes. */
  Set<String> ids() {
    return routes().keySet();
  }

  /** Its routes' texts, by id. */
  Map<String, String> routes() {
    Map<String, String> routes = new LinkedHashMap<>();
    elements.stream()
        .filter(element -> element.id() != null)
        .forEach(route -> routes.put(route.id(), route.text()));
    return routes;
  }

  /** The texts of its elements of some kinds. */
  List<String> texts(Set<String> kinds) {
    return elements.stream()
        .filter(element -> kinds.contains(element.kind()))
        .map(Element::text)
        .toList();
  }

  /** Whether parts of it may depend on each other beyond what they are. */
  boolean hasAnchors() {
    return ANCHOR.matcher(text).find();
  }

  private static Element element(Node node, String text) {
    String kind = "";
    String id = null;
    Set<String> names = new LinkedHashSet<>();
    if (node instanceof MappingNode mapping && !mapping.getValue().isEmpty()) {
      NodeTuple first = mapping.getValue().get(0);
      kind = scalar(first.getKeyNode());
      if (kind.equals("route")) {
        id = scalar(member(first.getValueNode(), "id"));
      } else if (kind.equals("beans") && first.getValueNode() instanceof SequenceNode beans) {
        beans.getValue().forEach(bean -> names.add(scalar(member(bean, "name"))));
      }
    }
    return new Element(
        kind,
        id,
        node.getStartMark().getLine() + 1,
        text.substring(
            text.offsetByCodePoints(0, node.getStartMark().getIndex()),
            text.offsetByCodePoints(0, node.getEndMark().getIndex())),
        names);
  }

  private static Node member(Node node, String name) {
    if (node instanceof MappingNode mapping) {
      for (NodeTuple tuple : mapping.getValue()) {
        if (scalar(tuple.getKeyNode()).equals(name)) {
          return tuple.getValueNode();
        }
      }
    }
    return null;
  }

  private static String scalar(Node node) {
    return node instanceof ScalarNode scalar ? scalar.getValue() : "";
  }
}
