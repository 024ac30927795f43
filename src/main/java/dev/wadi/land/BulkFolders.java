package dev.wadi.land;

import dev.wadi.event.EventBlock;
import dev.wadi.event.Tape;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/**
 * Tells the folders of rows by what their names are made of, so that a name is put together once
 * for all rows of a folder.
 */
final class BulkFolders {

  private static final long DAY = 86_400;
  private static final long HOUR = 3_600;
  private static final long MICROS = 1_000_000;

  private final Partitioning partitioning;
  private final boolean byType;
  private final boolean bySubtype;
  private final boolean byOther;
  private final long span;

  /**
   * A folder. What its name isn't made of is null, and 0 for the time.
   *
   * @param other the values of the columns that few lakes are partitioned by
   * @param start of the day or hour, in seconds since 1970
   */
  record Folder(String table, String type, String subtype, List<String> other, long start) {}

  BulkFolders(Partitioning partitioning) {
    this.partitioning = partitioning;
    List<String> columns = partitioning.columns();
    byType = columns.contains("event_type");
    bySubtype = columns.contains("event_subtype");
    byOther = Partitioning.OTHER_TEXTS.stream().anyMatch(columns::contains);
    boolean byDay = columns.stream().anyMatch(column -> Partitioning.TIMES.containsKey(column));
    span = columns.contains("hour") ? HOUR : byDay ? DAY : 0;
  }

  /** The folder of a record that wasn't rejected. */
  Folder of(EventBlock block, int n) {
    return switch (block.fate(n)) {
      case DUPLICATE -> received(Tables.DUPLICATES, block);
      case CONFLICT -> received(Tables.CONFLICTS, block);
      default ->
          new Folder(
              Tables.EVENTS,
              byType ? block.type(n) : null,
              bySubtype ? block.subtype(n) : null,
              byOther ? other(block, n) : null,
              span == 0 ? 0 : Math.floorDiv(block.micros(n), span * MICROS) * span);
    };
  }

  /** Its name, with a slash at the end. */
  String name(Folder folder) {
    Instant start = Instant.ofEpochSecond(folder.start);
    return folder.table.equals(Tables.EVENTS)
        ? Tables.EVENTS + "/" + partitioning.folder(column -> text(folder, column), start)
        : ObjectKeys.received(folder.table, start);
  }

  private static Folder received(String table, EventBlock block) {
    long seconds = block.receivedAt().getEpochSecond();
    return new Folder(table, null, null, null, Math.floorDiv(seconds, DAY) * DAY);
  }

  private static String text(Folder folder, String column) {
    return switch (column) {
      case "event_type" -> folder.type;
      case "event_subtype" -> folder.subtype;
      default -> folder.other.get(Partitioning.OTHER_TEXTS.indexOf(column));
    };
  }

  /** The values of all such columns, those that aren't asked for empty. */
  private List<String> other(EventBlock block, int n) {
    return Partitioning.OTHER_TEXTS.stream()
        .map(column -> partitioning.columns().contains(column) ? text(block, n, column) : "")
        .toList();
  }

  private static String text(EventBlock block, int n, String column) {
    HexFormat hex = HexFormat.of();
    return switch (column) {
      case "event_source" -> text(block.tape(), n, Tape.EVENT_SOURCE);
      case "event_id" -> text(block.tape(), n, Tape.EVENT_ID);
      case "event_key" -> hex.toHexDigits(block.keyHigh(n)) + hex.toHexDigits(block.keyLow(n));
      case "payload_hash" -> hex.toHexDigits(block.payloadHash(n));
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
    // an empty value has the folder of a null
    return "";
  }
}
