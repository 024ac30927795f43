package dev.wadi.intake.file;

/** Makes of each row of CSV one JSON object: the columns' names with the cells as text. */
final class CsvRows {

  static final String BAD_QUOTES = "csv_quotes";

  private final CsvHeader header;
  private final Limits limits;
  private final CsvCells cells = new CsvCells();

  CsvRows(CsvHeader header, Limits limits) {
    this.header = header;
    this.limits = limits;
  }

  /**
   * The same records as JSON. A cell that is empty and not in quotes is left out. A row that is
   * broken, or doesn't fit the header, keeps its bytes.
   */
  Block toJson(Block rows) {
    JsonText json = new JsonText(2 * size(rows));
    BlockBuilder records = new BlockBuilder(limits);
    for (int n = 0; n < rows.count(); n++) {
      int start = json.length();
      Broken why = rows.broken(n);
      if (why == null) {
        why = read(rows, n);
      }
      if (why == null) {
        write(rows.bytes(), json);
        records.put(start, json.length(), rows.offset(n));
      } else {
        json.add(rows.bytes(), rows.start(n), rows.end(n));
        records.addBroken(start, json.length(), rows.offset(n), why);
      }
      records.line(rows.line(n));
    }
    return records.build(rows.file(), json.bytes());
  }

  private Broken read(Block rows, int n) {
    if (!cells.read(rows.bytes(), rows.start(n), rows.end(n))) {
      return new Broken(
          BAD_QUOTES,
          null,
          "line " + rows.line(n) + ": text stands behind the closing quote of a cell");
    }
    if (cells.count() != header.count()) {
      return new Broken(
          "csv_columns",
          null,
          String.format(
              "line %d has %d cells, the header has %d columns",
              rows.line(n), cells.count(), header.count()));
    }
    return null;
  }

  private void write(byte[] bytes, JsonText json) {
    json.add('{');
    boolean first = true;
    for (int cell = 0; cell < cells.count(); cell++) {
      int start = cells.start(cell);
      int end = cells.end(cell);
      if (start < end || cells.isQuoted(cell)) {
        if (!first) {
          json.add(',');
        }
        first = false;
        byte[] name = header.name(cell);
        json.add(name, 0, name.length);
        json.addString(bytes, start, end, cells.isQuoted(cell));
      }
    }
    json.add('}');
  }

  private static int size(Block rows) {
    return rows.count() == 0 ? 0 : rows.end(rows.count() - 1) - rows.start(0);
  }
}
