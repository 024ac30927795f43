package dev.wadi.cli;

import java.io.IOException;
import java.io.Writer;
import java.sql.ResultSet;
import java.sql.SQLException;

/** A way to write the rows of a result as text. */
interface RowFormat {

  /**
   * Writes all rows as they come.
   *
   * @throws IOException if the reader has gone
   * @throws SQLException if the statement fails on its way
   */
  void write(ResultSet rows, Writer out) throws SQLException, IOException;
}
