package dev.wadi.intake.drop;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wadi.event.Flaw;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/**
 * Opens messages by which a store tells of objects: S3's own, in whatever they came.
 *
 * <ul>
 *   <li>an S3 event, {@code Records[]}, whose keys are URL-encoded as in a form (<a
 *       href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html">S3
 *       User Guide, event message structure</a>);
 *   <li>an EventBridge event, {@code detail-type: Object Created}, whose key is as it is (<a
 *       href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html">S3 User Guide,
 *       EventBridge</a>);
 *   <li>either of them in the envelope of SNS, {@code Type: Notification}, where the subscription
 *       doesn't deliver raw messages.
 * </ul>
 *
 * <p>Thread-safe.
 */
final class Envelope {

  /** The reason code of a message that is none of these. */
  static final String NOT_A_NOTIFICATION = "not_a_notification";

  /** S3 says with it that a bucket's configuration was changed, once. */
  static final String TEST_EVENT = "test_event";

  /** Something else than a new object, such as its removal. */
  static final String OTHER_EVENT = "other_event";

  private static final String CREATED = "ObjectCreated:";
  private static final String CREATED_DETAIL = "Object Created";

  /** SNS in SNS doesn't happen; a message that is made to look so needn't be followed for long. */
  private static final int MOST_ENVELOPES = 3;

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** What a message says, at least one notice. */
  List<Notice> open(String body) {
    return open(body, 1);
  }

  private static List<Notice> open(String body, int depth) {
    JsonNode message;
    try {
      message = JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return noNotification("it is not JSON: " + e.getOriginalMessage());
    }
    if (message.path("Records").isArray() && !message.path("Records").isEmpty()) {
      List<Notice> notices = new ArrayList<>();
      message.path("Records").forEach(entry -> notices.add(entry(entry)));
      return notices;
    }
    if (message.path("Event").asText().equals("s3:TestEvent")) {
      return List.of(new Notice.Ignored(TEST_EVENT));
    }
    if (message.path("Type").asText().equals("Notification")
        && message.path("Message").isTextual()
        && depth < MOST_ENVELOPES) {
      return open(message.path("Message").textValue(), depth + 1);
    }
    if (message.path("source").asText().equals("aws.s3") && message.path("detail").isObject()) {
      return List.of(event(message));
    }
    return noNotification("it is neither an S3 event nor one of EventBridge, in SNS or not");
  }

  private static Notice entry(JsonNode entry) {
    String name = entry.path("eventName").asText();
    if (!entry.path("s3").isObject() || name.isEmpty()) {
      return unreadable("an entry of Records is no event of S3");
    }
    // with the prefix in configurations and some other stores, without it in S3's messages
    if (!name.replaceFirst("^s3:", "").startsWith(CREATED)) {
      return new Notice.Ignored(OTHER_EVENT);
    }
    JsonNode object = entry.path("s3").path("object");
    String key;
    try {
      key = URLDecoder.decode(object.path("key").asText(), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return unreadable("its key is not URL-encoded: " + object.path("key").asText());
    }
    return created(
        text(entry.path("s3").path("bucket"), "name"),
        key,
        text(object, "versionId"),
        text(object, "eTag"),
        text(object, "sequencer"),
        text(entry, "eventTime"),
        object.path("size").asLong(-1));
  }

  private static Notice event(JsonNode event) {
    if (!event.path("detail-type").asText().equals(CREATED_DETAIL)) {
      return new Notice.Ignored(OTHER_EVENT);
    }
    JsonNode object = event.path("detail").path("object");
    String etag = text(object, "etag");
    return created(
        text(event.path("detail").path("bucket"), "name"),
        object.path("key").asText(),
        text(object, "version-id"),
        etag == null ? text(object, "eTag") : etag,
        text(object, "sequencer"),
        text(event, "time"),
        object.path("size").asLong(-1));
  }

  /** The time tells versions where nothing better does: else a later one would pass for it. */
  private static Notice created(
      String bucket,
      String key,
      String versionId,
      String etag,
      String sequencer,
      String time,
      long size) {
    String order = sequencer == null && etag == null ? time : sequencer;
    if (bucket == null || key.isEmpty() || versionId == null && etag == null && order == null) {
      return unreadable("it lacks the bucket, the key, or what tells the object's version");
    }
    return new Notice.Created(
        ObjectVersion.of(bucket, key, versionId, etag, order, size, instant(time)));
  }

  private static Instant instant(String time) {
    try {
      return time == null ? null : Instant.parse(time);
    } catch (DateTimeParseException e) {
      // it tells nothing that is needed
      return null;
    }
  }

  private static String text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isTextual() && !value.textValue().isEmpty() ? value.textValue() : null;
  }

  private static List<Notice> noNotification(String why) {
    return List.of(unreadable(why));
  }

  private static Notice unreadable(String why) {
    return new Notice.Unreadable(new Flaw(NOT_A_NOTIFICATION, null, why.replaceAll("\\s+", " ")));
  }
}
