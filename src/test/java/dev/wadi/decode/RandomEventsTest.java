package dev.wadi.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wadi.event.Event;
import dev.wadi.event.RandomEvents;
import dev.wadi.event.Rejected;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The random events are worth testing with: half of them decode, and all reasons occur. */
@Tag("unit")
class RandomEventsTest {

  private static final int RECORDS = 10_000;

  @Test
  void areEventsAboutEverySecondTimeAndOtherwiseWrongInEveryWay() {
    Set<String> reasons = new TreeSet<>();
    for (String shape : RandomEvents.SHAPES) {
      Decoding decoding = new Decoding(shape);
      Iterator<byte[]> records = RandomEvents.events(shape, 7);
      int events = 0;
      for (int i = 0; i < RECORDS; i++) {
        if (decoding.decode(records.next()) instanceof Rejected rejected) {
          reasons.add(rejected.reason());
        } else {
          events++;
        }
      }
      assertThat(events).as(shape).isBetween(RECORDS * 2 / 5, RECORDS * 4 / 5);
    }
    // for the others, records would have to be larger than is good for most tests
    assertThat(reasons)
        .containsExactlyInAnyOrderElementsOf(
            EnumSet.complementOf(EnumSet.of(Reason.STRING_TOO_LONG, Reason.TOO_LARGE)).stream()
                .map(Reason::code)
                .toList());
  }

  @Test
  void areEventsAlwaysIfThatIsWanted() {
    for (String shape : RandomEvents.SHAPES) {
      Decoding decoding = new Decoding(shape);
      Iterator<byte[]> records = RandomEvents.valid(shape, 7);
      for (int i = 0; i < RECORDS; i++) {
        byte[] record = records.next();
        assertThat(decoding.decode(record))
            .as(() -> new String(record, StandardCharsets.UTF_8))
            .isInstanceOf(Event.class);
      }
    }
  }

  @Test
  void areTheSameForTheSameSeed() {
    assertThat(first(RandomEvents.events(3)))
        .isEqualTo(first(RandomEvents.events(3)))
        .isNotEqualTo(first(RandomEvents.events(4)));
  }

  private static List<String> first(Iterator<byte[]> records) {
    List<String> first = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      first.add(new String(records.next(), StandardCharsets.ISO_8859_1));
    }
    return first;
  }
}
