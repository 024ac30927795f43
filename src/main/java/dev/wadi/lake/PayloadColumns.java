package dev.wadi.lake;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wadi.event.ColumnType;
import dev.wadi.event.SetupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The payload columns that the lake's schema has. It names every column of a file before the file's
 * commit stands, so a reader that reads it after the manifests misses none.
 */
final class PayloadColumns {

  private static final ObjectMapper JSON = new ObjectMapper();

  private PayloadColumns() {}

  /**
   * The SQL types of all columns, by name, oldest first; a later version may have widened a type.
   *
   * @throws SetupException if the schema can't be read
   */
  static Map<String, String> read(LakeFolder lake) {
    Map<String, String> types = new LinkedHashMap<>();
    Path folder = lake.file("_wadi/schema");
    try (Stream<Path> versions = Files.list(folder)) {
      // an object store may leave <key>-<uuid> behind
      for (Path version :
          versions.filter(file -> file.toString().endsWith(".json")).sorted().toList()) {
        Version read = JSON.readValue(version.toFile(), Version.class);
        if (read == null) {
          throw new IOException(version + " is null");
        }
        for (SchemaColumn column : read.columns()) {
          types.put(column.name(), sqlType(column.type()));
        }
      }
      return types;
    } catch (NoSuchFileException e) {
      return types;
    } catch (IOException e) {
      throw new SetupException("the lake's schema in " + folder + " can't be read", e);
    }
  }

  private static String sqlType(ColumnType type) {
    return switch (type) {
      case TEXT -> "VARCHAR";
      case BIGINT -> "BIGINT";
      case DOUBLE -> "DOUBLE";
      case BOOLEAN -> "BOOLEAN";
      case TIMESTAMP -> "TIMESTAMPTZ";
    };
  }

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Version(List<SchemaColumn> columns) {

    private Version {
      columns = List.copyOf(columns);
    }
  }

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record SchemaColumn(String name, ColumnType type) {

    private SchemaColumn {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(type, "type");
    }
  }
}
