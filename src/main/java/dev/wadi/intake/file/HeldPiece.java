package dev.wadi.intake.file;

import java.util.function.UnaryOperator;

/** A piece whose bytes are in memory already. */
record HeldPiece(
    int file,
    long from,
    long to,
    boolean last,
    long diskBytes,
    Block records,
    UnaryOperator<Block> toJson)
    implements Piece {

  @Override
  public Block read() {
    return toJson.apply(records);
  }
}
