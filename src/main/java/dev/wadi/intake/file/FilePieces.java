package dev.wadi.intake.file;

import java.io.Closeable;

/** The pieces of one file, in order. Not thread-safe. */
interface FilePieces extends Closeable {

  /** The next piece, or null after the last one. */
  Piece next();
}
