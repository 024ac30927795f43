package dev.wadi.intake.file;

import java.util.Map;

/**
 * What earlier runs have committed of some files, by the file as it is given. A file that has
 * changed since, as its fingerprint tells, is read from its start: its events are told by their
 * keys, so that costs time and nothing else.
 */
public record Resume(Map<String, Point> points) {

  /** Nothing is committed. */
  public static final Resume NOTHING = new Resume(Map.of());

  public Resume {
    points = Map.copyOf(points);
  }

  /**
   * How far one file is committed.
   *
   * @param fingerprint {@link SourceFile#fingerprint} of the file when it was read
   * @param offset {@link Piece#to} of a piece; all pieces up to it are committed
   * @param finished whether that piece was the last
   */
  public record Point(String fingerprint, long offset, boolean finished) {

    static final Point START = new Point("", 0, false);

    public Point {
      if (offset < 0) {
        throw new IllegalArgumentException("no offset: " + offset);
      }
    }
  }

  Point of(String name, String fingerprint) {
    Point point = points.get(name);
    return point == null || fingerprint.isEmpty() || !point.fingerprint().equals(fingerprint)
        ? Point.START
        : point;
  }
}
