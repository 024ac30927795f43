package dev.wadi.land;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wadi.event.Event;
import dev.wadi.event.EventBlock;
import dev.wadi.event.EventKey;
import dev.wadi.event.RecordBlock;
import dev.wadi.event.Tape;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class BulkFoldersTest {

  private static final Instant RECEIVED = Instant.parse("2026-11-21T23:59:59Z");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "event_type,event_date",
        "year,month,day",
        "event_type,event_subtype,year,month,day,hour",
        "event_source,event_id",
        "event_key,payload_hash,hour",
        "event_subtype"
      })
  void areNamedAsThoseOfSingleEvents(String columns) {
    Partitioning partitioning = new Partitioning(List.of(columns.split(",")));
    BulkFolders folders = new BulkFolders(partitioning);
    ObjectKeys keys = new ObjectKeys(partitioning);
    List<Event> events =
        List.of(
            event("a", "build", "done", "/ci", "2026-03-07T04:59:59.999999Z"),
            event("b", "build/x", null, null, "1969-12-31T23:00:00Z"),
            event("c", "", "", "", "0001-01-01T00:00:00Z"),
            event("d", "build", "done", "/ci", "9999-12-31T23:59:59.999999Z"),
            event("e", "build", "done", "/ci", "+10000-01-01T00:00:00Z"));
    EventBlock block = block(events);

    for (int n = 0; n < events.size(); n++) {
      assertThat(folders.name(folders.of(block, n))).isEqualTo(keys.events(events.get(n)));
    }
  }

  @Test
  void areThoseOfTheDayOfReceiptForCopies() {
    EventBlock block = block(List.of(event("a", "t", null, null, "2020-01-01T00:00:00Z")));
    BulkFolders folders = new BulkFolders(new Partitioning(Partitioning.DEFAULT));
    block.duplicate(0);
    assertThat(folders.name(folders.of(block, 0)))
        .isEqualTo("duplicates/received_date=2026-11-21/");
    block.conflict(0, 1);
    assertThat(folders.name(folders.of(block, 0))).isEqualTo("conflicts/received_date=2026-11-21/");
  }

  private static EventBlock block(List<Event> events) {
    Tape tape = new Tape();
    tape.start(new byte[0]);
    EventBlock block = new EventBlock(records(events.size()), RECEIVED, tape);
    for (int n = 0; n < events.size(); n++) {
      Event event = events.get(n);
      block.event(
          n,
          event.key().high(),
          event.key().low(),
          event.payloadHash(),
          event.type(),
          event.subtype(),
          event.time());
      tape.add(Tape.EVENT_ID, event.id());
      if (event.source() != null) {
        tape.add(Tape.EVENT_SOURCE, event.source());
      }
      tape.endRecord();
    }
    return block;
  }

  private static RecordBlock records(int count) {
    return new RecordBlock() {
      @Override
      public String file() {
        return "f";
      }

      @Override
      public byte[] bytes() {
        return new byte[0];
      }

      @Override
      public int count() {
        return count;
      }

      @Override
      public int start(int n) {
        return 0;
      }

      @Override
      public int end(int n) {
        return 0;
      }

      @Override
      public long offset(int n) {
        return n;
      }

      @Override
      public String position(int n) {
        return "f@" + n;
      }
    };
  }

  private static Event event(String id, String type, String subtype, String source, String time) {
    return new Event(
        Batches.unclaimed("s", id).records().get(0),
        "json",
        EventKey.of("json", id),
        id.hashCode(),
        id,
        type,
        subtype,
        source,
        Instant.parse(time),
        Map.of(),
        null);
  }
}
