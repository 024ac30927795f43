package dev.wadi.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/**
 * Tells whether a document still says what its record's bytes say. A step that masks or drops a
 * field may change the parsed document in place, so its identity proves nothing: the bytes are read
 * again, without building a second tree.
 */
public final class Original {

  /** Deeper than any event may be, and no deeper than the stack is. */
  private static final int MAX_DEPTH = 1_001;

  private static final JsonParsers PARSERS = new JsonParsers(MAX_DEPTH);

  private Original() {}

  /** Whether these bytes are UTF-8 JSON of exactly this content. */
  public static boolean isStill(byte[] bytes, ObjectNode document) {
    if (!mayBeUtf8(bytes)) {
      return false;
    }
    try (JsonParser parser = PARSERS.of(bytes)) {
      parser.nextToken();
      return same(parser, document) && parser.nextToken() == null;
    } catch (IOException notJson) {
      PARSERS.failedAt(bytes);
      return false;
    }
  }

  private static boolean same(JsonParser parser, JsonNode node) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == null) {
      return false;
    }
    return switch (token) {
      case START_OBJECT -> node.isObject() && sameMembers(parser, node);
      case START_ARRAY -> node.isArray() && sameElements(parser, node);
      case VALUE_STRING -> node.isTextual() && node.textValue().equals(parser.getText());
      case VALUE_NUMBER_INT -> node.isIntegralNumber() && sameInteger(parser, node);
      case VALUE_NUMBER_FLOAT -> node.isFloatingPointNumber() && sameFraction(parser, node);
      case VALUE_TRUE -> node.isBoolean() && node.booleanValue();
      case VALUE_FALSE -> node.isBoolean() && !node.booleanValue();
      case VALUE_NULL -> node.isNull();
      default -> false;
    };
  }

  private static boolean sameMembers(JsonParser parser, JsonNode node) throws IOException {
    int members = 0;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      PARSERS.met(parser.currentName());
      JsonNode member = node.get(parser.currentName());
      parser.nextToken();
      if (member == null || !same(parser, member)) {
        return false;
      }
      members++;
    }
    return members == node.size();
  }

  private static boolean sameElements(JsonParser parser, JsonNode node) throws IOException {
    int elements = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (elements == node.size() || !same(parser, node.get(elements))) {
        return false;
      }
      elements++;
    }
    return elements == node.size();
  }

  private static boolean sameInteger(JsonParser parser, JsonNode node) throws IOException {
    if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
      return parser.getBigIntegerValue().equals(node.bigIntegerValue());
    }
    return node.canConvertToLong() && parser.getLongValue() == node.longValue();
  }

  private static boolean sameFraction(JsonParser parser, JsonNode node) throws IOException {
    return node.isBigDecimal()
        ? parser.getDecimalValue().compareTo(node.decimalValue()) == 0
        : parser.getDoubleValue() == node.doubleValue();
  }

  /** The parser would also read UTF-16 and UTF-32, which have a zero among the first two bytes. */
  private static boolean mayBeUtf8(byte[] bytes) {
    return bytes.length > 1 && bytes[0] != 0 && bytes[1] != 0 && (bytes[0] & 0xff) < 0xfe;
  }
}
