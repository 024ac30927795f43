package dev.wadi.tap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class TapTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-22T06:00:00Z"), ZoneOffset.UTC);

  private final AtomicLong nanos = new AtomicLong();
  private final AtomicInteger looked = new AtomicInteger();
  private final Set<String> there = new HashSet<>(Set.of("n"));

  @Test
  void showsWhatPasses() {
    Tap tap = tap("", "100");

    tap.pass(() -> new Passed(json("{\"a\":1}"), "sqs:events", "m-1#0"));
    tap.pass(() -> new Passed(json("{\"a\":2}"), null, null));

    assertThat(tap.next())
        .isEqualTo(
            "{\"at\":\"2026-11-22T06:00:00Z\",\"node\":\"n\",\"source\":\"sqs:events\","
                + "\"position\":\"m-1#0\",\"body\":{\"a\":1}}");
    assertThat(tap.next())
        .isEqualTo("{\"at\":\"2026-11-22T06:00:00Z\",\"node\":\"n\",\"body\":{\"a\":2}}");
    assertThat(tap.next()).isNull();
  }

  @Test
  void leavesOutAndCountsWhatAReaderIsTooSlowForWithoutLookingAtIt() {
    Tap tap = tap("", "1/1");

    for (int n = 0; n < Tap.MOST_WAITING + 50; n++) {
      pass(tap, "{}");
    }

    assertThat(looked).hasValue(Tap.MOST_WAITING);
    assertThat(tap.counts())
        .isEqualTo("{\"tap\":{\"node\":\"n\",\"seen\":306,\"taken\":256,\"dropped\":50}}");
    tap.next();
    pass(tap, "{}");
    assertThat(tap.counts()).contains("\"taken\":257,\"dropped\":50");
  }

  @Test
  void whatCantBeShownFailsNobody() {
    Tap tap = tap("", "9");

    tap.pass(
        () -> {
          throw new ConcurrentModificationException();
        });

    assertThat(tap.next()).isNull();
    assertThat(tap.counts()).contains("\"seen\":1,\"taken\":0,\"dropped\":1");
  }

  @Test
  void cutsABodyThatIsTooLongAndSaysHowLongItWas() {
    Tap tap = new Tap("n", TapFilter.of(null), Sampling.of("9", nanos::get), 10, CLOCK);

    pass(tap, "{\"text\":\"0123456789\"}");

    assertThat(tap.next()).endsWith("\"body\":\"{\\\"text\\\":\\\"0\",\"cut\":21}");
  }

  @Test
  void takesTheSampleOfWhatMatches() {
    Tap tap = tap("kind=a", "1/3");

    for (int n = 0; n < 6; n++) {
      pass(tap, "{\"kind\":\"b\"}");
      pass(tap, "{\"kind\":\"a\",\"n\":" + n + "}");
    }

    List<String> lines = new ArrayList<>();
    for (String line = tap.next(); line != null; line = tap.next()) {
      lines.add(line.replaceFirst(".*\"n\":(\\d).*", "$1"));
    }
    assertThat(lines).containsExactly("0", "3");
  }

  @Test
  void takesSoManyASecond() {
    Sampling sampling = Sampling.of("2", nanos::get);

    assertThat(List.of(sampling.take(), sampling.take(), sampling.take()))
        .containsExactly(true, true, false);
    nanos.set(1_000_000_000L);
    assertThat(sampling.take()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "2/3", "1/0", "1/", "x", "1/2/3", "-1", "9999999999"})
  void saysWhatASampleMustBe(String text) {
    assertThatThrownBy(() -> Sampling.of(text, nanos::get))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("it must be a number a second, such as 10, or a share");
  }

  @ParameterizedTest
  @CsvSource({
    "a.b=x, true",
    "a.b=y, false",
    "a.b!=y, true",
    "a.b!=x, false",
    "a.c!=x, true",
    "a.c=, false",
    "n=1, true",
    "a~\"b\", true",
    "a.b~z, false",
    "list~2, true"
  })
  void filtersByAPathInTheBody(String filter, boolean matches) {
    assertThat(TapFilter.of(filter).matches(json("{\"a\":{\"b\":\"x\"},\"n\":1,\"list\":[1,2]}")))
        .isEqualTo(matches);
  }

  @Test
  void saysWhatAFilterMustBe() {
    assertThatThrownBy(() -> TapFilter.of("${body}"))
        .hasMessageContaining("the filter must be path=value, path!=value or path~part");
    assertThat(TapFilter.of(" ").isAll()).isTrue();
  }

  @Test
  void aPointIsOpenOnlyAsLongAsSomebodyLooks() {
    Taps taps = new Taps(there::contains);
    TapPoint point = taps.point("n");
    taps.begins("route", "n");
    Tap one = tap("", "9");
    Tap other = tap("", "9");

    assertThat(point.isOpen()).isFalse();
    assertThat(taps.open(one)).isTrue();
    assertThat(taps.open(other)).isTrue();
    point.pass(() -> new Passed(json("{}"), null, null));
    taps.close(one);
    taps.close(one);
    assertThat(point.isOpen()).isTrue();
    taps.close(other);
    assertThat(point.isOpen()).isFalse();
    assertThat(one.next()).isNotNull();
    assertThat(other.next()).isNotNull();
    assertThat(taps.node("route")).isEqualTo("n");
    assertThat(taps.node("gone")).isNull();
    assertThat(taps.listing()).isEqualTo("route (begins at n)\nn\n");
    there.clear();
    assertThat(taps.listing()).isEmpty();
    assertThat(taps.node("route")).isNull();
    assertThat(taps.node("n")).isNull();
  }

  @Test
  void whatSeveralLookAtIsCopiedOnce() {
    Taps taps = new Taps(there::contains);
    TapPoint point = taps.point("n");
    taps.open(tap("", "9"));
    taps.open(tap("", "9"));

    point.pass(
        () -> {
          looked.incrementAndGet();
          return new Passed(json("{}"), null, null);
        });

    assertThat(looked).hasValue(1);
  }

  @Test
  void aFilterLooksNoLongerThanItMayInASecondAndCountsTheRest() {
    Tap tap = tap("kind=a", "1/1");

    for (int n = 0; n < 100; n++) {
      tap.pass(
          () -> {
            looked.incrementAndGet();
            nanos.addAndGet(Allowance.MOST / 20);
            return new Passed(json("{\"kind\":\"b\"}"), null, null);
          });
    }

    assertThat(looked).hasValue(20);
    assertThat(tap.counts()).endsWith("\"seen\":100,\"taken\":0,\"dropped\":0,\"skipped\":80}}");
    nanos.set(1_000_000_000L);
    pass(tap, "{\"kind\":\"a\"}");
    assertThat(tap.next()).isNotNull();
  }

  @Test
  void someAreLookedAtHoweverLongThatTakes() {
    Tap tap = tap("kind=a", "1/1");

    for (int n = 0; n < 100; n++) {
      tap.pass(
          () -> {
            looked.incrementAndGet();
            nanos.compareAndSet(0, Allowance.MOST);
            return new Passed(json("{}"), null, null);
          });
    }

    assertThat(looked).hasValue(Allowance.ALWAYS);
  }

  @Test
  void onlySoManyMayLookAtATime() {
    Taps taps = new Taps(there::contains);
    taps.point("n");
    for (int n = 0; n < Taps.MOST; n++) {
      assertThat(taps.open(tap("", "9"))).isTrue();
    }
    assertThat(taps.open(tap("", "9"))).isFalse();
  }

  private Tap tap(String filter, String sample) {
    return new Tap("n", TapFilter.of(filter), Sampling.of(sample, nanos::get), 1 << 14, CLOCK);
  }

  private void pass(Tap tap, String body) {
    tap.pass(
        () -> {
          looked.incrementAndGet();
          return new Passed(json(body), null, null);
        });
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
