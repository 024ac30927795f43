package dev.wadi.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.duckdb.DuckDBAppender;

/** Brings the objects that lie in the lake onto the workbench. */
final class ObjectIndex extends SimpleFileVisitor<Path> {

  /** The object store writes {@code <key>-<uuid>} and renames it; a killed put leaves it behind. */
  private static final Pattern UNFINISHED =
      Pattern.compile(".*-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private final Path root;
  private final DuckDBAppender objects;
  private long unfinished;

  private ObjectIndex(Path root, DuckDBAppender objects) {
    this.root = root;
    this.objects = objects;
  }

  /**
   * Lists the folders of the tables, and that of dead letters' bytes.
   *
   * @return how many unfinished uploads there are, which are no objects
   */
  static long load(LakeFolder lake, Workbench bench) throws SQLException {
    List<String> folders =
        new ArrayList<>(Arrays.stream(LakeTable.values()).map(LakeTable::sqlName).toList());
    folders.add("dead_letters_bytes");
    try (DuckDBAppender objects = bench.append("objects")) {
      ObjectIndex index = new ObjectIndex(lake.root(), objects);
      for (String folder : folders) {
        Files.walkFileTree(lake.file(folder), index);
      }
      return index.unfinished;
    } catch (IOException e) {
      throw new UncheckedIOException("the lake's files can't be listed", e);
    }
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
    if (UNFINISHED.matcher(file.getFileName().toString()).matches()) {
      unfinished++;
      return FileVisitResult.CONTINUE;
    }
    String key = root.relativize(file).toString().replace('\\', '/');
    try {
      objects.beginRow().append(key).append(attributes.size()).endRow();
    } catch (SQLException e) {
      throw new IOException(e);
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
    // a table without files has no folder, and a file may go while the lake is written to
    return failure instanceof NoSuchFileException
        ? FileVisitResult.CONTINUE
        : super.visitFileFailed(file, failure);
  }
}
