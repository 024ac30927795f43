package dev.wadi.intake.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.wadi.event.JsonParsers;
import java.io.IOException;
import java.util.Arrays;

/** Goes through a JSON text in UTF-8 and tells where in its bytes each value is. */
final class JsonCursor implements AutoCloseable {

  /** Whatever is JSON: limits are for those who decode it. */
  private static final JsonParsers PARSERS = new JsonParsers(Integer.MAX_VALUE);

  private final byte[] bytes;
  private final JsonParser parser;

  JsonCursor(byte[] bytes) throws IOException {
    this.bytes = bytes;
    this.parser = PARSERS.of(bytes);
  }

  /** Goes to the next token, and answers null at the end of the text. */
  JsonToken next() throws IOException {
    try {
      JsonToken token = parser.nextToken();
      if (token == JsonToken.FIELD_NAME) {
        PARSERS.met(parser.currentName());
      }
      return token;
    } catch (IOException e) {
      PARSERS.failedAt(bytes);
      throw e;
    }
  }

  JsonToken token() {
    return parser.currentToken();
  }

  /** The text of a name or of a value that is no object and no array. */
  String text() throws IOException {
    return parser.getText();
  }

  /** Where the token at hand begins. */
  int start() {
    return (int) parser.currentTokenLocation().getByteOffset();
  }

  /** Goes to the end of the value at hand, and answers where that is. */
  int skip() throws IOException {
    int depth = 0;
    do {
      if (token() == null) {
        throw new IOException("the text ends too early");
      }
      depth += token().isStructStart() ? 1 : token().isStructEnd() ? -1 : 0;
      if (depth > 0) {
        next();
      }
    } while (depth > 0);
    parser.finishToken();
    return (int) parser.currentLocation().getByteOffset();
  }

  byte[] bytes(int from, int to) {
    return from == 0 && to == bytes.length ? bytes : Arrays.copyOfRange(bytes, from, to);
  }

  /** That nothing but space is left. */
  void requireEnd() throws IOException {
    if (next() != null) {
      throw new IOException("something stands behind the JSON");
    }
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
