package dev.wadi.intake.drop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class BucketsTest {

  @Test
  void wantsEveryBucketButTheLakesWhereNoneIsNamed() {
    Buckets buckets = Buckets.of("lake", "");
    assertThat(buckets.flawOf(in("raw"))).isNull();
    assertThat(buckets.flawOf(in("lake")).message()).contains("s3://lake/a", "the lake's own");
  }

  @Test
  void wantsOnlyThoseThatAreNamedAndNeverTheLakes() {
    Buckets buckets = Buckets.of("lake", "raw, other,lake");
    assertThat(buckets.flawOf(in("raw"))).isNull();
    assertThat(buckets.flawOf(in("other"))).isNull();
    assertThat(buckets.flawOf(in("lake")).reason()).isEqualTo("foreign_bucket");
    assertThat(buckets.flawOf(in("theirs")).message()).contains("wadi.intake.drops.buckets");
  }

  private static ObjectVersion in(String bucket) {
    return ObjectVersion.of(bucket, "a", null, "e", "1", 1, null);
  }
}
