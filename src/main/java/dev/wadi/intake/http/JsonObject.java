package dev.wadi.intake.http;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** Tells whether bytes are one JSON object and nothing else. */
final class JsonObject {

  private JsonObject() {}

  static boolean isOne(byte[] bytes) {
    try {
      return fault(bytes) == null;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * What is wrong with bytes that should be one; null if they are.
   *
   * @throws IOException if they aren't JSON, or nested too deeply
   */
  static String fault(byte[] bytes) throws IOException {
    try (JsonCursor json = JsonCursor.ofOne(bytes)) {
      JsonToken first = json.next();
      if (first == null) {
        throw new IOException("it is empty");
      }
      json.skip();
      json.requireEnd();
      return first == JsonToken.START_OBJECT ? null : "must be a JSON object";
    }
  }
}
