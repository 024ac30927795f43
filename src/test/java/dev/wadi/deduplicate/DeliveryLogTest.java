package dev.wadi.deduplicate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class DeliveryLogTest {

  @TempDir Path folder;

  @Test
  void knowsADeliveryOfACommitAlsoAfterARestart() {
    try (DeliveryLog log = open()) {
      assertThat(log.isCommitted("sqs:events", "m1")).isFalse();
      log.confirm(
          Keys.commit(1), Map.of("sqs:events", List.of("m1", "m2"), "sqs:b", List.of("m3")));
      assertThat(log.isCommitted("sqs:events", "m1")).isTrue();
    }
    try (DeliveryLog log = open()) {
      assertThat(log.isCommitted("sqs:events", "m2")).isTrue();
      assertThat(log.isCommitted("sqs:b", "m3")).isTrue();
      assertThat(log.isCommitted("sqs:events", "m4")).isFalse();
    }
  }

  @Test
  void keepsTheDeliveriesOfSourcesApart() {
    try (DeliveryLog log = open()) {
      log.confirm(Keys.commit(1), Map.of("sqs:events", List.of("m1")));
      assertThat(log.isCommitted("sqs:event", "sm1")).isFalse();
      assertThat(log.isCommitted("sqs:other", "m1")).isFalse();
    }
  }

  @Test
  void notesACommitOnce() {
    try (DeliveryLog log = open()) {
      log.confirm(Keys.commit(1), Map.of("sqs:events", List.of("m1")));
      log.confirm(Keys.commit(1), Map.of("sqs:events", List.of("m1")));
      assertThat(log.ledger().count()).isEqualTo(1);
    }
  }

  private DeliveryLog open() {
    return new DeliveryLog(SegmentLedger.open(folder, OnDamage.FALL_BACK));
  }
}
