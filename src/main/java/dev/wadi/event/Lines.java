package dev.wadi.event;

import java.util.Collection;
import java.util.Optional;

/**
 * How far the lines of ordered sources have been accounted for. A line is what is delivered in
 * order, such as a stream's shard; its positions are texts that only their source understands.
 * Thread-safe.
 */
public interface Lines {

  /**
   * A part of a line that a batch holds: all behind one position up to another.
   *
   * @param line such as a shard's id
   * @param after the last position before it; null if nothing of the line was accounted for
   * @param to its last position
   */
  record Part(String line, String after, String to) {}

  /**
   * Begins to read a line, here and from now on: a commit of whoever read it before is settled.
   *
   * @return the last position that a commit which stands accounts for; reading goes on behind it
   * @throws TransientException if that can't be told now
   */
  Optional<String> begin(String source, String line);

  /**
   * Takes parts of a source's lines into a commit that is being cut.
   *
   * @param parts at most one of a line
   * @return those that can't be taken, since another process has read on from where they begin;
   *     their batches must be given up
   * @throws TransientException if it can't be told now; nothing or some of it is taken, which ends
   *     with the commit's marker
   */
  Collection<Part> take(String commit, String source, Collection<Part> parts);

  /**
   * Notes that a commit which stands accounts for these parts. Durable on return; noting it twice
   * is once.
   */
  void confirm(String commit, String source, Collection<Part> parts);
}
