package dev.wadi;

import dev.wadi.deduplicate.LandedCommits;
import dev.wadi.event.Claims.LandedKey;
import dev.wadi.land.CommitLog;
import dev.wadi.land.LandedKeyReader;
import dev.wadi.land.Manifest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The commits of the lake, as the ledgers want to read them when they are brought up to date. */
final class LakeCommits implements LandedCommits {

  private final CommitLog log;
  private final LandedKeyReader keys;

  LakeCommits(CommitLog log, LandedKeyReader keys) {
    this.log = log;
    this.keys = keys;
  }

  @Override
  public boolean has(String commit) {
    return log.marker(commit).filter(LakeCommits::stands).isPresent();
  }

  @Override
  public List<String> committedAfter(String commit) {
    List<String> standing = new ArrayList<>();
    for (String id : log.settledAfter(commit)) {
      if (has(id)) {
        standing.add(id);
      }
    }
    return standing;
  }

  @Override
  public List<LandedKey> keysOf(String commit) {
    return keys.read(log.marker(commit).orElseThrow());
  }

  @Override
  public Map<String, List<String>> deliveriesOf(String commit) {
    Map<String, List<String>> bySource = new HashMap<>();
    log.marker(commit)
        .orElseThrow()
        .sources()
        .forEach((source, count) -> bySource.put(source, count.deliveries()));
    return bySource;
  }

  private static boolean stands(Manifest marker) {
    return marker.state() == Manifest.State.COMMITTED;
  }
}
