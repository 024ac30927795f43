package dev.wadi.intake.kinesis;

import static dev.wadi.intake.kinesis.ShardFixture.record;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.kinesis.retrieval.AggregatorUtil;
import software.amazon.kinesis.retrieval.KinesisClientRecord;
import software.amazon.kinesis.retrieval.kpl.Messages;

@Tag("unit")
class DeaggregationTest {

  @Test
  void numbersThePartsOfAnAggregate() {
    List<KinesisClientRecord> parts =
        deaggregate(record(1, "plain"), record(2, Aggregates.of("a", "b")), record(3, "plain"));

    assertThat(parts)
        .extracting(r -> r.sequenceNumber() + "." + r.subSequenceNumber() + " " + text(r))
        .containsExactly("1.0 plain", "2.0 a", "2.1 b", "3.0 plain");
    assertThat(parts)
        .extracting(KinesisClientRecord::aggregated)
        .containsExactly(false, true, true, false);
  }

  /** The library's own leaves out all of an aggregate if a key of it is outside of the shard. */
  @Test
  void leavesOutNothingThatBelongsToAnotherShard() {
    List<KinesisClientRecord> records = List.of(record(1, Aggregates.of("a", "b")));

    assertThat(new Deaggregation().deaggregate(records, "0", "1")).hasSize(2);
    assertThat(new AggregatorUtil().deaggregate(records, "0", "1")).isEmpty();
  }

  /** The library's own logs an error and goes on without what is left. */
  @Test
  void leavesOutNothingWhoseKeyIsWrong() {
    Messages.AggregatedRecord aggregate =
        Messages.AggregatedRecord.newBuilder()
            .addPartitionKeyTable("key")
            .addRecords(part("a", 0))
            .addRecords(part("b", 7))
            .build();

    assertThat(deaggregate(record(1, Aggregates.of(aggregate))))
        .extracting(DeaggregationTest::text)
        .containsExactly("a", "b");
  }

  @Test
  void passesOnAsItIsWhatIsNoWholeAggregate() {
    byte[] broken = Aggregates.of("a", "b");
    broken[broken.length - 1]++;
    byte[] empty = Aggregates.of();
    byte[] magicAlone = AggregatorUtil.AGGREGATED_RECORD_MAGIC.clone();

    List<KinesisClientRecord> parts =
        deaggregate(record(1, broken), record(2, empty), record(3, magicAlone), record(4, ""));
    assertThat(parts)
        .extracting(r -> bytes(r).length)
        .containsExactly(broken.length, empty.length, magicAlone.length, 0);
  }

  private static List<KinesisClientRecord> deaggregate(KinesisClientRecord... records) {
    return new Deaggregation().deaggregate(List.of(records));
  }

  private static Messages.Record part(String data, int key) {
    return Messages.Record.newBuilder()
        .setPartitionKeyIndex(key)
        .setData(ByteString.copyFromUtf8(data))
        .build();
  }

  private static String text(KinesisClientRecord record) {
    return new String(bytes(record), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(KinesisClientRecord record) {
    ByteBuffer data = record.data().duplicate();
    byte[] bytes = new byte[data.remaining()];
    data.get(bytes);
    return bytes;
  }
}
