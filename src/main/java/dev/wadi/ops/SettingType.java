package dev.wadi.ops;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What values a setting takes.
 *
 * @param wanted completes "must be ...", for people
 * @param value the Java type that the text becomes
 * @param read turns trimmed text into a value; throws IllegalArgumentException for text that is not
 *     {@code wanted}
 */
record SettingType<T>(String wanted, Class<T> value, Function<String, T> read) {

  /** The rate {@code max}. */
  static final double UNBOUNDED = Double.POSITIVE_INFINITY;

  static final String SECRET = "a secret, or blank";

  private static final Pattern DURATION = Pattern.compile("(\\d{1,15})(ms|s|m|h)");
  private static final Pattern SIZE = Pattern.compile("(\\d{1,9})(B|KB|MB|GB)?");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,79}");

  private static final Pattern DATABASE =
      Pattern.compile("postgresql://[^/@?\\s]+/[^/@?\\s]+(\\?[^@\\s]*)?");
  private static final Pattern TABLES = Pattern.compile("[^\\s,]+(\\s*,\\s*[^\\s,]+)*");

  private static final Map<String, Duration> TIME_UNITS =
      Map.of(
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1));
  private static final Map<String, Long> SIZE_UNITS =
      Map.of("B", 1L, "KB", 1L << 10, "MB", 1L << 20, "GB", 1L << 30);

  /** A whole number. */
  static SettingType<Integer> count(int least, int most) {
    return new SettingType<>(
        "a whole number from " + least + " to " + most,
        Integer.class,
        text -> (int) number(text, least, most));
  }

  /** A number of events a second, or {@code max} for as many as can be: {@link #UNBOUNDED}. */
  static SettingType<Double> rate(int most) {
    return new SettingType<>(
        "a number from 0 to " + most + ", such as 50 or 0.05, or max",
        Double.class,
        text -> text.equals("max") ? UNBOUNDED : within(decimal(text), 0.0, (double) most));
  }

  /** A whole number of 64 bits. */
  static SettingType<Long> number() {
    return new SettingType<>("a whole number", Long.class, Long::valueOf);
  }

  /** A time span, such as {@code 500ms}, {@code 60s}, {@code 5m} or {@code 1h}. */
  static SettingType<Duration> duration(String least, String most) {
    Duration shortest = duration(least);
    Duration longest = duration(most);
    return new SettingType<>(
        "a time span from " + least + " to " + most + ", such as 500ms, 60s or 5m",
        Duration.class,
        text -> within(duration(text), shortest, longest));
  }

  /** A time span of whole seconds, which is how SQS counts. */
  static SettingType<Duration> seconds(String least, String most) {
    Duration shortest = duration(least);
    Duration longest = duration(most);
    return new SettingType<>(
        "a time span of whole seconds from " + least + " to " + most + ", such as 30s or 5m",
        Duration.class,
        text -> whole(within(duration(text), shortest, longest)));
  }

  /** A number of bytes, such as {@code 4096}, {@code 64KB} or {@code 256MB}; in powers of 1024. */
  static SettingType<Long> size(String least, String most) {
    long smallest = size(least);
    long largest = size(most);
    return new SettingType<>(
        "a size from " + least + " to " + most + ", such as 64KB or 256MB",
        Long.class,
        text -> within(size(text), smallest, largest));
  }

  /** A share of the whole. */
  static SettingType<Double> ratio() {
    return new SettingType<>(
        "a number from 0 to 1, such as 0.01",
        Double.class,
        text -> within(decimal(text), 0.0, 1.0));
  }

  /** The name of a queue, bucket, shape or the like. */
  static SettingType<String> identifier() {
    return new SettingType<>(
        "a name of letters, digits, '.', '_' and '-'", String.class, text -> matching(NAME, text));
  }

  /** The same, or blank for none. */
  static SettingType<String> identifierOrBlank() {
    return new SettingType<>(
        identifier().wanted() + ", or blank",
        String.class,
        text -> text.isBlank() ? "" : matching(NAME, text));
  }

  /** Several of them with commas between them, or blank for none. */
  static SettingType<String> identifiersOrBlank() {
    return new SettingType<>(
        "names of letters, digits, '.', '_' and '-' with commas between them, or blank",
        String.class,
        SettingType::identifiers);
  }

  private static String identifiers(String text) {
    if (!text.isBlank()) {
      List.of(text.split("\\s*,\\s*", -1)).forEach(name -> matching(NAME, name));
    }
    return text;
  }

  /** Any text that is not blank. */
  static SettingType<String> text() {
    return new SettingType<>("text that is not blank", String.class, SettingType::present);
  }

  /** The path of a file, or blank for none. */
  static SettingType<String> fileOrBlank() {
    return new SettingType<>("the path of a file, or blank", String.class, SettingType::path);
  }

  /** A URL of HTTP, or blank for none. */
  static SettingType<String> urlOrBlank() {
    return new SettingType<>(
        "a URL such as http://127.0.0.1:4566, or blank", String.class, SettingType::url);
  }

  /** A JSON pointer (RFC 6901), or blank for the whole. */
  static SettingType<String> pointerOrBlank() {
    return new SettingType<>(
        "a JSON pointer such as /data/items, or blank",
        String.class,
        text -> matching(Pattern.compile("(/([^~/]|~[01])*)*"), text));
  }

  /** Headers of HTTP with {@code |} between them, or blank for none. */
  static SettingType<String> headersOrBlank() {
    String one = "[A-Za-z0-9-]+:[^|\\p{Cntrl}]*";
    return new SettingType<>(
        "headers such as X-Version: 2 | X-Site: main, or blank",
        String.class,
        text ->
            text.isBlank() ? "" : matching(Pattern.compile(one + "(\\|\\s*" + one + ")*"), text));
  }

  /** A JDBC URL of PostgreSQL, or blank for none. */
  static SettingType<String> postgresUrlOrBlank() {
    return new SettingType<>(
        "a URL such as jdbc:postgresql://127.0.0.1:5432/lake, or blank",
        String.class,
        SettingType::postgresUrl);
  }

  /** The URL of a PostgreSQL database, without user and password, or blank for none. */
  static SettingType<String> databaseOrBlank() {
    return new SettingType<>(
        "a URL such as postgresql://db.example:5432/shop without user and password, or blank",
        String.class,
        text -> text.isBlank() ? "" : matching(DATABASE, text));
  }

  /** Several tables with commas between them, or blank for none. */
  static SettingType<String> tablesOrBlank() {
    return new SettingType<>(
        "names of tables such as public.orders with commas between them, or blank",
        String.class,
        text -> text.isBlank() ? "" : matching(TABLES, text));
  }

  /** A secret, or blank for none. Any text will do, so that no message ever says what it is. */
  static SettingType<String> secret() {
    return new SettingType<>(SECRET, String.class, text -> text);
  }

  /** One of a few words. */
  static SettingType<String> oneOf(String... words) {
    return new SettingType<>(
        words.length == 1 ? words[0] : "one of " + String.join(", ", words),
        String.class,
        text -> matching(Pattern.compile(String.join("|", words)), text));
  }

  /** Several of a few words, none twice, with commas between them. */
  static SettingType<String> listOf(String... words) {
    return new SettingType<>(
        "a list of " + String.join(", ", words) + ", with commas and none twice",
        String.class,
        text -> list(text, Set.of(words)));
  }

  private static String list(String text, Set<String> words) {
    List<String> list = List.of(text.split("\\s*,\\s*", -1));
    if (!words.containsAll(list) || Set.copyOf(list).size() < list.size()) {
      throw new IllegalArgumentException(text);
    }
    return text;
  }

  private static String path(String text) {
    // throws for what can't be a path
    return Path.of(text).toString();
  }

  private static long number(String text, int least, int most) {
    return within(Long.valueOf(text), (long) least, (long) most);
  }

  private static double decimal(String text) {
    // Double.valueOf would also take "1d" and "NaN"
    return Double.parseDouble(matching(Pattern.compile("\\d{1,9}(\\.\\d{1,17})?"), text));
  }

  private static Duration duration(String text) {
    Matcher parts = DURATION.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(text);
    }
    return TIME_UNITS.get(parts.group(2)).multipliedBy(Long.parseLong(parts.group(1)));
  }

  private static Duration whole(Duration duration) {
    if (duration.getNano() != 0) {
      throw new IllegalArgumentException(duration.toString());
    }
    return duration;
  }

  private static long size(String text) {
    Matcher parts = SIZE.matcher(text.toUpperCase(Locale.ROOT));
    if (!parts.matches()) {
      throw new IllegalArgumentException(text);
    }
    String unit = parts.group(2) == null ? "B" : parts.group(2);
    return Long.parseLong(parts.group(1)) * SIZE_UNITS.get(unit);
  }

  private static String url(String text) {
    if (!text.isEmpty() && (!text.matches("https?://.+") || URI.create(text).getHost() == null)) {
      throw new IllegalArgumentException(text);
    }
    return text;
  }

  private static String postgresUrl(String text) {
    return text.isEmpty() ? text : matching(Pattern.compile("jdbc:postgresql://.+"), text);
  }

  private static String present(String text) {
    return matching(Pattern.compile(".+"), text);
  }

  private static String matching(Pattern pattern, String text) {
    if (!pattern.matcher(text).matches()) {
      throw new IllegalArgumentException(text);
    }
    return text;
  }

  private static <C extends Comparable<C>> C within(C value, C least, C most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(value.toString());
    }
    return value;
  }
}
