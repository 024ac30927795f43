package dev.wadi.outbound;

import dev.wadi.outbound.Refusals.Origin;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Makes messages of rows: the body is the row as a JSON object, the attributes {@code event_key}
 * and {@code event_type} tell what it is without its being parsed. Thread-safe.
 */
public final class QueueMessages {

  /** The most messages that one call of SQS takes. */
  private static final int CALL_SIZE = 10;

  /** What the id of a group of a FIFO queue may be. */
  private static final Pattern GROUP = Pattern.compile("[\\p{Alnum}\\p{Punct}]{1,128}");

  private final int maxBytes;
  private final Refusals refusals;

  /**
   * @param maxBytes the most that the queue takes in a message, and in one call
   */
  public QueueMessages(int maxBytes, Refusals refusals) {
    this.maxBytes = maxBytes;
    this.refusals = refusals;
  }

  /**
   * A message.
   *
   * @param key the row's key, by which a FIFO queue drops what is repeated
   * @param group what a FIFO queue keeps in order
   */
  record Entry(String key, String group, String body, Map<String, String> attributes) {

    /** As SQS counts it. */
    int bytes() {
      int bytes = length(body);
      for (Map.Entry<String, String> attribute : attributes.entrySet()) {
        bytes += length(attribute.getKey()) + length("String") + length(attribute.getValue());
      }
      return bytes;
    }

    private static int length(String text) {
      return text.getBytes(StandardCharsets.UTF_8).length;
    }
  }

  /** Lists of messages, each for one call; what is too large is refused. */
  List<List<Entry>> of(List<Row> rows, Origin origin) {
    Calls<Entry> calls = new Calls<>(CALL_SIZE, maxBytes);
    for (Row row : rows) {
      Entry entry = entry(row);
      int size = entry.bytes();
      if (size > maxBytes) {
        refusals.refuse(
            origin,
            row.key(),
            "the message has " + size + " bytes, and the queue takes " + maxBytes);
        continue;
      }
      calls.add(entry, size);
    }
    return calls.all();
  }

  private static Entry entry(Row row) {
    Map<String, String> attributes = new HashMap<>();
    attributes.put("event_key", row.key());
    String type = row.text("event_type");
    if (type != null && !type.isEmpty() && Row.isPlain(type)) {
      attributes.put("event_type", type);
    }
    boolean group = type != null && GROUP.matcher(type).matches();
    return new Entry(row.key(), group ? type : row.key(), row.json(), attributes);
  }
}
