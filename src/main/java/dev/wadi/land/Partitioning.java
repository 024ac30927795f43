package dev.wadi.land;

import dev.wadi.event.Event;
import dev.wadi.event.SetupException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The folders of the table {@code events}, one below the other as Hive has them: {@code
 * event_type=build/event_date=2026-11-21/}. A value that isn't there is {@code
 * __HIVE_DEFAULT_PARTITION__}. Thread-safe.
 */
public final class Partitioning {

  /** The columns that {@code events} is partitioned by unless configured. */
  public static final List<String> DEFAULT = List.of("event_type", "event_date");

  static final String NULL = "__HIVE_DEFAULT_PARTITION__";

  /** What S3 allows for a key, less the table's name and the longest name of a file. */
  private static final int MOST_BYTES_OF_FOLDERS = 1024 - 64;

  /** What file systems allow for a name. */
  private static final int MOST_BYTES_OF_NAME = 255;

  /** Those of the columns of text that few lakes are partitioned by. */
  static final List<String> OTHER_TEXTS =
      List.of("event_source", "event_id", "event_key", "payload_hash");

  private static final Set<String> TEXTS = new LinkedHashSet<>();

  static {
    TEXTS.addAll(List.of("event_type", "event_subtype"));
    TEXTS.addAll(OTHER_TEXTS);
  }

  /** What the columns of time make of it. */
  static final Map<String, Function<LocalDateTime, String>> TIMES = new LinkedHashMap<>();

  static {
    TIMES.put("event_date", time -> time.toLocalDate().toString());
    TIMES.put("year", time -> digits(4, time.getYear()));
    TIMES.put("month", time -> digits(2, time.getMonthValue()));
    TIMES.put("day", time -> digits(2, time.getDayOfMonth()));
    TIMES.put("hour", time -> digits(2, time.getHour()));
  }

  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

  private final List<String> columns;
  private final int mostOfValue;

  /**
   * @param columns from the outermost folder to the innermost
   * @throws SetupException if there is no such column, or one stands there twice
   */
  public Partitioning(List<String> columns) {
    Set<String> known = names();
    for (String column : columns) {
      if (!known.contains(column)) {
        throw new SetupException(
            "events can't be partitioned by '%s': choose of %s"
                .formatted(column, String.join(", ", known)));
      }
    }
    if (columns.isEmpty() || new LinkedHashSet<>(columns).size() < columns.size()) {
      throw new SetupException(
          "events can't be partitioned by '%s': name one column at least, and none twice"
              .formatted(String.join(",", columns)));
    }
    this.columns = List.copyOf(columns);
    this.mostOfValue = mostOfValue(columns);
  }

  /** All columns that there can be. */
  public static Set<String> names() {
    Set<String> names = new LinkedHashSet<>(TEXTS);
    names.addAll(TIMES.keySet());
    return names;
  }

  /** The columns, from the outermost folder to the innermost. */
  public List<String> columns() {
    return columns;
  }

  /** The folder of an event, below the table's and with a slash at its end. */
  public String folder(Event event) {
    return folder(column -> text(event, column), event.time());
  }

  /**
   * The same for whom has no {@link Event}.
   *
   * @param text the value of a core column of text by the column's name, or null
   * @param instant when the event happened
   */
  public String folder(UnaryOperator<String> text, Instant instant) {
    LocalDateTime time = time(instant);
    StringBuilder folder = new StringBuilder();
    for (String column : columns) {
      Function<LocalDateTime, String> ofTime = TIMES.get(column);
      String value = ofTime == null ? text.apply(column) : time == null ? null : ofTime.apply(time);
      folder.append(column).append('=');
      folder.append(
          value == null || value.isEmpty() ? NULL : PartitionValue.escape(value, mostOfValue));
      folder.append('/');
    }
    return folder.toString();
  }

  private static String text(Event event, String column) {
    return switch (column) {
      case "event_type" -> event.type();
      case "event_subtype" -> event.subtype();
      case "event_source" -> event.source();
      case "event_id" -> event.id();
      case "event_key" -> event.key().hex();
      case "payload_hash" -> HexFormat.of().toHexDigits(event.payloadHash());
      default -> throw new IllegalStateException("no column of text: " + column);
    };
  }

  /** In UTC; null outside of the years that the column can hold, which is null then too. */
  private static LocalDateTime time(Instant instant) {
    return instant.isBefore(FIRST) || !instant.isBefore(END)
        ? null
        : LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
  }

  /** As many bytes as a value may have, so that no key is too long. */
  private static int mostOfValue(List<String> columns) {
    int texts = 0;
    int longestName = 0;
    int left = MOST_BYTES_OF_FOLDERS;
    for (String column : columns) {
      left -= column.length() + "=/".length();
      longestName = Math.max(longestName, column.length() + "=".length());
      if (TEXTS.contains(column)) {
        texts++;
      } else {
        left -= NULL.length();
      }
    }
    return Math.min(MOST_BYTES_OF_NAME - longestName, left / Math.max(1, texts));
  }

  private static String digits(int count, int number) {
    String digits = Integer.toString(number);
    return "0".repeat(Math.max(0, count - digits.length())) + digits;
  }
}
