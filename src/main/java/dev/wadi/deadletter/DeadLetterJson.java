package dev.wadi.deadletter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The body of a dead letter's message: one JSON object, marked as Wadi's own, in ASCII, since SQS
 * refuses messages with characters that XML has not (SendMessage, "MessageBody").
 */
final class DeadLetterJson {

  private static final String MARK = "wadi_dead_letter";
  private static final int VERSION = 1;
  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");
  private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectWriter ASCII = JSON.writer().with(JsonWriteFeature.ESCAPE_NON_ASCII);

  private DeadLetterJson() {}

  /** The body, as large as it gets. */
  static String write(DeadLetter letter) {
    ObjectNode json = JSON.createObjectNode();
    json.put(MARK, VERSION);
    json.put("dead_letter_id", letter.id());
    json.put("reason", letter.reason());
    json.put("rule", letter.rule());
    json.put("message", letter.message());
    json.put("stage", letter.stage());
    json.put("shape", letter.shape());
    json.put("source", letter.source());
    json.put("position", letter.position());
    json.put("attempts", letter.attempts());
    json.put("first_seen", letter.firstSeen().toString());
    json.put("bytes_object", letter.bytesObject());
    // as it is written anyway, rather than by Jackson, whose binary nodes are another dialect
    json.put(
        "bytes_base64",
        letter.bytes() == null ? null : Base64.getEncoder().encodeToString(letter.bytes()));
    try {
      return ASCII.writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of texts and numbers is JSON", e);
    }
  }

  /** The dead letter that {@link #write} wrote, or empty if these bytes are anything else. */
  static Optional<DeadLetter> read(byte[] body) {
    try {
      JsonNode json = JSON.readTree(body);
      if (json == null || json.path(MARK).asInt() != VERSION) {
        return Optional.empty();
      }
      String id = text(json, "dead_letter_id");
      String object = textOrNull(json, "bytes_object");
      if (!ID.matcher(id).matches()
          || (object != null && !object.equals(DeadLetter.objectOf(id)))) {
        return Optional.empty();
      }
      String base64 = textOrNull(json, "bytes_base64");
      return Optional.of(
          new DeadLetter(
              id,
              base64 == null ? null : Base64.getDecoder().decode(base64),
              object,
              text(json, "reason"),
              text(json, "message"),
              text(json, "stage"),
              textOrNull(json, "rule"),
              text(json, "source"),
              text(json, "position"),
              text(json, "shape"),
              json.path("attempts").asInt(),
              firstSeen(json)));
    } catch (IOException | IllegalArgumentException | DateTimeException e) {
      // somebody else's message, or one that somebody has changed: kept as it is
      return Optional.empty();
    }
  }

  private static Instant firstSeen(JsonNode json) {
    Instant time = Instant.parse(text(json, "first_seen"));
    if (time.isBefore(FIRST) || time.isAfter(LAST)) {
      throw new IllegalArgumentException("first_seen has no date that a partition can have");
    }
    return time;
  }

  private static String text(JsonNode json, String name) {
    String text = textOrNull(json, name);
    if (text == null) {
      throw new IllegalArgumentException(name + " is missing");
    }
    return text;
  }

  private static String textOrNull(JsonNode json, String name) {
    return json.path(name).textValue();
  }
}
