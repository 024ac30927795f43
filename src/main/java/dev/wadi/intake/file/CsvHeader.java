package dev.wadi.intake.file;

import dev.wadi.event.SetupException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The first row of a CSV file, which names the columns. */
final class CsvHeader {

  private final List<byte[]> names;
  private final int end;
  private final long line;

  private CsvHeader(List<byte[]> names, int end, long line) {
    this.names = names;
    this.end = end;
    this.line = line;
  }

  /**
   * @param head the first bytes of the content
   * @param from where the content begins in it, behind a byte order mark
   * @param whole whether the content has no more bytes
   * @throws SetupException if two columns have the same name, or one has none
   */
  static CsvHeader read(byte[] head, int from, boolean whole, String file) {
    CsvScanner scanner = new CsvScanner(1);
    int start = scanner.scan(head, from, head.length);
    if (start == head.length) {
      return new CsvHeader(List.of(), start, 1);
    }
    int end = scanner.scan(head, start, head.length);
    if (end == head.length && !whole) {
      throw new SetupException(
          file + ": its first row, which names the columns, is longer than " + end + " bytes");
    }
    CsvCells cells = new CsvCells();
    int textEnd = head[end - 1] == '\r' ? end - 1 : end;
    if (!cells.read(head, start, textEnd)) {
      throw new SetupException(file + ": the quotes in its first row don't match");
    }
    if (cells.count() == 1 && separatedOtherwise(head, start, textEnd)) {
      throw new SetupException(file + ": its columns are not separated by commas; convert it");
    }
    long lines = 1;
    for (int i = from; i < end; i++) {
      lines += head[i] == '\n' ? 1 : 0;
    }
    return new CsvHeader(names(head, cells, file), end, lines);
  }

  /** How many bytes of JSON a byte of CSV may become, where all cells are as short as can be. */
  int growth() {
    int bytes = names.stream().mapToInt(name -> name.length + "\"\",".length()).sum();
    return 1 + bytes / Math.max(1, 2 * names.size());
  }

  /** Whether these bytes, up to a line's end, might be a header: two columns or more, all named. */
  static boolean mayBe(byte[] line) {
    CsvCells cells = new CsvCells();
    try {
      return cells.read(line, 0, line.length) && names(line, cells, "").size() > 1;
    } catch (SetupException e) {
      return false;
    }
  }

  int count() {
    return names.size();
  }

  /** A column's name as JSON, with the colon behind it. */
  byte[] name(int column) {
    return names.get(column);
  }

  /** Where the header ends in the content. */
  int end() {
    return end;
  }

  /** The number of the line that it ends in. */
  long line() {
    return line;
  }

  private static boolean separatedOtherwise(byte[] head, int from, int to) {
    for (int i = from; i < to; i++) {
      if (head[i] == ';' || head[i] == '\t') {
        return true;
      }
    }
    return false;
  }

  private static List<byte[]> names(byte[] head, CsvCells cells, String file) {
    List<byte[]> names = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (int cell = 0; cell < cells.count(); cell++) {
      JsonText json = new JsonText(0);
      json.addString(head, cells.start(cell), cells.end(cell), cells.isQuoted(cell));
      json.add(':');
      byte[] name = Arrays.copyOf(json.bytes(), json.length());
      if (cells.start(cell) == cells.end(cell)) {
        throw new SetupException(
            file + ": column " + (cell + 1) + " has no name in the first row; give it one");
      }
      if (!seen.add(text(name, file))) {
        throw new SetupException(
            file
                + ": two columns have the name "
                + new String(name, 0, name.length - 1, StandardCharsets.UTF_8)
                + "; rename one of them");
      }
      names.add(name);
    }
    return names;
  }

  private static String text(byte[] name, String file) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(name)).toString();
    } catch (CharacterCodingException e) {
      throw new SetupException(file + ": its first row is not UTF-8; convert the file", e);
    }
  }
}
