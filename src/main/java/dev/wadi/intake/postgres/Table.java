package dev.wadi.intake.postgres;

import dev.wadi.event.SetupException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A table's name, spelled as the server has it.
 *
 * @param schema such as {@code public}
 */
record Table(String schema, String name) {

  private static final Pattern PART = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_$]*");

  /**
   * Reads names with commas between them; one without a schema is in {@code public}.
   *
   * @throws SetupException if there is none, or one that can't be read
   */
  static List<Table> list(String text) {
    List<Table> tables = new ArrayList<>();
    for (String name : text.isBlank() ? new String[0] : text.trim().split("\\s*,\\s*")) {
      String[] parts = name.contains(".") ? name.split("\\.", -1) : new String[] {"public", name};
      if (parts.length != 2
          || !PART.matcher(parts[0]).matches()
          || !PART.matcher(parts[1]).matches()) {
        throw new SetupException(
            "wadi.intake.postgres.tables has '"
                + name
                + "', which is no name such as public.orders");
      }
      tables.add(new Table(parts[0], parts[1]));
    }
    if (tables.isEmpty()) {
      throw new SetupException(
          "wadi.intake.postgres.tables is blank: name the tables to read, such as public.orders");
    }
    return List.copyOf(tables);
  }

  /** As SQL names it, whatever letters it has. */
  String quoted() {
    return '"' + schema + "\".\"" + name + '"';
  }

  @Override
  public String toString() {
    return schema + "." + name;
  }
}
