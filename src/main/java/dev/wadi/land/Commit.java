package dev.wadi.land;

import dev.wadi.event.Batch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * A set of whole batches that land together, on its way from the cut to its marker. Camel's
 * splitter iterates over {@link #objects}. Thread-safe.
 */
public final class Commit {

  private final String id;
  private final Instant cutAt;
  private final Map<Batch, CompletableFuture<Void>> batches;
  private final List<StagedObject> objects;
  private final Set<StagedObject> published = new HashSet<>();
  private Manifest manifest;

  Commit(
      String id,
      Instant cutAt,
      Map<Batch, CompletableFuture<Void>> batches,
      List<StagedObject> objects) {
    this.id = id;
    this.cutAt = cutAt;
    this.batches = batches;
    this.objects = List.copyOf(objects);
  }

  public String id() {
    return id;
  }

  public Instant cutAt() {
    return cutAt;
  }

  /** What is to be published. */
  public List<StagedObject> objects() {
    return objects;
  }

  Set<Batch> batches() {
    return batches.keySet();
  }

  /** Notes that the store has an object. */
  synchronized void published(StagedObject object) {
    published.add(object);
  }

  /** Whether the store has an object, as far as it was noted. */
  synchronized boolean isPublished(StagedObject object) {
    return published.contains(object);
  }

  /** The objects that the store has not confirmed. */
  synchronized List<StagedObject> unpublished() {
    List<StagedObject> missing = new ArrayList<>(objects);
    missing.removeAll(published);
    return missing;
  }

  /** Its marker stands as COMMITTED, and says this. */
  synchronized void committed(Manifest marker) {
    manifest = marker;
  }

  /** Whether its marker stands as COMMITTED. */
  synchronized boolean isCommitted() {
    return manifest != null;
  }

  /** Its marker, if it stands. */
  synchronized Manifest manifest() {
    return manifest;
  }

  /** Whether the exchanges of its batches have been let go on, or failed. */
  boolean isComplete() {
    return batches.values().stream().allMatch(CompletableFuture::isDone);
  }

  /** Lets the exchanges of its batches end well. */
  void complete() {
    batches.values().forEach(landed -> landed.complete(null));
  }

  /** Lets the exchanges of its batches fail, so that their sources take them back. */
  void fail(Throwable cause) {
    batches.values().forEach(landed -> landed.completeExceptionally(cause));
  }

  @Override
  public String toString() {
    return "commit " + id;
  }
}
