package dev.wadi.intake.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.wadi.event.JsonParsers;
import java.io.IOException;
import java.util.Arrays;

/** Goes through a JSON text in UTF-8 and tells where in its bytes each value is. */
final class JsonCursor implements AutoCloseable {

  /**
   * The deepest nesting of an event: more than those who decode it may take. A parser keeps what it
   * is within, so that a few bytes, packed, could fill the memory.
   */
  static final int MAX_DEPTH = 1_000;

  /**
   * So that one event that is too deep fails no others of its request, up to a depth that is little
   * to keep.
   */
  private static final int MAX_SKIPPED = 10 * MAX_DEPTH;

  private static final JsonParsers OF_ONE = new JsonParsers(MAX_DEPTH);
  private static final JsonParsers OF_SEVERAL = new JsonParsers(MAX_SKIPPED);

  private final byte[] bytes;
  private final JsonParsers parsers;
  private final JsonParser parser;
  private boolean tooDeep;

  private JsonCursor(byte[] bytes, JsonParsers parsers) throws IOException {
    this.bytes = bytes;
    this.parsers = parsers;
    this.parser = parsers.of(bytes);
  }

  /** Through one event, which fails where that is too deep. */
  static JsonCursor ofOne(byte[] bytes) throws IOException {
    return new JsonCursor(bytes, OF_ONE);
  }

  /** Through what may be several events; of each it {@linkplain #wasTooDeep tells} that. */
  static JsonCursor ofSeveral(byte[] bytes) throws IOException {
    return new JsonCursor(bytes, OF_SEVERAL);
  }

  /** Goes to the next token, and answers null at the end of the text. */
  JsonToken next() throws IOException {
    try {
      JsonToken token = parser.nextToken();
      if (token == JsonToken.FIELD_NAME) {
        parsers.met(parser.currentName());
      }
      return token;
    } catch (IOException e) {
      parsers.failedAt(bytes);
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

  /**
   * Goes to the end of the value at hand, and answers where that is; {@link #wasTooDeep} then may
   * say so.
   */
  int skip() throws IOException {
    int depth = 0;
    tooDeep = false;
    do {
      if (token() == null) {
        throw new IOException("the text ends too early");
      }
      depth += token().isStructStart() ? 1 : token().isStructEnd() ? -1 : 0;
      tooDeep |= depth > MAX_DEPTH;
      if (depth > 0) {
        next();
      }
    } while (depth > 0);
    parser.finishToken();
    return (int) parser.currentLocation().getByteOffset();
  }

  /** Whether the value that was skipped last is nested deeper than an event may be. */
  boolean wasTooDeep() {
    return tooDeep;
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
