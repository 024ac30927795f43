package dev.wadi.deadletter;

import dev.wadi.event.Event;
import dev.wadi.event.EventKey;
import dev.wadi.event.Outcome;
import dev.wadi.event.Rejected;
import dev.wadi.event.SourceRecord;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** What a dead letter is in the lake. */
public final class DeadLetterRow {

  private DeadLetterRow() {}

  /**
   * The row of a rejected record that lands without a queue between. Bytes that are too many for a
   * row go to the object store.
   *
   * @param archive the name of the source that archives, as it stands in manifests
   * @param store takes the bytes of large ones
   * @throws dev.wadi.event.TransientException if the store fails
   */
  public static Outcome.Candidate of(Rejected rejected, String archive, ByteStore store) {
    DeadLetter letter = DeadLetter.of(rejected);
    if (letter.bytes().length > DeadLetterStep.USUAL_MAX_BYTES) {
      String object = DeadLetter.objectOf(letter.id());
      store.put(object, letter.bytes());
      letter = letter.withBytesIn(object);
    }
    SourceRecord record = rejected.record();
    return new Outcome.Candidate(
        ArchiveStep.TABLE,
        event(
            letter,
            new SourceRecord(
                archive, record.position(), new byte[0], record.receivedAt(), record.attempts())),
        columns(letter));
  }

  /** A dead letter as an event that lands, told by its id. */
  static Event event(DeadLetter letter, SourceRecord record) {
    return new Event(
        record,
        DeadLetterDecodeStep.SHAPE,
        EventKey.of(DeadLetter.KEY_SPACE, letter.id()),
        0, // whatever else a second copy says, it is the same dead letter
        letter.id(),
        DeadLetterDecodeStep.TYPE,
        null,
        null,
        letter.firstSeen(),
        Map.of(),
        null);
  }

  /** The columns of a dead letter, by name; none is null. */
  static Map<String, Object> columns(DeadLetter letter) {
    Map<String, Object> columns = new HashMap<>();
    columns.put("dead_letter_id", letter.id());
    columns.put("reason", letter.reason());
    columns.put("rule", letter.rule());
    columns.put("message", letter.message());
    columns.put("stage", letter.stage());
    columns.put("shape", letter.shape());
    columns.put("source", letter.source());
    columns.put("position", letter.position());
    columns.put("attempts", (long) letter.attempts());
    columns.put("first_seen", letter.firstSeen());
    columns.put("bytes_object", letter.bytesObject());
    if (letter.bytes() != null) {
      columns.put("bytes_base64", Base64.getEncoder().encodeToString(letter.bytes()));
    }
    columns.values().removeIf(Objects::isNull);
    return Map.copyOf(columns);
  }
}
