package dev.wadi.intake.drop;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wadi.event.Deliveries;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/**
 * An object of a store that doesn't tell of its objects itself: by this it is told of as S3 would.
 *
 * @param version changes when the object does
 * @param modified when it was written
 */
public record Dropped(String bucket, String key, String version, long size, Instant modified) {

  /** The body of a message that tells of objects. */
  public static String notification(List<Dropped> objects) {
    ObjectNode message = JsonNodeFactory.instance.objectNode();
    ArrayNode records = message.putArray("Records");
    for (Dropped object : objects) {
      ObjectNode entry = records.addObject();
      entry.put("eventVersion", "2.1");
      entry.put("eventSource", "aws:s3");
      entry.put("eventTime", object.modified().toString());
      entry.put("eventName", "ObjectCreated:Put");
      ObjectNode s3 = entry.putObject("s3");
      s3.putObject("bucket").put("name", object.bucket());
      ObjectNode described = s3.putObject("object");
      described.put("key", URLEncoder.encode(object.key(), StandardCharsets.UTF_8));
      described.put("size", object.size());
      described.put("sequencer", object.version());
    }
    return message.toString();
  }

  /**
   * Whether earlier commits account for all of it.
   *
   * @param queue the name of the queue of notifications
   */
  public boolean isKnown(Deliveries deliveries, String queue) {
    ObjectVersion object = ObjectVersion.of(bucket, key, null, null, version, size, modified);
    String source = DropSettings.source(queue);
    return deliveries.isCommitted(source, DeliveryMaker.sealOf(object, false))
        || deliveries.isCommitted(source, DeliveryMaker.sealOf(object, true));
  }
}
