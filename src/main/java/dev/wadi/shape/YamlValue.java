package dev.wadi.shape;

import dev.wadi.event.SetupException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * A value of a YAML file that knows its file and line, so that every complaint can name them.
 * Scalars are taken as the text that stands there ({@code 0.3.0}, {@code no}), never as a YAML
 * number or boolean; {@code {{setting:default}}} in them is replaced.
 */
final class YamlValue {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([^:{}]+)(?::([^{}]*))?}}");

  private final String file;
  private final int line;
  private final Node node;
  private final Map<String, String> settings;

  private YamlValue(String file, int line, Node node, Map<String, String> settings) {
    this.file = file;
    this.line = line;
    this.node = node;
    this.settings = settings;
  }

  /**
   * Reads a file of one document.
   *
   * @throws SetupException if it isn't YAML or is empty
   */
  static YamlValue read(String file, String yaml, Map<String, String> settings) {
    LoaderOptions options = new LoaderOptions();
    // an alias could stand for what it is in, or unfold without end
    options.setMaxAliasesForCollections(0);
    try {
      Node node = new Yaml(new SafeConstructor(options)).compose(new StringReader(yaml));
      if (node == null) {
        throw new SetupException(file + " is empty: see docs/shapes.md for what belongs there");
      }
      return new YamlValue(file, 1, node, settings);
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      String context = e.getContext() == null ? "" : e.getContext() + ": ";
      throw notYaml(file + ":" + line, context + e.getProblem(), e);
    } catch (ReaderException e) {
      int line = (int) yaml.codePoints().limit(e.getPosition()).filter(c -> c == '\n').count() + 1;
      throw notYaml(file + ":" + line, "the character U+%04X".formatted(e.getCodePoint()), e);
    } catch (YAMLException e) {
      throw notYaml(
          file,
          e.getMessage().contains("aliases")
              ? "an alias (*name) stands for a list or a map: write it out"
              : e.getMessage(),
          e);
    }
  }

  private static SetupException notYaml(String where, String why, YAMLException cause) {
    // the parser quotes what stands there
    String line = why.replaceAll("\\s+", " ").replaceAll("\\p{Cntrl}", "?");
    return new SetupException(where + ": not YAML that can be read: " + line, cause);
  }

  /** The exception to throw about this value; what it says ends with what to do. */
  SetupException error(String what) {
    return new SetupException(file + ":" + line + ": " + what);
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
    return PLACEHOLDER.matcher(scalar.getValue()).replaceAll(this::setting);
  }

  /** The items of a list; a single value counts as a list of one. */
  List<YamlValue> items() {
    if (!(node instanceof SequenceNode sequence)) {
      return List.of(this);
    }
    List<YamlValue> items = new ArrayList<>();
    for (Node item : sequence.getValue()) {
      items.add(at(item, item));
    }
    return items;
  }

  /** The members of a map, in the file's order, each with the line of its name. */
  Map<String, YamlValue> members() {
    if (!(node instanceof MappingNode mapping)) {
      throw error("names with values (name: value) must stand here");
    }
    Map<String, YamlValue> members = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      YamlValue name = at(tuple.getKeyNode(), tuple.getKeyNode());
      if (members.put(name.text(), at(tuple.getKeyNode(), tuple.getValueNode())) != null) {
        throw name.error("'" + name.text() + "' stands here twice: remove one");
      }
    }
    return members;
  }

  /** The members of a map that may have these names only. */
  Map<String, YamlValue> members(List<String> allowed) {
    Map<String, YamlValue> members = members();
    members.forEach(
        (name, value) -> {
          if (!allowed.contains(name)) {
            throw value.error(
                "'" + name + "' is unknown: use one of " + String.join(", ", allowed));
          }
        });
    return members;
  }

  /** The member of this name in what {@link #members} returned for this value. */
  YamlValue required(Map<String, YamlValue> members, String name) {
    YamlValue value = members.get(name);
    if (value == null) {
      throw error("'" + name + "' is missing: add it");
    }
    return value;
  }

  private YamlValue at(Node where, Node value) {
    return new YamlValue(file, where.getStartMark().getLine() + 1, value, settings);
  }

  private String setting(java.util.regex.MatchResult placeholder) {
    String value = settings.getOrDefault(placeholder.group(1).trim(), placeholder.group(2));
    if (value == null) {
      throw error("the setting " + placeholder.group(1) + " has no value: set it");
    }
    return Matcher.quoteReplacement(value);
  }
}
