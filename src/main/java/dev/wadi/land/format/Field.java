package dev.wadi.land.format;

import dev.wadi.event.ColumnType;
import java.util.Objects;

/** A column of a file, by name and type. */
public record Field(String name, ColumnType type) {

  public Field {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
  }
}
