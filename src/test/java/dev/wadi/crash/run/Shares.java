package dev.wadi.crash.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Which process accounted for how much, by the markers of the commits that stand. */
final class Shares {

  /** What a source's count in a manifest adds up. */
  static final List<String> TERMS =
      List.of("received", "landed", "duplicates", "conflicts", "rejected", "filtered");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final S3Client s3;
  private final String bucket;
  private final Map<String, JsonNode> markers = new HashMap<>();

  Shares(S3Client s3, String bucket) {
    this.s3 = s3;
    this.bucket = bucket;
  }

  /** Reads the markers that have come since; none is ever changed. */
  Shares refresh() throws IOException {
    for (S3Object marker :
        s3.listObjectsV2Paginator(list -> list.bucket(bucket).prefix("_wadi/commits/"))
            .contents()) {
      // others are puts of the embedded store that are not done yet
      if (marker.key().endsWith(".json") && !markers.containsKey(marker.key())) {
        byte[] bytes =
            s3.getObjectAsBytes(get -> get.bucket(bucket).key(marker.key())).asByteArray();
        markers.put(marker.key(), JSON.readTree(bytes));
      }
    }
    return this;
  }

  /** The commits of a process that stand. */
  long commits(long pid) {
    return markers.values().stream().filter(marker -> stands(marker) && isOf(marker, pid)).count();
  }

  /** The same of all. */
  long commits() {
    return markers.values().stream().filter(Shares::stands).count();
  }

  /** How much of a term one process has of all sources whose names begin so. */
  long of(long pid, String source, String term) {
    return markers.values().stream()
        .filter(marker -> stands(marker) && isOf(marker, pid))
        .mapToLong(marker -> sum(marker, source, term))
        .sum();
  }

  /** The same of all processes. */
  long of(String source, String term) {
    return markers.values().stream()
        .filter(Shares::stands)
        .mapToLong(marker -> sum(marker, source, term))
        .sum();
  }

  private static boolean stands(JsonNode marker) {
    return marker.path("state").asText().equals("COMMITTED");
  }

  /** A writer is {@code host/pid/start}. */
  private static boolean isOf(JsonNode marker, long pid) {
    return marker.path("writer").asText().split("/")[1].equals(Long.toString(pid));
  }

  private static long sum(JsonNode marker, String source, String term) {
    return marker.path("sources").properties().stream()
        .filter(named -> named.getKey().startsWith(source))
        .mapToLong(named -> named.getValue().path(term).asLong())
        .sum();
  }
}
