package dev.wadi.land;

import dev.wadi.event.Batch;
import dev.wadi.event.Lines;
import dev.wadi.event.Outcome;
import dev.wadi.event.Replay;
import dev.wadi.event.SourceRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Counts the accounts of a commit's batches into its manifest. */
final class ManifestBuilder {

  private final List<String> deadLetters = new ArrayList<>();
  private final Map<String, Manifest.SourceCount> sources = new TreeMap<>();

  private ManifestBuilder() {}

  /** The manifest of a commit that is cut and published. */
  static Manifest of(Commit commit, String writer, Instant now) {
    ManifestBuilder builder = new ManifestBuilder();
    Map<String, List<String>> deliveries = deliveries(commit);
    Map<String, Map<String, Lines.Part>> parts = SharedCut.parts(commit.batches());
    deliveries.forEach(
        (source, ids) ->
            builder.count(
                commit, source, ids, List.copyOf(parts.getOrDefault(source, Map.of()).values())));
    return new Manifest(
        commit.id(),
        Manifest.State.COMMITTED,
        writer,
        commit.cutAt().toString(),
        now.toString(),
        commit.objects().stream().map(Manifest.LandedFile::of).toList(),
        builder.sources,
        builder.deadLetters);
  }

  /** What a commit accounts for, by source; not what an earlier commit has accounted for. */
  static Map<String, List<String>> deliveries(Commit commit) {
    Map<String, List<String>> bySource = new TreeMap<>();
    for (Batch batch : commit.batches()) {
      List<String> ofSource = bySource.computeIfAbsent(batch.source(), source -> new ArrayList<>());
      Set<String> accounted = new HashSet<>();
      for (SourceRecord record : batch.records()) {
        if (!(batch.account().outcome(record) instanceof Outcome.Redelivered)) {
          accounted.add(record.delivery());
        }
      }
      batch.deliveries().stream().filter(accounted::contains).forEach(ofSource::add);
    }
    return bySource;
  }

  private void count(
      Commit commit, String source, List<String> deliveries, List<Lines.Part> parts) {
    long landed = 0;
    long duplicates = 0;
    long conflicts = 0;
    long rejected = 0;
    long redelivered = 0;
    Map<String, Long> filtered = new TreeMap<>();
    Map<String, Map<String, Long>> replays = new TreeMap<>();
    for (Batch batch : commit.batches()) {
      if (!batch.source().equals(source)) {
        continue;
      }
      for (SourceRecord record : batch.records()) {
        Outcome outcome = batch.account().outcome(record);
        String name = null;
        if (outcome instanceof Outcome.Candidate || outcome instanceof Outcome.Landed) {
          landed++;
          name = "landed";
        } else if (outcome instanceof Outcome.Duplicate) {
          duplicates++;
          name = "duplicate";
        } else if (outcome instanceof Outcome.Conflict) {
          conflicts++;
          name = "conflict";
        } else if (outcome instanceof Outcome.DeadLettered dead) {
          rejected++;
          deadLetters.add(dead.deadLetterId());
          name = "rejected";
        } else if (outcome instanceof Outcome.Filtered dropped) {
          filtered.merge(dropped.reason(), 1L, Long::sum);
          name = "filtered";
        } else if (outcome instanceof Outcome.Redelivered) {
          redelivered++;
        }
        if (name != null && Replay.isSource(source)) {
          replays
              .computeIfAbsent(Replay.letterOf(record.position()), letter -> new TreeMap<>())
              .merge(name, 1L, Long::sum);
        }
      }
    }
    long dropped = filtered.values().stream().mapToLong(Long::longValue).sum();
    sources.put(
        source,
        new Manifest.SourceCount(
            landed + duplicates + conflicts + rejected + dropped,
            landed,
            duplicates,
            conflicts,
            rejected,
            dropped,
            redelivered,
            filtered,
            deliveries,
            parts,
            replays));
  }
}
