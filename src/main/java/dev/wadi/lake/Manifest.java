package dev.wadi.lake;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * The whole marker of a commit.
 *
 * @param writer the process that put it
 * @param committedAt when the marker was made, as ISO 8601 in UTC
 * @param replaces the objects whose rows its files hold now, if it is a compaction's
 * @param sources what became of the records, by source
 * @param deadLetters the ids of the records that it rejected
 * @param ranges what parts of files it accounts for
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record Manifest(
    @JsonProperty(required = true) String commit,
    @JsonProperty(required = true) String state,
    String writer,
    @JsonProperty("committed_at") String committedAt,
    List<String> replaces,
    List<ManifestFile> files,
    Map<String, Counts> sources,
    @JsonProperty("dead_letters") List<String> deadLetters,
    List<Range> ranges) {

  static final String COMMITTED = "COMMITTED";
  static final String ABORTED = "ABORTED";

  private static final ObjectMapper JSON = new ObjectMapper();

  Manifest {
    writer = writer == null ? "unknown" : writer;
    replaces = replaces == null ? List.of() : List.copyOf(replaces);
    files = files == null ? List.of() : List.copyOf(files);
    sources = sources == null ? Map.of() : Map.copyOf(sources);
    deadLetters = deadLetters == null ? List.of() : List.copyOf(deadLetters);
    ranges = ranges == null ? List.of() : List.copyOf(ranges);
  }

  /**
   * Reads a marker.
   *
   * @throws IOException if it is no marker
   */
  static Manifest read(byte[] marker) throws IOException {
    Manifest manifest = JSON.readValue(marker, Manifest.class);
    if (manifest == null) {
      throw new IOException("it holds null");
    }
    return manifest;
  }

  boolean isCommitted() {
    return state.equals(COMMITTED);
  }

  /** Whether dead letters were replayed by it. */
  boolean hasReplays() {
    return sources.values().stream().anyMatch(counts -> !counts.replays().isEmpty());
  }

  boolean isAborted() {
    return state.equals(ABORTED);
  }

  /** The terms of the law for one source. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Counts(
      long received,
      long landed,
      long duplicates,
      long conflicts,
      long rejected,
      long filtered,
      long redelivered,
      @JsonProperty("filtered_reasons") Map<String, Long> filteredReasons,
      List<String> deliveries,
      List<Part> parts,
      Map<String, Map<String, Long>> replays) {

    Counts {
      filteredReasons = filteredReasons == null ? Map.of() : Map.copyOf(filteredReasons);
      deliveries = deliveries == null ? List.of() : List.copyOf(deliveries);
      parts = parts == null ? List.of() : List.copyOf(parts);
      replays = replays == null ? Map.of() : Map.copyOf(replays);
    }
  }

  /**
   * The part of a source's line, such as a stream's shard, that the commit accounts for.
   *
   * @param after the last position before it; null if it is the first of the line
   * @param to its last position
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Part(String line, String after, String to) {}

  /** The part of a file that the commit accounts for, in one run; {@code to} is exclusive. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Range(String run, String file, long from, long to) {}
}
