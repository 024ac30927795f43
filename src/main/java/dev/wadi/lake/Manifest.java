package dev.wadi.lake;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The whole marker of a commit.
 *
 * @param committedAt when the marker was made, as ISO 8601 in UTC
 * @param replaces the objects whose rows its files hold now, if it is a compaction's
 * @param sources what became of the records, by source
 * @param deadLetters the ids of the records that it rejected
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record Manifest(
    @JsonProperty(required = true) String commit,
    @JsonProperty(required = true) String state,
    @JsonProperty("committed_at") String committedAt,
    List<String> replaces,
    List<ManifestFile> files,
    Map<String, Counts> sources,
    @JsonProperty("dead_letters") List<String> deadLetters) {

  static final String COMMITTED = "COMMITTED";
  static final String ABORTED = "ABORTED";

  private static final ObjectMapper JSON = new ObjectMapper();

  Manifest {
    replaces = replaces == null ? List.of() : List.copyOf(replaces);
    files = files == null ? List.of() : List.copyOf(files);
    sources = sources == null ? Map.of() : Map.copyOf(sources);
    deadLetters = deadLetters == null ? List.of() : List.copyOf(deadLetters);
  }

  /**
   * Reads a marker.
   *
   * @throws IOException if it is not there, or is no marker
   */
  static Manifest read(Path marker) throws IOException {
    Manifest manifest = JSON.readValue(Files.readAllBytes(marker), Manifest.class);
    Objects.requireNonNull(manifest, () -> marker + " holds null");
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
      Map<String, Map<String, Long>> replays) {

    Counts {
      filteredReasons = filteredReasons == null ? Map.of() : Map.copyOf(filteredReasons);
      deliveries = deliveries == null ? List.of() : List.copyOf(deliveries);
      replays = replays == null ? Map.of() : Map.copyOf(replays);
    }

    /** Whether {@code received} is the sum of the outcomes. */
    boolean conserved() {
      return received == landed + duplicates + conflicts + rejected + filtered;
    }
  }
}
