package dev.wadi.deduplicate.dynamodb;

import static dev.wadi.deduplicate.dynamodb.Tables.commit;
import static dev.wadi.deduplicate.dynamodb.Tables.key;
import static dev.wadi.deduplicate.dynamodb.Tables.wanted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wadi.deduplicate.dynamodb.FakeDynamo.Batches;
import dev.wadi.event.Lines.Part;
import dev.wadi.ops.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class TimeToLiveTest {

  private final TestClock clock = new TestClock();
  private final FakeDynamo dynamo = new FakeDynamo(Batches.SUPPORTED);

  @Test
  void keepsKeysForGoodByDefault() {
    try (ClaimTable table = open(Duration.ZERO)) {
      table.claims().claim(commit(1), wanted(0, 1));
    }

    assertThat(dynamo.item(key(0))).doesNotContainKey("e");
  }

  @Test
  void whatAClaimLeavesGoesAsEarlyAsTheClaim() {
    String inAnHour = Long.toString(clock.instant().plusSeconds(3600).getEpochSecond());
    try (ClaimTable table = open(Duration.ofHours(1))) {
      table.claims().claim(commit(1), wanted(0, 2));
      table.claims().release(commit(1), List.of(key(1)));
    }

    assertThat(dynamo.item(key(0)).get("e").n()).isEqualTo(inAnHour);
    assertThat(dynamo.item(key(1)).get("e").n()).isEqualTo(inAnHour);
    assertThat(dynamo.item(key(1)).get("c").s()).isEqualTo("!" + commit(1));
  }

  @Test
  void aStreamsPlaceIsNeverForgotten() {
    try (ClaimTable table = open(Duration.ofHours(1))) {
      table.lines().take(commit(1), "kinesis:events", List.of(new Part("shard", null, "1")));
    }

    assertThat(dynamo.items()).anyMatch(item -> item.containsKey("t") && !item.containsKey("e"));
  }

  private ClaimTable open(Duration timeToLive) {
    return ClaimTable.open(
        dynamo,
        new TableSettings("claims", false, Tables.LEASE, timeToLive, 2, Duration.ofSeconds(1)),
        "host/1/start",
        new LakeFates(),
        clock,
        new Random(1),
        new Metrics(new SimpleMeterRegistry(), clock));
  }
}
