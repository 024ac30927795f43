package dev.wadi.intake.poll;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * What a page holds.
 *
 * @param lines its items, one a line, each byte for byte as it came but for its line breaks; empty
 *     if there is none
 * @param items how many
 * @param cursor what the next page is asked by; null if there is none
 */
record PageContent(byte[] lines, int items, String cursor) {

  /** The reason code of an answer that is no JSON. */
  static final String NOT_JSON = "not_json";

  /** The reason code of an answer without what the pointer of the items names. */
  static final String NO_ITEMS = "no_items";

  /** The reason code of an answer in which the items or the cursor can't be told for certain. */
  static final String AMBIGUOUS = "ambiguous";

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /**
   * Reads a body.
   *
   * @param items where the items are: an array, or an object that is the only one
   * @param cursor where the next page's cursor is; null if there is none
   * @throws RefusedAnswerException if it isn't JSON, has nothing at {@code items}, or has one of
   *     them twice, as JSON may: names in an object need not differ
   */
  static PageContent read(byte[] body, JsonPointer items, JsonPointer cursor)
      throws RefusedAnswerException {
    for (int i = 0; i < Math.min(4, body.length); i++) {
      if (body[i] == 0) {
        throw new RefusedAnswerException(NOT_JSON, "it is in UTF-16 or UTF-32, or no text");
      }
    }
    try {
      JsonNode root = JSON.readTree(body);
      requireOne(body, items);
      if (cursor != null) {
        requireOne(body, cursor);
      }
      JsonNode found = root.at(items);
      if (!found.isContainerNode()) {
        throw new RefusedAnswerException(
            NO_ITEMS,
            root.isMissingNode()
                ? "it is empty"
                : "there is neither an array nor an object at '" + items + "'");
      }
      ByteArrayOutputStream lines = new ByteArrayOutputStream(body.length);
      int count = copy(body, items, lines);
      return new PageContent(
          lines.toByteArray(), count, cursor == null ? null : text(root.at(cursor)));
    } catch (JsonProcessingException e) {
      // without the excerpt, which Jackson puts behind it
      throw new RefusedAnswerException(NOT_JSON, "it is no JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new IllegalStateException("reading from memory throws none", e);
    }
  }

  private static void requireOne(byte[] body, JsonPointer path)
      throws RefusedAnswerException, IOException {
    try (JsonParser parser = JSON.getFactory().createParser(body)) {
      if (parser.nextToken() != null && isForked(parser, path)) {
        throw new RefusedAnswerException(
            AMBIGUOUS, "a name on the way to '" + path + "' is there more than once");
      }
    }
  }

  /** Whether a name on the way is there twice in its object; a token's value is left behind. */
  private static boolean isForked(JsonParser parser, JsonPointer path) throws IOException {
    if (path.matches() || !parser.currentToken().isStructStart()) {
      parser.skipChildren();
      return false;
    }
    boolean isArray = parser.currentToken() == JsonToken.START_ARRAY;
    boolean forked = false;
    int found = 0;
    for (int i = 0; !parser.nextToken().isStructEnd(); i++) {
      boolean leads = isArray ? path.matchesElement(i) : path.matchesProperty(parser.currentName());
      if (!isArray) {
        parser.nextToken();
      }
      if (leads) {
        found++;
        forked |= isForked(parser, path.tail());
      } else {
        parser.skipChildren();
      }
    }
    return forked || found > 1;
  }

  private static String text(JsonNode node) {
    return node.isValueNode() && !node.isNull() && !node.isBoolean() && !node.asText().isEmpty()
        ? node.asText()
        : null;
  }

  private static int copy(byte[] body, JsonPointer items, ByteArrayOutputStream lines)
      throws IOException {
    try (JsonParser parser = JSON.getFactory().createParser(body)) {
      JsonToken token = parser.nextToken();
      while (!parser.getParsingContext().pathAsPointer().equals(items) || !token.isStructStart()) {
        token = parser.nextToken();
      }
      if (token == JsonToken.START_OBJECT) {
        copyOne(parser, body, lines);
        return 1;
      }
      int count = 0;
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        copyOne(parser, body, lines);
        count++;
      }
      return count;
    }
  }

  private static void copyOne(JsonParser parser, byte[] body, ByteArrayOutputStream lines)
      throws IOException {
    int from = (int) parser.currentTokenLocation().getByteOffset();
    parser.skipChildren();
    parser.finishToken();
    int to = (int) parser.currentLocation().getByteOffset();
    for (int i = from; i < to; i++) {
      // within a string a line break is escaped, so these stand between tokens
      lines.write(body[i] == '\n' || body[i] == '\r' ? ' ' : body[i]);
    }
    lines.write('\n');
  }
}
