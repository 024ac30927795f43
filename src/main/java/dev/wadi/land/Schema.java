package dev.wadi.land;

import dev.wadi.event.ColumnType;
import java.util.List;
import java.util.Objects;

/** The payload columns of the lake, as the flattening stage knows them. */
public interface Schema {

  /**
   * A payload column.
   *
   * @param name as in the files
   * @param path where its values stand in the events
   */
  record LakeColumn(String name, String path, ColumnType type) {

    public LakeColumn {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(path, "path");
      Objects.requireNonNull(type, "type");
    }
  }

  /** Takes over what the lake has; called with older versions first. */
  void load(List<LakeColumn> columns);

  /** Columns that are new or widened since they were last saved. */
  List<LakeColumn> unsaved();

  /** Notes that these are in the lake. */
  void saved(List<LakeColumn> columns);

  /**
   * The payload column of this number, as it is now.
   *
   * @param number from 0, in the order in which columns came
   */
  LakeColumn column(int number);

  /** The type of a payload column now. */
  ColumnType type(String name);
}
