package dev.wadi.land.compact;

import dev.wadi.land.format.Compression;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Joins CSV files. The new ones have the columns of all, in the order of every file: first the core
 * columns, then the payload's by name, then the document.
 */
public final class CsvJoiner extends TextJoiner {

  private static final String DOC = "_doc";
  private static final byte[] COMMA = {','};
  private static final byte[] LINE_FEED = {'\n'};

  /**
   * @param compression of the files that it joins
   * @param targetBytes the size up to which files are filled
   */
  public CsvJoiner(Compression compression, long targetBytes) {
    super("csv", compression, targetBytes);
  }

  @Override
  void join(List<Path> files, RolledFiles out) throws IOException {
    List<String> columns = columns(files);
    out.header((String.join(",", columns) + "\n").getBytes(StandardCharsets.UTF_8));
    for (Path file : files) {
      try (CsvRecords records = new CsvRecords(file, read(file))) {
        int[] cells = cells(columns, header(file, records));
        while (records.next()) {
          copy(file, records, cells, out);
        }
      }
    }
  }

  private List<String> columns(List<Path> files) throws IOException {
    List<String> common = null;
    Set<String> all = new TreeSet<>();
    for (Path file : files) {
      try (CsvRecords records = new CsvRecords(file, read(file))) {
        List<String> header = header(file, records);
        all.addAll(header);
        common = common == null ? header : common.subList(0, commonLength(common, header));
      }
    }
    Set<String> columns = new LinkedHashSet<>(common);
    columns.addAll(all);
    if (columns.remove(DOC)) {
      columns.add(DOC);
    }
    return new ArrayList<>(columns);
  }

  private static int commonLength(List<String> one, List<String> other) {
    int length = 0;
    while (length < one.size()
        && length < other.size()
        && one.get(length).equals(other.get(length))) {
      length++;
    }
    return length;
  }

  private static List<String> header(Path file, CsvRecords records) throws UnreadableFile {
    if (!records.next()) {
      throw new UnreadableFile(file, new IOException("it has no header"));
    }
    return records.texts();
  }

  /** Where each of the columns stands in a file; -1 for those that it doesn't have. */
  private static int[] cells(List<String> columns, List<String> header) {
    return columns.stream().mapToInt(header::indexOf).toArray();
  }

  private static void copy(Path file, CsvRecords records, int[] cells, RolledFiles out)
      throws IOException {
    for (int column = 0; column < cells.length; column++) {
      if (column > 0) {
        out.write(COMMA, 0, 1);
      }
      if (cells[column] >= records.cells()) {
        throw new UnreadableFile(file, new IOException("it has a record that is too short"));
      }
      if (cells[column] >= 0) {
        records.copy(cells[column], out);
      }
    }
    out.write(LINE_FEED, 0, 1);
    out.endRow();
  }
}
