package dev.wadi.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wadi.event.TransientException;
import dev.wadi.ops.Backoff;
import dev.wadi.outbound.StreamRecords.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;

@Tag("unit")
class StreamSenderTest {

  private final NotedRefusals refused = new NotedRefusals();
  private final List<List<String>> calls = new ArrayList<>();
  private Predicate<String> failing = key -> false;

  @Test
  void putsWhatFailedOfACallAgainAndNothingElse() throws Exception {
    failing = key -> key.equals("b") && calls.size() < 3;
    sender().send(entries("a", "b", "c"));
    assertThat(calls).containsExactly(List.of("a", "b", "c"), List.of("b"), List.of("b"));
  }

  @Test
  void failsIfOneIsRefusedAgainAndAgain() {
    failing = key -> key.equals("b");
    assertThatThrownBy(() -> sender().send(entries("a", "b")))
        .isInstanceOf(TransientException.class)
        .hasMessageContaining("1 of 2 records, such as b: ProvisionedThroughputExceededException");
    assertThat(calls).hasSize(8);
  }

  @Test
  void failsIfTheStreamDoesNotAnswer() {
    failing =
        key -> {
          throw SdkClientException.create("connection refused");
        };
    assertThatThrownBy(() -> sender().send(entries("a")))
        .isInstanceOf(TransientException.class)
        .hasMessageContaining("the stream out does not take records: connection refused");
  }

  @Test
  void putsNoMoreIntoACallThanKinesisTakes() {
    List<Row> rows = new ArrayList<>();
    for (int n = 0; n < 501; n++) {
      rows.add(NotedRefusals.row("k" + n, "{}"));
    }
    assertThat(records(rows)).extracting(List::size).containsExactly(500, 1);
    rows.clear();
    for (int n = 0; n < 7; n++) {
      rows.add(NotedRefusals.row("k" + n, "x".repeat(1_000_000)));
    }
    assertThat(records(rows)).extracting(List::size).containsExactly(5, 2);
  }

  @Test
  void refusesWhatIsTooLargeAndNotItsNeighbours() {
    List<Row> rows =
        List.of(
            NotedRefusals.row("a", "{}"),
            NotedRefusals.row("b", "x".repeat(1_100_000)),
            NotedRefusals.row("c", "{}"));
    assertThat(records(rows).get(0)).extracting(Entry::key).containsExactly("a", "c");
    assertThat(refused.reasons).containsOnlyKeys("b");
  }

  private List<List<Entry>> records(List<Row> rows) {
    return new StreamRecords(refused).of(rows, NotedRefusals.ORIGIN);
  }

  private List<Entry> entries(String... keys) {
    List<Row> rows = new ArrayList<>();
    for (String key : keys) {
      rows.add(NotedRefusals.row(key, "{}"));
    }
    return records(rows).get(0);
  }

  private StreamSender sender() {
    KinesisClient kinesis =
        new KinesisClient() {
          @Override
          public PutRecordsResponse putRecords(PutRecordsRequest request) {
            calls.add(
                request.records().stream().map(PutRecordsRequestEntry::partitionKey).toList());
            List<PutRecordsResultEntry> results = new ArrayList<>();
            for (PutRecordsRequestEntry record : request.records()) {
              results.add(
                  failing.test(record.partitionKey())
                      ? PutRecordsResultEntry.builder()
                          .errorCode("ProvisionedThroughputExceededException")
                          .build()
                      : PutRecordsResultEntry.builder().sequenceNumber("1").build());
            }
            return PutRecordsResponse.builder().records(results).build();
          }

          @Override
          public String serviceName() {
            return "kinesis";
          }

          @Override
          public void close() {}
        };
    return new StreamSender(
        kinesis, "out", new Backoff(Duration.ofMillis(1), Duration.ofMillis(1)));
  }
}
