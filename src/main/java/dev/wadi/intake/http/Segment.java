package dev.wadi.intake.http;

import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One file of the log. What it holds is guarded by its {@link LogSegments}.
 *
 * <p>Its id is random, so that a frame's id is never used again, whatever becomes of the folder,
 * and differs from those of all other processes that write to the same lake.
 */
final class Segment {

  private static final Pattern NAME = Pattern.compile("(\\d{12})-([0-9a-f]{32})\\.log");

  private final Path file;
  private final long number;
  private final String id;
  private final boolean recovered;

  /** Up to where it is durable, in bytes. */
  long synced;

  /** How many frames it durably has, and how many of them are done with. */
  int frames;

  int done;

  /** Whether nothing more is written to it. */
  boolean sealed;

  private Segment(Path file, long number, String id, boolean recovered) {
    this.file = file;
    this.number = number;
    this.id = id;
    this.recovered = recovered;
  }

  static Segment create(Path folder, long number, String id) {
    return new Segment(
        folder.resolve(String.format(Locale.ROOT, "%012d-%s.log", number, id)), number, id, false);
  }

  /** A segment that an earlier process has left; null if the file's name is none of one. */
  static Segment left(Path file) {
    Matcher name = NAME.matcher(file.getFileName().toString());
    return name.matches()
        ? new Segment(file, Long.parseLong(name.group(1)), name.group(2), true)
        : null;
  }

  Path file() {
    return file;
  }

  /** Greater than those of all segments before it. */
  long number() {
    return number;
  }

  String id() {
    return id;
  }

  /** Whether an earlier process has written it, so that commits may account for its frames. */
  boolean isRecovered() {
    return recovered;
  }

  boolean isOver() {
    return sealed && done == frames;
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
