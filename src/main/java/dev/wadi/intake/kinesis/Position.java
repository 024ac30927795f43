package dev.wadi.intake.kinesis;

import java.math.BigInteger;

/**
 * Where a record stands in its shard: its sequence number and, if the Kinesis Producer Library had
 * packed it together with others, its place among these.
 *
 * @param sub the place in the aggregate, from 0 on; 0 too where there is none
 * @param aggregated whether it came in an aggregate
 */
record Position(BigInteger sequence, long sub, boolean aggregated) implements Comparable<Position> {

  /**
   * What {@link #text} wrote.
   *
   * @throws IllegalArgumentException if it isn't one
   */
  static Position parse(String text) {
    int dot = text.indexOf('.');
    try {
      return dot < 0
          ? new Position(new BigInteger(text), 0, false)
          : new Position(
              new BigInteger(text.substring(0, dot)),
              Long.parseLong(text.substring(dot + 1)),
              true);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("no position of a shard: " + text, e);
    }
  }

  /** {@code sequence}, or {@code sequence.sub} within an aggregate. */
  String text() {
    return aggregated ? sequence + "." + sub : sequence.toString();
  }

  @Override
  public int compareTo(Position other) {
    int bySequence = sequence.compareTo(other.sequence);
    return bySequence != 0 ? bySequence : Long.compare(sub, other.sub);
  }

  @Override
  public String toString() {
    return text();
  }
}
