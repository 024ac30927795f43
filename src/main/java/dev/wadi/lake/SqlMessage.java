package dev.wadi.lake;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** DuckDB's message in one line: without the excerpt of the statement, and with what helps. */
public final class SqlMessage {

  private SqlMessage() {}

  /** The message alone. */
  public static String of(SQLException error) {
    String message = String.valueOf(error.getMessage());
    int excerpt = message.indexOf("\nLINE ");
    return Arrays.stream((excerpt < 0 ? message : message.substring(0, excerpt)).split("\\R"))
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .collect(Collectors.joining(" "));
  }

  static String withHint(SQLException error) {
    String message = of(error);
    if (message.startsWith("Catalog Error: Table")) {
      return message + " (the tables are events, duplicates, conflicts and dead_letters)";
    }
    if (message.startsWith("Binder Error: Referenced column")) {
      return message + " (DESCRIBE events lists the columns)";
    }
    return message;
  }
}
