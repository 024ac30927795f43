package dev.wadi.shape;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What the value of a field may be.
 *
 * @param types the kinds of JSON value that are allowed
 * @param filled whether text must not be blank
 * @param values the texts that are allowed; null for all
 * @param wanted what a value must be, for messages
 */
public record Kind(Set<JsonNodeType> types, boolean filled, Set<String> values, String wanted) {

  static final Kind OBJECT = of("object");

  /**
   * The kind of this name: {@code text}, {@code filled-text}, {@code number}, {@code boolean},
   * {@code object}, {@code array}, or several with bars between.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Kind of(String name) {
    Set<JsonNodeType> types = EnumSet.noneOf(JsonNodeType.class);
    Set<String> wanted = new LinkedHashSet<>();
    boolean filled = false;
    for (String one : name.split("\\|")) {
      JsonNodeType type = type(one.trim());
      types.add(type);
      wanted.add(described(type));
      filled |= one.trim().equals("filled-text");
    }
    return new Kind(types, filled, null, String.join(" or ", wanted));
  }

  /** Text that is one of these. */
  static Kind oneOf(Set<String> values) {
    return new Kind(
        EnumSet.of(JsonNodeType.STRING), false, values, "one of " + String.join(", ", values));
  }

  boolean admits(JsonNode value) {
    if (!types.contains(value.getNodeType())) {
      return false;
    }
    return !value.isTextual()
        || ((values == null || values.contains(value.textValue()))
            && !(filled && value.textValue().isBlank()));
  }

  /** Whether it is a text of nothing where something must be. */
  boolean isUnfilled(JsonNode value) {
    return filled && value.isTextual() && value.textValue().isBlank();
  }

  static String described(JsonNodeType type) {
    return switch (type) {
      case STRING -> "text";
      case NUMBER -> "a number";
      case BOOLEAN -> "a boolean";
      case OBJECT -> "an object";
      case ARRAY -> "an array";
      case NULL, MISSING, BINARY, POJO -> "nothing";
    };
  }

  private static JsonNodeType type(String name) {
    return switch (name) {
      case "text", "filled-text" -> JsonNodeType.STRING;
      case "number" -> JsonNodeType.NUMBER;
      case "boolean" -> JsonNodeType.BOOLEAN;
      case "object" -> JsonNodeType.OBJECT;
      case "array" -> JsonNodeType.ARRAY;
      default ->
          throw new IllegalArgumentException(
              "'"
                  + name
                  + "' is no kind of value: use text, filled-text, number, boolean, object, array,"
                  + " a list of texts or a name under 'kinds'");
    };
  }
}
