package dev.wadi.event;

import java.util.List;

/**
 * Takes the values of one document after the other, without a tree or a map for each of them. What
 * a value belongs to is told once, by {@link #place}, and handed back with every value there.
 *
 * <p>Bytes are only valid during the call, unless they are in the array of the block that the
 * record is in.
 */
public interface ValueSink {

  /**
   * What the sink wants to be given with the values of a path.
   *
   * @param names the members that lead there, from the root on; at least one
   */
  Object place(List<String> names);

  /** A text, as UTF-8. */
  void text(Object place, byte[] bytes, int from, int length);

  /** An array's JSON, in its compact form and as UTF-8. */
  void json(Object place, byte[] bytes, int from, int length);

  void integer(Object place, long value);

  /** A finite decimal. */
  void decimal(Object place, double value);

  void bool(Object place, boolean value);
}
