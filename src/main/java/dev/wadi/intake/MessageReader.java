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
 * <p>A record has the original bytes of its event, cut out of the body. Where an array is not
 * well-formed, the elements before that place are records, and what is left is one more; an array
 * that is empty, or broken from the start, is one record as it is. So decoding makes a dead letter
 * of whatever is wrong: nothing disappears. Thread-safe.
 */
public final class MessageReader {

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

  /**
   * @param source the name of the source that the records are of
   */
  public MessageReader(String source) {
    this.source = source;
  }

  /**
   * The records of a message, at least one. Their positions are {@code <message id>#<index>}.
   *
   * @param attempts how often the queue has delivered the message
   */
  public List<SourceRecord> read(String messageId, String body, Instant receivedAt, int attempts) {
    return read(messageId + "#", body.getBytes(StandardCharsets.UTF_8), receivedAt, attempts);
  }

  /**
   * The same of a body that is bytes already.
   *
   * @param prefix what stands before the index in a position
   */
  public List<SourceRecord> read(String prefix, byte[] bytes, Instant receivedAt, int attempts) {
    List<byte[]> events = elementsOf(bytes);
    if (events.isEmpty()) {
      events = List.of(bytes);
    }
    List<SourceRecord> records = new ArrayList<>(events.size());
    for (byte[] event : events) {
      String position = prefix + records.size();
      records.add(new SourceRecord(source, position, event, receivedAt, attempts));
    }
    return records;
  }

  /** The one record that a message is whose body is not to be looked at. */
  public List<SourceRecord> unread(
      String messageId, String body, Instant receivedAt, int attempts) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return List.of(new SourceRecord(source, messageId + "#0", bytes, receivedAt, attempts));
  }

  /**
   * The bytes of each element of a body that is a JSON array; what is left where it breaks off is
   * the last one. None if it is no array, or empty, or broken from the start: then it is one record
   * as it is.
   */
  public static List<byte[]> elementsOf(byte[] body) {
    return startsArray(body) ? elements(body) : List.of();
  }

  private static boolean startsArray(byte[] bytes) {
    for (byte b : bytes) {
      if (!isSpace(b)) {
        return b == '[';
      }
    }
    return false;
  }

  private static List<byte[]> elements(byte[] bytes) {
    List<byte[]> elements = new ArrayList<>();
    int whole = 0;
    try (JsonParser parser = JSON.createParser(bytes)) {
      parser.nextToken();
      while (isElement(parser.nextToken())) {
        int start = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        // a string is read lazily: only then is its end known
        parser.finishToken();
        whole = (int) parser.currentLocation().getByteOffset();
        elements.add(Arrays.copyOfRange(bytes, start, whole));
      }
      if (parser.currentToken() == JsonToken.END_ARRAY && parser.nextToken() == null) {
        return elements;
      }
    } catch (IOException e) {
      // not swallowed: what is left becomes a record, and decoding rejects it with its reason
    }
    if (!elements.isEmpty() && whole < bytes.length) {
      elements.add(Arrays.copyOfRange(bytes, afterComma(bytes, whole), bytes.length));
    }
    return elements;
  }

  private static boolean isElement(JsonToken token) {
    return token != null && token != JsonToken.END_ARRAY;
  }

  /** Where the next element begins, or the same place if there is none. */
  private static int afterComma(byte[] bytes, int from) {
    for (int next = from; next < bytes.length; next++) {
      if (bytes[next] != ',' && !isSpace(bytes[next])) {
        return next;
      }
    }
    return from;
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }
}
