package dev.wadi;

import dev.wadi.deduplicate.LandedCommits;
import dev.wadi.event.Claims.LandedKey;
import dev.wadi.event.Lines;
import dev.wadi.event.TransientException;
import dev.wadi.land.CommitLog;
import dev.wadi.land.CurrentFiles;
import dev.wadi.land.LandedKeyReader;
import dev.wadi.land.LandedKeyReader.Commits;
import dev.wadi.land.Manifest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The commits of the lake, as the ledgers want to read them when they are brought up to date.
 * Compactions are none of them: they only move rows. So it doesn't matter where their ids fall
 * among the others, nor whether one appears late.
 */
final class LakeCommits implements LandedCommits, AutoCloseable {

  private final CommitLog log;
  private final LandedKeyReader keys;
  private CurrentFiles files;

  LakeCommits(CommitLog log, LandedKeyReader keys) {
    this.log = log;
    this.keys = keys;
    this.files = new CurrentFiles(log, null);
  }

  @Override
  public boolean has(String commit) {
    return log.marker(commit).filter(LakeCommits::landed).isPresent();
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
  public void joinedAfter(String commit, Consumer<LandedKey> taker) {
    files = new CurrentFiles(log, commit);
    files.refresh();
    for (Manifest.LandedFile file : files.joined()) {
      boolean there = keys.read(file, Commits.after(commit), taker);
      if (!there) {
        throw new TransientException("the lake lacks " + file.key() + " of a commit", null);
      }
    }
  }

  @Override
  public void keysOf(String commit, Consumer<LandedKey> taker) {
    for (Manifest.LandedFile file : log.marker(commit).orElseThrow().files()) {
      if (!files.isReplaced(file.key()) && !keys.read(file, Commits.ALL, taker)) {
        joinedMeanwhile(commit, file, taker);
      }
    }
  }

  /** A compaction beside this process may replace and delete a file at any time. */
  private void joinedMeanwhile(String commit, Manifest.LandedFile file, Consumer<LandedKey> taker) {
    files.refresh();
    if (!files.isReplaced(file.key())) {
      throw new TransientException("the lake lacks " + file.key() + " of a commit", null);
    }
    for (Manifest.LandedFile now : files.joined()) {
      if (now.folder().equals(file.folder()) && !keys.read(now, Commits.only(commit), taker)) {
        throw new TransientException("the lake lacks " + now.key() + " of a commit", null);
      }
    }
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

  @Override
  public Map<String, List<Lines.Part>> partsOf(String commit) {
    Map<String, List<Lines.Part>> bySource = new HashMap<>();
    log.marker(commit)
        .orElseThrow()
        .sources()
        .forEach((source, count) -> bySource.put(source, count.parts()));
    return bySource;
  }

  /** Gives up the memory that reading keys takes. */
  @Override
  public void close() {
    keys.close();
  }

  private static boolean landed(Manifest marker) {
    return marker.state() == Manifest.State.COMMITTED && !marker.isCompaction();
  }
}
