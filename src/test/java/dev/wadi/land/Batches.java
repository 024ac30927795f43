package dev.wadi.land;

import dev.wadi.deduplicate.CaffeineClaims;
import dev.wadi.deduplicate.OnDamage;
import dev.wadi.deduplicate.SegmentLedger;
import dev.wadi.event.Batch;
import dev.wadi.event.Claims;
import dev.wadi.event.ColumnType;
import dev.wadi.event.Event;
import dev.wadi.event.EventKey;
import dev.wadi.event.Lines;
import dev.wadi.event.Outcome;
import dev.wadi.event.SharedClaims;
import dev.wadi.event.SourceRecord;
import dev.wadi.land.format.FileFormat;
import dev.wadi.land.format.ParquetFormat;
import dev.wadi.land.format.Staging;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** Batches as they arrive at {@code stage}: every record claimed, and a candidate. */
final class Batches {

  static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  private static final AtomicLong SEQUENCE = new AtomicLong();

  private Batches() {}

  /**
   * A batch of candidates whose claims were asked for.
   *
   * @param events each {@code id} or {@code id=payload}
   */
  static Batch candidates(Claims claims, String source, String... events) {
    Batch batch = unclaimed(source, events);
    for (int n = 0; n < events.length; n++) {
      claim(claims, batch, n, events[n]);
    }
    return batch;
  }

  /** Asks for the claim of one record, which becomes a candidate. */
  static void claim(Claims claims, Batch batch, int index, String text) {
    SourceRecord record = batch.records().get(index);
    Event event = event(record, text);
    claims.claim(batch, record, event.key(), event.payloadHash());
    batch.account().put(record, new Outcome.Candidate("events", event, Map.of("subject_id", text)));
  }

  /** A batch whose records have no outcome yet. */
  static Batch unclaimed(String source, String... events) {
    long sequence = SEQUENCE.incrementAndGet();
    List<SourceRecord> records = new ArrayList<>();
    List<String> deliveries = new ArrayList<>();
    for (int n = 0; n < events.length; n++) {
      String delivery = "m" + sequence + "-" + n;
      deliveries.add(delivery);
      byte[] bytes = ("{\"id\":\"" + events[n] + "\"}").getBytes(StandardCharsets.UTF_8);
      records.add(new SourceRecord(source, delivery + "#0", bytes, NOW, 1));
    }
    return new Batch(source, sequence, records, deliveries);
  }

  static Event event(SourceRecord record, String text) {
    String id = text.replaceFirst("=.*", "");
    return new Event(
        record,
        "json",
        EventKey.of("json", id),
        text.hashCode(),
        id,
        "build.finished",
        "finished",
        "/ci",
        Instant.parse("2026-11-20T23:30:00Z"),
        Map.of(),
        null);
  }

  /** Cuts a commit as the only writer of a lake does, and notes what is decided. */
  static List<Batch> cut(Cutter cutter, List<Batch> waiting) {
    SharedCut shared = new SharedCut(SharedClaims.NONE, new NoLines(), cutter);
    CutBatches cut = shared.claim("01ARZ3NDEKTSV4RRFFQ69G5FAV", cutter.choose(waiting));
    cut.note();
    return cut.batches();
  }

  /** The right to write of a process that nobody disputes. */
  static Tenure tenure(LakeStore store, String writer, Clock clock) {
    Epochs epochs = new Epochs(store, writer, clock);
    return new Tenure(writer, epochs, Duration.ofMinutes(5));
  }

  /** Settles all that is open, as the next writer of the lake does. */
  static void settleAll(LakeStore store, String writer, Set<String> ended, Clock clock) {
    CommitLog log = new CommitLog(store);
    Settlement settlement = new Settlement(store, log, writer, clock);
    new OpenIntents(log, settlement, writer, ended, clock, OpenIntents.GRACE).settleAll();
  }

  /** Of sources without an order. */
  static final class NoLines implements Lines {
    @Override
    public Optional<String> begin(String source, String line) {
      return Optional.empty();
    }

    @Override
    public Collection<Part> take(String commit, String source, Collection<Part> parts) {
      return List.of();
    }

    @Override
    public void confirm(String commit, String source, Collection<Part> parts) {
      // there is none
    }
  }

  /** The claims of a process whose ledger is in a folder. */
  static Claims claims(Path folder) {
    return new CaffeineClaims(SegmentLedger.open(folder, OnDamage.FALL_BACK), 1_000);
  }

  /** A stager that writes real Parquet files. */
  static Stager stager(Path folder, LakeStore store) {
    return stager(folder, store, new ParquetFormat());
  }

  static Stager stager(Path folder, LakeStore store, FileFormat format) {
    Schema schema = new MemorySchema();
    return new Stager(
        new Staging(folder, format, 1),
        schema,
        new SchemaLog(store, schema),
        new FileLayout(
            new Partitioning(Partitioning.DEFAULT), new FileLimits(1_000_000, Long.MAX_VALUE)),
        Clock.fixed(NOW, ZoneOffset.UTC));
  }

  /** Knows the columns that the test's events have. */
  static final class MemorySchema implements Schema {
    final List<LakeColumn> known = new ArrayList<>();
    final List<LakeColumn> unsaved =
        new ArrayList<>(List.of(new LakeColumn("subject_id", "/subject/id", ColumnType.TEXT)));

    @Override
    public void load(List<LakeColumn> columns) {
      known.addAll(columns);
    }

    @Override
    public List<LakeColumn> unsaved() {
      return List.copyOf(unsaved);
    }

    @Override
    public LakeColumn column(int number) {
      return known.isEmpty() ? unsaved.get(number) : known.get(number);
    }

    @Override
    public void saved(List<LakeColumn> columns) {
      unsaved.removeAll(columns);
      known.addAll(columns);
    }

    @Override
    public ColumnType type(String name) {
      return name.equals("subject_id") ? ColumnType.TEXT : null;
    }
  }
}
