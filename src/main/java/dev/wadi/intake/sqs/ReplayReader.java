package dev.wadi.intake.sqs;

import dev.wadi.event.OriginalBytes;
import dev.wadi.event.Replay;
import dev.wadi.event.SourceRecord;
import dev.wadi.intake.MessageReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.sqs.model.Message;

/** Opens messages that replay a dead letter. Thread-safe. */
final class ReplayReader {

  /** What to ask the queue for. */
  static final List<String> ATTRIBUTES =
      List.of(Replay.OF, Replay.SOURCE, Replay.POSITION, Replay.BODY, Replay.UNREAD);

  private final String source;
  private final OriginalBytes store;
  private final MessageReader opened;

  /**
   * @param queue the queue's name
   * @param store has the bytes that were too many for a message
   */
  ReplayReader(String queue, OriginalBytes store) {
    this.source = Replay.source(queue);
    this.store = store;
    this.opened = new MessageReader(source);
  }

  /**
   * The records of a message.
   *
   * @param unread whether it is one record as it is, whatever it may hold
   * @return empty if it replays nothing, and is a message like all others
   * @throws dev.wadi.event.TransientException if the bytes can't be had now
   */
  Optional<List<SourceRecord>> read(
      Message message, Instant receivedAt, int attempts, boolean unread) {
    Map<String, String> attributes = attributes(message);
    if (!attributes.containsKey(Replay.OF)) {
      return Optional.empty();
    }
    byte[] bytes = bytes(message.body(), attributes.get(Replay.BODY));
    boolean open = !unread && attributes.containsKey(Replay.UNREAD);
    return Replay.verified(attributes, bytes)
        .map(letter -> Replay.position(letter, message.messageId()))
        .map(position -> records(position, bytes, open, receivedAt, attempts));
  }

  private List<SourceRecord> records(
      String position, byte[] bytes, boolean open, Instant receivedAt, int attempts) {
    List<SourceRecord> events =
        open ? opened.read(position + ".", bytes, receivedAt, attempts) : List.of();
    return events.size() > 1
        ? events
        : List.of(new SourceRecord(source, position, bytes, receivedAt, attempts));
  }

  private byte[] bytes(String body, String form) {
    if (Replay.OBJECT.equals(form)) {
      return store.get(body);
    }
    if (Replay.BASE64.equals(form)) {
      try {
        return Base64.getDecoder().decode(body);
      } catch (IllegalArgumentException notBase64) {
        // then the id won't be right either, and the message is one like all others
        return new byte[0];
      }
    }
    return body.getBytes(StandardCharsets.UTF_8);
  }

  private static Map<String, String> attributes(Message message) {
    Map<String, String> attributes = new HashMap<>();
    message
        .messageAttributes()
        .forEach((name, value) -> attributes.put(name, String.valueOf(value.stringValue())));
    return attributes;
  }
}
