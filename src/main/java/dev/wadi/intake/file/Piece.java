package dev.wadi.intake.file;

import dev.wadi.event.TransientException;

/**
 * A part of a file. The pieces of a file are adjacent, cover it wholly, and have each of its
 * records once; an empty file has one empty piece.
 */
public interface Piece {

  /** The file's place among the source's files, from 0. */
  int file();

  /** Where it begins in the decompressed content. */
  long from();

  /**
   * Where it ends in the decompressed content, and the next one begins. Once everything up to here
   * is committed, this is where {@link Resume} may go on.
   */
  long to();

  /** Whether it is the last of its file. */
  boolean last();

  /** How many bytes of the file on disk it accounts for; over all pieces the file's size. */
  long diskBytes();

  /**
   * Its records. To be called once, by any thread; pieces can be read in parallel.
   *
   * @throws TransientException if the file can't be read, or is not what it was when the source was
   *     opened
   */
  Block read();
}
