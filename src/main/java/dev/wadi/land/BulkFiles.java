package dev.wadi.land;

import dev.wadi.event.EventBlock;
import dev.wadi.event.EventKey;
import dev.wadi.event.Tape;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The files of a commit of whole blocks in the making, as {@link PartitionFiles} for batches. Not
 * thread-safe.
 */
final class BulkFiles {

  /** Folders that depend on nothing else are the same for all events of a type and an hour. */
  private static final Set<String> BY_TYPE_AND_TIME =
      Set.of("event_type", "event_subtype", "event_date", "year", "month", "day", "hour");

  private static final long MICROS_PER_HOUR = 3_600_000_000L;

  /** A file that is to be written. */
  record BulkFile(String table, String folder, BulkRows rows) {}

  private record TypeAndHour(String type, String subtype, long hour) {}

  private final FileLayout layout;
  private final ObjectKeys keys;
  private final boolean byTypeAndTime;
  private final Function<String, BulkRows> newRows;
  private final Map<TypeAndHour, String> folders = new HashMap<>();
  private final Map<String, BulkFile> open = new HashMap<>();
  private final List<BulkFile> all = new ArrayList<>();

  /**
   * @param newRows makes the rows of a new file of a table
   */
  BulkFiles(FileLayout layout, Function<String, BulkRows> newRows) {
    this.layout = layout;
    this.keys = new ObjectKeys(layout);
    this.byTypeAndTime = BY_TYPE_AND_TIME.containsAll(layout.partitioning().columns());
    this.newRows = newRows;
  }

  /** Adds a record, whose fate is decided and not rejection, to the file that it belongs to. */
  void add(EventBlock block, int n) {
    switch (block.fate(n)) {
      case DUPLICATE -> add(Tables.DUPLICATES, received(Tables.DUPLICATES, block), block, n);
      case CONFLICT -> add(Tables.CONFLICTS, received(Tables.CONFLICTS, block), block, n);
      case LANDS -> add(Tables.EVENTS, folder(block, n), block, n);
      case REJECTED -> throw new IllegalArgumentException("a rejected record has no row");
    }
  }

  /** All files, in the order in which they were begun. */
  List<BulkFile> all() {
    return List.copyOf(all);
  }

  private void add(String table, String folder, EventBlock block, int n) {
    BulkFile file = open.get(folder);
    if (file == null || layout.limits().reachedBy(file.rows().count(), file.rows().bytes())) {
      file = new BulkFile(table, folder, newRows.apply(table));
      open.put(folder, file);
      all.add(file);
    }
    file.rows().add(block, n);
  }

  private String received(String table, EventBlock block) {
    return keys.received(table, block.receivedAt());
  }

  private String folder(EventBlock block, int n) {
    if (!byTypeAndTime) {
      return keys.events(column -> text(block, n, column), time(block.micros(n)));
    }
    TypeAndHour same =
        new TypeAndHour(
            block.type(n), block.subtype(n), Math.floorDiv(block.micros(n), MICROS_PER_HOUR));
    return folders.computeIfAbsent(
        same, absent -> keys.events(column -> text(block, n, column), time(block.micros(n))));
  }

  private static Instant time(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000);
  }

  private static String text(EventBlock block, int n, String column) {
    return switch (column) {
      case "event_type" -> block.type(n);
      case "event_subtype" -> block.subtype(n);
      case "event_source" -> text(block.tape(), n, Tape.EVENT_SOURCE);
      case "event_id" -> text(block.tape(), n, Tape.EVENT_ID);
      case "event_key" -> new EventKey(block.keyHigh(n), block.keyLow(n)).hex();
      case "payload_hash" -> HexFormat.of().toHexDigits(block.payloadHash(n));
      default -> throw new IllegalStateException("no column of text: " + column);
    };
  }

  private static String text(Tape tape, int n, int column) {
    for (int at = tape.from(n); at < tape.to(n); at++) {
      if (tape.column(at) == column) {
        return new String(
            tape.bytes(at), tape.textFrom(at), tape.textLength(at), StandardCharsets.UTF_8);
      }
    }
    return null;
  }
}
