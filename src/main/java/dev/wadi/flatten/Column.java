package dev.wadi.flatten;

import dev.wadi.event.ColumnType;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A payload column of the lake.
 *
 * @param name lower-case letters, digits and {@code _}, no digit first
 * @param path where its values come from: a JSON Pointer (RFC 6901) into the document, or, for a
 *     column that a shape derives or a step adds, the name that it was given, which has no {@code
 *     /} in front
 * @param type may widen from BIGINT to DOUBLE, and otherwise stays
 */
public record Column(String name, String path, ColumnType type) {

  private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]*");

  public Column {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(type, "type");
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("not a column's name: " + name);
    }
  }

  Column widened() {
    return new Column(name, path, ColumnType.DOUBLE);
  }
}
