package dev.wadi.intake.kinesis;

import com.google.protobuf.InvalidProtocolBufferException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import software.amazon.kinesis.retrieval.AggregatorUtil;
import software.amazon.kinesis.retrieval.KinesisClientRecord;
import software.amazon.kinesis.retrieval.kpl.Messages;

/**
 * Takes records apart that the Kinesis Producer Library has packed into one.
 *
 * <p>In the place of the client library's own, which loses what it finds odd: the rest of an
 * aggregate with a key that it can't hash, and all of one with a key outside the shard's range.
 * After a reshard the producer library sends such an aggregate again, but others don't. Wadi knows
 * the copies by their keys, so it takes all.
 */
final class Deaggregation extends AggregatorUtil {

  private static final int DIGEST_SIZE = 16;

  @Override
  public List<KinesisClientRecord> deaggregate(
      List<KinesisClientRecord> records, BigInteger startingHashKey, BigInteger endingHashKey) {
    return deaggregate(records);
  }

  @Override
  public List<KinesisClientRecord> deaggregate(
      List<KinesisClientRecord> records, String startingHashKey, String endingHashKey) {
    return deaggregate(records);
  }

  /**
   * The parts of aggregates, numbered from 0 on, and every other record as it is. The list is the
   * caller's, who removes from it.
   */
  @Override
  public List<KinesisClientRecord> deaggregate(List<KinesisClientRecord> records) {
    List<KinesisClientRecord> result = new ArrayList<>(records.size());
    for (KinesisClientRecord record : records) {
      aggregate(record.data())
          .ifPresentOrElse(
              aggregate -> addParts(record, aggregate, result), () -> result.add(record));
    }
    return result;
  }

  private static void addParts(
      KinesisClientRecord record,
      Messages.AggregatedRecord aggregate,
      List<KinesisClientRecord> result) {
    long sub = 0;
    for (Messages.Record part : aggregate.getRecordsList()) {
      result.add(
          record.toBuilder()
              .data(part.getData().asReadOnlyByteBuffer())
              .aggregated(true)
              .subSequenceNumber(sub++)
              .build());
    }
  }

  /** What the data holds if it is an aggregate: magic number, message, MD5 of the message. */
  private static Optional<Messages.AggregatedRecord> aggregate(ByteBuffer original) {
    ByteBuffer data = original.duplicate();
    byte[] magic = new byte[AGGREGATED_RECORD_MAGIC.length];
    if (data.remaining() <= magic.length + DIGEST_SIZE
        || !Arrays.equals(get(data, magic), AGGREGATED_RECORD_MAGIC)) {
      return Optional.empty();
    }
    byte[] message = get(data, new byte[data.remaining() - DIGEST_SIZE]);
    if (!Arrays.equals(get(data, new byte[DIGEST_SIZE]), md5(message))) {
      return Optional.empty();
    }
    try {
      // one without parts goes on as a record too, to be rejected rather than vanish
      return Optional.of(Messages.AggregatedRecord.parseFrom(message))
          .filter(aggregate -> aggregate.getRecordsCount() > 0);
    } catch (InvalidProtocolBufferException e) {
      // not swallowed: it goes on as one record, and decoding rejects it
      return Optional.empty();
    }
  }

  private static byte[] get(ByteBuffer data, byte[] bytes) {
    data.get(bytes);
    return bytes;
  }

  private static byte[] md5(byte[] bytes) {
    try {
      return MessageDigest.getInstance("MD5").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }
}
