package dev.wadi.land.format;

/** The rows of a file that is to be written, made when it is its turn: a commit has many. */
public interface RowsToWrite {

  /** About how much there is to write; files with more are begun first. */
  long weight();

  /**
   * The rows; called once, by the thread that writes them.
   *
   * @param memory that thread's, for rows that are made now
   */
  Rows rows(RowMemory memory);

  /** Rows that are there already. */
  static RowsToWrite of(Rows rows) {
    return new RowsToWrite() {
      @Override
      public long weight() {
        return rows.bytes();
      }

      @Override
      public Rows rows(RowMemory memory) {
        return rows;
      }
    };
  }
}
