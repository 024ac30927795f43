package dev.wadi.cases;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.wadi.event.SetupException;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A value of a case file that knows its file and line. A plain scalar is what JSON makes of it, and
 * text else: a date, {@code no} and {@code 0123} stay the text that stands there.
 */
final class CaseNode {

  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?");
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS);
  private static final String MERGE = "<<";

  private final String file;
  private final int line;
  private final Node node;

  private CaseNode(String file, int line, Node node) {
    this.file = file;
    this.line = line;
    this.node = node;
  }

  /**
   * Reads a file of one document.
   *
   * @throws SetupException if it isn't YAML or is empty
   */
  static CaseNode read(String file, String yaml) {
    try {
      Node root =
          new Yaml(new SafeConstructor(new LoaderOptions())).compose(new StringReader(yaml));
      if (root == null) {
        throw new SetupException(file + ":1: the file is empty: begin it with `cases:`");
      }
      return new CaseNode(file, 1, root);
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      throw new SetupException(
          file + ":" + line + ": this is not YAML: " + oneLine(e.getProblem()) + ": mend it", e);
    } catch (YAMLException e) {
      throw new SetupException(
          file + ":1: this is not YAML: " + oneLine(e.getMessage()) + ": mend it", e);
    }
  }

  /** The exception to throw about this value; what it says ends with what to do. */
  SetupException error(String what) {
    return new SetupException(file + ":" + line + ": " + what);
  }

  /** From 1 on. */
  int line() {
    return line;
  }

  boolean isMap() {
    return node instanceof MappingNode;
  }

  boolean isList() {
    return node instanceof SequenceNode;
  }

  /** The text of a scalar, which must not be blank. */
  String text() {
    if (!(node instanceof ScalarNode scalar) || scalar.getValue().isBlank()) {
      throw error("a text must stand here");
    }
    return scalar.getValue();
  }

  /** The text of a scalar, which may be empty. */
  String rawText() {
    if (!(node instanceof ScalarNode scalar)) {
      throw error("a text must stand here");
    }
    return scalar.getValue();
  }

  /** Whether a whole number stands here. */
  boolean isCount() {
    return node instanceof ScalarNode scalar && scalar.getValue().matches("\\d{1,9}");
  }

  /** A whole number. */
  int count() {
    if (!isCount()) {
      throw error("a number of 0 or more must stand here");
    }
    return Integer.parseInt(((ScalarNode) node).getValue());
  }

  /** The items of a list. */
  List<CaseNode> items() {
    if (!(node instanceof SequenceNode sequence)) {
      throw error("a list must stand here: begin each item with a dash");
    }
    List<CaseNode> items = new ArrayList<>();
    sequence.getValue().forEach(item -> items.add(at(item, item)));
    return items;
  }

  /** The members of a map, in the file's order, each with the line of its name. */
  Map<String, CaseNode> members() {
    if (!(node instanceof MappingNode mapping)) {
      throw error("names with values (name: value) must stand here");
    }
    Map<String, CaseNode> members = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      CaseNode name = at(tuple.getKeyNode(), tuple.getKeyNode());
      CaseNode value = at(tuple.getKeyNode(), tuple.getValueNode());
      if (name.text().equals(MERGE)) {
        value.members().forEach(members::putIfAbsent);
      } else if (members.put(name.text(), value) != null && !isMerged(mapping)) {
        throw name.error("'" + name.text() + "' stands here twice: remove one");
      }
    }
    return members;
  }

  /** The members of a map that may have these names only. */
  Map<String, CaseNode> members(List<String> allowed) {
    Map<String, CaseNode> members = members();
    members.forEach(
        (name, value) -> {
          if (!allowed.contains(name)) {
            throw value.error(
                "'" + name + "' is unknown here: use one of " + String.join(", ", allowed));
          }
        });
    return members;
  }

  /** What it is as JSON. */
  JsonNode json() {
    if (node instanceof MappingNode) {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      members().forEach((name, value) -> object.set(name, value.json()));
      return object;
    }
    if (node instanceof SequenceNode) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      items().forEach(item -> array.add(item.json()));
      return array;
    }
    return scalar((ScalarNode) node);
  }

  /** The same as text, each number as it is written: what an event has is what its writer typed. */
  String jsonText() {
    if (node instanceof MappingNode) {
      return members().entrySet().stream()
          .map(member -> TextNode.valueOf(member.getKey()) + ":" + member.getValue().jsonText())
          .collect(Collectors.joining(",", "{", "}"));
    }
    if (node instanceof SequenceNode) {
      return items().stream().map(CaseNode::jsonText).collect(Collectors.joining(",", "[", "]"));
    }
    JsonNode scalar = json();
    return scalar.isNumber() ? ((ScalarNode) node).getValue() : scalar.toString();
  }

  private static JsonNode scalar(ScalarNode scalar) {
    String text = scalar.getValue();
    boolean plain = scalar.getScalarStyle() == ScalarStyle.PLAIN;
    if (plain && (text.isEmpty() || text.equals("~") || text.equals("null"))) {
      return JsonNodeFactory.instance.nullNode();
    }
    if (plain && (text.equals("true") || text.equals("false") || NUMBER.matcher(text).matches())) {
      try {
        return JSON.readTree(text);
      } catch (IOException e) {
        throw new UncheckedIOException("JSON has " + text, e);
      }
    }
    return JsonNodeFactory.instance.textNode(text);
  }

  private static boolean isMerged(MappingNode mapping) {
    return mapping.getValue().stream()
        .anyMatch(
            tuple -> tuple.getKeyNode() instanceof ScalarNode key && key.getValue().equals(MERGE));
  }

  private CaseNode at(Node where, Node value) {
    return new CaseNode(file, where.getStartMark().getLine() + 1, value);
  }

  private static String oneLine(String text) {
    return String.valueOf(text).replaceAll("\\s+", " ").replaceAll("\\p{Cntrl}", "?");
  }
}
