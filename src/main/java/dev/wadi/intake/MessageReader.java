package dev.wadi.intake;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.wadi.event.SourceRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Opens a message: its body is one event, or a JSON array of events.
 *
 * <p>A record has the original bytes of its event, cut out of the body. A body that is no
 * well-formed array, or an empty one, is one record as it is, so that decoding makes a dead letter
 * of it: nothing disappears. Thread-safe.
 */
final class MessageReader {

  /**
   * Without limits: elements are skipped, not built, and one that is too deep, too long or made to
   * collide must not take its neighbours with it. Names stay canonicalized, because without that
   * Jackson reads characters and knows no byte offsets.
   */
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          .build();

  private final String source;

  MessageReader(String source) {
    this.source = source;
  }

  /**
   * The records of a message, at least one. Their positions are {@code <message id>#<index>}.
   *
   * @param attempts how often the queue has delivered the message
   */
  List<SourceRecord> read(String messageId, String body, Instant receivedAt, int attempts) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    List<byte[]> events = startsArray(bytes) ? elements(bytes) : List.of();
    if (events.isEmpty()) {
      events = List.of(bytes);
    }
    List<SourceRecord> records = new ArrayList<>(events.size());
    for (byte[] event : events) {
      String position = messageId + "#" + records.size();
      records.add(new SourceRecord(source, position, event, receivedAt, attempts));
    }
    return records;
  }

  private static boolean startsArray(byte[] bytes) {
    for (byte b : bytes) {
      if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
        return b == '[';
      }
    }
    return false;
  }

  /** The bytes of each element, or none where the array is empty or not well-formed. */
  private static List<byte[]> elements(byte[] bytes) {
    List<byte[]> elements = new ArrayList<>();
    try (JsonParser parser = JSON.createParser(bytes)) {
      parser.nextToken();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        if (parser.currentToken() == null) {
          return List.of();
        }
        int start = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        // a string is read lazily: only then is its end known
        parser.finishToken();
        int end = (int) parser.currentLocation().getByteOffset();
        elements.add(Arrays.copyOfRange(bytes, start, end));
      }
      return parser.nextToken() == null ? elements : List.of();
    } catch (IOException e) {
      // not swallowed: the whole body becomes a record, and decoding rejects it with its reason
      return List.of();
    }
  }
}
