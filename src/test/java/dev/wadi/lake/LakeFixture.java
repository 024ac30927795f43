package dev.wadi.lake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wadi.event.ColumnType;
import dev.wadi.land.format.FileFormat;
import dev.wadi.land.format.FormatChoice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Small lakes for tests: true ones, unless a test breaks something afterwards. */
public final class LakeFixture {

  public static final String EVENTS_SOURCE = "sqs:events";
  public static final String DLQ_SOURCE = "sqs:events-dlq";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path data;
  private FormatChoice format = FormatChoice.of("parquet", "zstd");

  public LakeFixture(Path data) {
    this.data = data;
  }

  /** From now on commits write so. */
  public LakeFixture format(String name, String compression) {
    format = FormatChoice.of(name, compression);
    return this;
  }

  /** Puts a version of the schema. */
  public LakeFixture schema(int version, String column, ColumnType type) {
    ObjectNode schema = JSON.createObjectNode();
    schema
        .putArray("columns")
        .addObject()
        .put("name", column)
        .put("path", "/" + column)
        .put("type", type.name());
    write("_wadi/schema/%08d.json".formatted(version), schema.toString());
    return this;
  }

  public LakeFolder folder() {
    return LakeFolder.of(data);
  }

  public Path file(String key) {
    return data.resolve("lake").resolve(key);
  }

  /** The id of the n-th commit. */
  public static String id(int n) {
    return "01KAJ%021d".formatted(n);
  }

  /** A key, 32 digits, told by a short name. */
  public static String key(String name) {
    return hex(name.getBytes(StandardCharsets.UTF_8)).substring(0, 32);
  }

  /** A payload hash, 16 digits, told by a short name. */
  public static String hash(String name) {
    return hex(name.getBytes(StandardCharsets.UTF_8)).substring(0, 16);
  }

  public Commit commit(int n) {
    return new Commit(id(n));
  }

  /** Changes a manifest that was written. */
  public void manifest(int n, Consumer<ObjectNode> change) {
    try {
      Path marker = file("_wadi/commits/" + id(n) + ".json");
      ObjectNode manifest = (ObjectNode) JSON.readTree(marker.toFile());
      change.accept(manifest);
      JSON.writeValue(marker.toFile(), manifest);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The member of a manifest for {@link #EVENTS_SOURCE}. */
  public static ObjectNode counts(ObjectNode manifest) {
    return (ObjectNode) manifest.get("sources").get(EVENTS_SOURCE);
  }

  /** Opens an intent over the objects of a commit that was written. */
  public void openIntent(int n) {
    manifest(
        n,
        manifest -> {
          ObjectNode intent = JSON.createObjectNode().put("commit", id(n)).put("writer", "test");
          JsonNode files = manifest.get("files");
          files.forEach(file -> intent.withArray("objects").add(file.get("key").asText()));
          write("_wadi/intents/" + id(n) + ".json", intent.toString());
        });
  }

  /**
   * Joins files of one partition as a compaction does, in the n-th commit. What it replaces stays.
   *
   * @param select what is made of their rows, from {@code file}
   * @return the new file's key
   */
  public String compact(int n, String select, String... keys) {
    String folder = keys[0].substring(0, keys[0].lastIndexOf('/') + 1);
    String key = folder + id(n) + "-0.parquet";
    String files =
        java.util.Arrays.stream(keys)
            .map(old -> "'" + file(old) + "'")
            .collect(java.util.stream.Collectors.joining(", ", "[", "]"));
    sql(
        "CREATE TABLE file AS FROM read_parquet("
            + files
            + ", union_by_name = true, hive_partitioning = false)",
        "COPY (" + select + ") TO '" + file(key) + "' (FORMAT parquet)");
    ObjectNode manifest = JSON.createObjectNode();
    manifest.put("commit", id(n)).put("state", "COMMITTED").put("writer", "host/1/0");
    manifest.put("committed_at", "2026-11-03T00:00:00Z");
    List.of(keys).forEach(manifest.putArray("replaces")::add);
    manifest
        .putArray("files")
        .addObject()
        .put("table", key.substring(0, key.indexOf('/')))
        .put("key", key)
        .put("rows", rows(file(key)))
        .put("bytes", bytes(file(key)).length)
        .put("sha256", hex(bytes(file(key))));
    manifest.putObject("sources");
    manifest.putArray("dead_letters");
    write("_wadi/commits/" + id(n) + ".json", manifest.toString());
    return key;
  }

  private static long rows(Path file) {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        java.sql.ResultSet rows =
            statement.executeQuery("SELECT count(*) FROM read_parquet('" + file + "')")) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Puts any object. */
  public void write(String key, String content) {
    try {
      Files.createDirectories(file(key).getParent());
      Files.writeString(file(key), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Replaces a file by what a query gives, and tells the manifest its new size. */
  public void rewriteFile(int n, String key, String select) {
    Path file = file(key);
    sql(
        "CREATE TABLE file AS FROM read_parquet('" + file + "', hive_partitioning = false)",
        "COPY (" + select + ") TO '" + file + "' (FORMAT parquet)");
    manifest(
        n,
        manifest ->
            manifest
                .get("files")
                .forEach(
                    entry -> {
                      if (entry.get("key").asText().equals(key)) {
                        ((ObjectNode) entry).put("bytes", bytes(file).length);
                      }
                    }));
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String hex(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void sql(String... statements) {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement sql = connection.createStatement()) {
      sql.execute("SET TimeZone = 'UTC'");
      for (String statement : statements) {
        sql.execute(statement);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A commit in the making: rows and counts, by source. */
  public final class Commit {
    private final String id;
    private final Map<String, List<String>> selects = new LinkedHashMap<>();
    private final ObjectNode manifest = JSON.createObjectNode();
    private String source = EVENTS_SOURCE;
    private int rows;

    private Commit(String id) {
      this.id = id;
      manifest.put("commit", id).put("state", "COMMITTED").put("writer", "host/1/0");
      manifest.putArray("files");
      manifest.putObject("sources");
      manifest.putArray("dead_letters");
    }

    public Commit from(String name) {
      source = name;
      return this;
    }

    /** Says which process put it. */
    public Commit by(String writer) {
      manifest.put("writer", writer);
      return this;
    }

    public Commit event(String key, String payload) {
      return event(key, payload, "change", "2026-11-01", "");
    }

    /**
     * Lands an event.
     *
     * @param pathType the type as the path has it
     * @param columns further columns of the select, each preceded by a comma
     */
    public Commit event(String key, String payload, String pathType, String date, String columns) {
      String folder = "events/event_type=" + pathType + "/event_date=" + date;
      String type = java.net.URLDecoder.decode(pathType, StandardCharsets.UTF_8);
      add(folder, core(key, payload, type, date + " 12:00:00") + columns + doc());
      return count("landed");
    }

    /** Lands an event in any folder of the table. */
    public Commit eventIn(String folder, String key, String time, String columns) {
      add("events/" + folder, core(key, "1", "change", time) + columns + doc());
      return count("landed");
    }

    public Commit duplicate(String key, String payload) {
      add("duplicates/received_date=2026-11-02", coreOf(key, payload) + doc());
      return count("duplicates");
    }

    public Commit conflict(String key, String payload, String landedPayload) {
      add(
          "conflicts/received_date=2026-11-02",
          coreOf(key, payload)
              + doc()
              + ", '%s' AS landed_payload_hash".formatted(hash(landedPayload)));
      return count("conflicts");
    }

    public Commit rejected(String deadLetter) {
      manifest.withArray("dead_letters").add(key(deadLetter));
      return count("rejected");
    }

    public Commit filtered(String reason) {
      ObjectNode reasons = counts().withObject("/filtered_reasons");
      reasons.put(reason, reasons.path(reason).asLong() + 1);
      return count("filtered");
    }

    public Commit deadLetter(String name, String reason, String bytes) {
      String base64 =
          java.util.Base64.getEncoder().encodeToString(bytes.getBytes(StandardCharsets.UTF_8));
      return deadLetter(name, reason, "'" + base64 + "'", "NULL::VARCHAR");
    }

    public Commit deadLetter(String name, String reason, String base64, String object) {
      add(
          "dead_letters/received_date=2026-11-02",
          ("SELECT '%s' AS dead_letter_id, '%s' AS reason, 'context.id' AS rule,"
                  + " 'it is broken' AS message, 'decode' AS stage, 'cdevents' AS shape,"
                  + " 'sqs:events' AS source, 'm1#0' AS position, 1::BIGINT AS attempts,"
                  + " TIMESTAMPTZ '2026-11-02 10:00:00Z' + INTERVAL %d SECOND AS first_seen,"
                  + " %s AS bytes_base64,"
                  + " %s AS bytes_object, '%s' AS event_key,"
                  + " TIMESTAMPTZ '2026-11-02 11:00:00Z' AS ingested_at, '%s' AS commit_id,"
                  + " '%s d%d' AS source_position")
              .formatted(
                  key(name), reason, rows, base64, object, key("dl" + name), id, source, rows++));
      return count("landed");
    }

    public Commit delivery(String delivery) {
      counts().withArray("deliveries").add(delivery);
      return this;
    }

    /** Accounts for a part of a line; {@code after} may be null. */
    public Commit part(String line, String after, String to) {
      counts().withArray("parts").addObject().put("line", line).put("after", after).put("to", to);
      return this;
    }

    /** Writes the files and then the manifest. */
    public LakeFixture write() {
      int number = 0;
      for (Map.Entry<String, List<String>> file : selects.entrySet()) {
        String key = file.getKey() + "/" + id + "-" + number++ + "." + extension();
        Path path = file(key);
        try {
          Files.createDirectories(path.getParent());
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
        String rows = String.join(" UNION ALL BY NAME ", file.getValue());
        if (format.kind() == FormatChoice.Kind.PARQUET) {
          sql("COPY (" + rows + ") TO '" + path + "' (FORMAT parquet)");
        } else {
          LandedFile.write(rows, format, path);
        }
        manifest
            .withArray("files")
            .addObject()
            .put("table", key.substring(0, key.indexOf('/')))
            .put("key", key)
            .put("rows", file.getValue().size())
            .put("bytes", bytes(path).length)
            .put("sha256", hex(bytes(path)));
      }
      LakeFixture.this.write("_wadi/commits/" + id + ".json", manifest.toString());
      return LakeFixture.this;
    }

    private String extension() {
      try (FileFormat written = format.open()) {
        return written.extension();
      }
    }

    private void add(String folder, String select) {
      selects.computeIfAbsent(folder, f -> new ArrayList<>()).add(select);
    }

    private String coreOf(String key, String payload) {
      return core(key, payload, "change", "2026-11-01 12:00:00");
    }

    private String core(String key, String payload, String type, String time) {
      return ("SELECT '%s' AS event_key, 'id-%s' AS event_id, '%s' AS event_type,"
              + " 'created' AS event_subtype, 'team-a' AS event_source,"
              + " TIMESTAMPTZ '%sZ' AS event_time, '%s' AS payload_hash,"
              + " TIMESTAMPTZ '2026-11-02 11:00:00Z' AS ingested_at, '%s' AS commit_id,"
              + " '%s m%d#0' AS source_position")
          .formatted(
              key(key), key, type.replace("'", "''"), time, hash(payload), id, source, rows++);
    }

    private String doc() {
      return ", '{}' AS _doc";
    }

    private Commit count(String term) {
      ObjectNode counts = counts();
      counts.put(term, counts.path(term).asLong() + 1);
      counts.put("received", counts.path("received").asLong() + 1);
      return this;
    }

    private ObjectNode counts() {
      ObjectNode sources = (ObjectNode) manifest.get("sources");
      return sources.has(source)
          ? (ObjectNode) sources.get(source)
          : sources.putObject(source).put("received", 0);
    }
  }
}
