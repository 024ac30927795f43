package dev.wadi.intake.kinesis;

import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import software.amazon.kinesis.retrieval.AggregatorUtil;
import software.amazon.kinesis.retrieval.kpl.Messages;

/** Packs events into one record's data, as the Kinesis Producer Library does. */
final class Aggregates {

  private Aggregates() {}

  static byte[] of(String... events) {
    Messages.AggregatedRecord.Builder aggregate =
        Messages.AggregatedRecord.newBuilder().addPartitionKeyTable("key");
    for (String event : events) {
      aggregate.addRecords(
          Messages.Record.newBuilder()
              .setPartitionKeyIndex(0)
              .setData(ByteString.copyFrom(event, StandardCharsets.UTF_8)));
    }
    return of(aggregate.build());
  }

  static byte[] of(Messages.AggregatedRecord aggregate) {
    byte[] message = aggregate.toByteArray();
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    data.writeBytes(AggregatorUtil.AGGREGATED_RECORD_MAGIC);
    data.writeBytes(message);
    data.writeBytes(md5(message));
    return data.toByteArray();
  }

  private static byte[] md5(byte[] bytes) {
    try {
      return MessageDigest.getInstance("MD5").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
