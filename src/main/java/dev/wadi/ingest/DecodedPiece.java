package dev.wadi.ingest;

import dev.wadi.event.EventBlock;
import dev.wadi.intake.file.Piece;

/** A piece of a file whose records are decoded. */
record DecodedPiece(Piece piece, EventBlock events) {

  long diskBytes() {
    return piece.diskBytes();
  }

  /** About how much memory its records take. */
  long size() {
    return events.records().bytes().length + events.tape().size();
  }
}
