package dev.wadi.deduplicate;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which appends a segment holds, counted from 1; its file's name.
 *
 * @param from the first append in it
 * @param to the last append in it
 */
record SegmentRange(long from, long to) {

  private static final Pattern NAME = Pattern.compile("(\\d{12})-(\\d{12})\\.seg");

  static Optional<SegmentRange> parse(String fileName) {
    Matcher matcher = NAME.matcher(fileName);
    return matcher.matches()
        ? Optional.of(
            new SegmentRange(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2))))
        : Optional.empty();
  }

  String fileName() {
    return String.format("%012d-%012d.seg", from, to);
  }
}
