package dev.wadi;

import dev.wadi.event.ColumnType;
import dev.wadi.flatten.Column;
import dev.wadi.flatten.Columns;
import dev.wadi.land.Schema;
import java.util.List;

/** The columns of the flattening stage, as landing keeps them in the lake. */
final class LakeSchema implements Schema {

  private final Columns columns;

  LakeSchema(Columns columns) {
    this.columns = columns;
  }

  @Override
  public void load(List<LakeColumn> version) {
    columns.load(version.stream().map(LakeSchema::column).toList());
  }

  @Override
  public List<LakeColumn> unsaved() {
    return columns.unsaved().stream().map(LakeSchema::lakeColumn).toList();
  }

  @Override
  public LakeColumn column(int number) {
    return lakeColumn(columns.numbered(number));
  }

  @Override
  public void saved(List<LakeColumn> version) {
    columns.markSaved(version.stream().map(LakeSchema::column).toList());
  }

  @Override
  public ColumnType type(String name) {
    Column column = columns.named(name);
    return column == null ? null : column.type();
  }

  private static LakeColumn lakeColumn(Column column) {
    return new LakeColumn(column.name(), column.path(), column.type());
  }

  private static Column column(LakeColumn column) {
    return new Column(column.name(), column.path(), column.type());
  }
}
