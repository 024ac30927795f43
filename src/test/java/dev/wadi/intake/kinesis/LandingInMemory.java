package dev.wadi.intake.kinesis;

import dev.wadi.event.Batch;
import dev.wadi.event.Lines;
import dev.wadi.event.Outcome;
import dev.wadi.event.SourceRecord;
import dev.wadi.intake.BatchRoute;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A landing in the place of the real one, for one process: batches wait, are cut into commits in
 * the order of their lines, and land once the commit's marker is put. What has landed is in a list
 * that all processes share.
 */
final class LandingInMemory implements BatchRoute, AutoCloseable {

  /** What has landed, and from where. */
  record Landed(String position, String event) {}

  private record Waiting(Batch batch, Consumer<Throwable> ended) {}

  private final LinesInMemory lines;
  private final List<Landed> lake;
  private final Predicate<Batch> fails;
  private final List<Waiting> waiting = new ArrayList<>();
  private final Thread thread = new Thread(this::land, "landing");
  private boolean ended;
  private boolean held;

  /**
   * @param lake shared with other processes
   * @param fails which batches fail instead of landing
   */
  LandingInMemory(LinesInMemory lines, CopyOnWriteArrayList<Landed> lake, Predicate<Batch> fails) {
    this.lines = lines;
    this.lake = lake;
    this.fails = fails;
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public String id() {
    return "landing";
  }

  @Override
  public synchronized void process(Batch batch, Consumer<Throwable> whenEnded) {
    if (ended) {
      // as a process that is dead: nobody is told anything
      return;
    }
    waiting.add(new Waiting(batch, whenEnded));
    notifyAll();
  }

  /** As SIGSTOP does, or a store that hangs: what comes waits. */
  synchronized void hold(boolean value) {
    held = value;
    notifyAll();
  }

  /** As a kill would: what waits is neither landed nor given back. */
  @Override
  public synchronized void close() {
    ended = true;
    waiting.clear();
    notifyAll();
  }

  private void land() {
    try {
      for (List<Waiting> next = await(); !next.isEmpty(); next = await()) {
        commit(next);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized List<Waiting> await() throws InterruptedException {
    while ((waiting.isEmpty() || held) && !ended) {
      wait();
    }
    List<Waiting> all = List.copyOf(waiting);
    waiting.clear();
    return all;
  }

  private void commit(List<Waiting> all) {
    List<Waiting> cut = new ArrayList<>();
    Set<Batch> in = new HashSet<>();
    for (Waiting next : all) {
      Batch batch = next.batch;
      boolean behind = batch.before().isEmpty() || in.contains(batch.before().get());
      if (behind && !batch.isGivenUp() && !fails.test(batch)) {
        cut.add(next);
        in.add(batch);
      } else {
        next.ended.accept(new IllegalStateException("not landed: " + batch));
      }
    }
    String commit = UUID.randomUUID().toString();
    Map<String, Lines.Part> parts = parts(cut);
    Collection<Lines.Part> refused = lines.take(commit, source(cut), parts.values());
    List<Waiting> left =
        cut.stream()
            .filter(w -> refused.stream().noneMatch(r -> r.line().equals(line(w.batch))))
            .toList();
    boolean dead;
    synchronized (this) {
      dead = ended;
    }
    boolean stands = !dead && lines.settle(commit);
    if (stands) {
      left.forEach(w -> w.batch.forEach(this::landed));
      lines.confirm(commit, source(cut), parts.values());
    }
    if (!dead) {
      cut.forEach(w -> end(w, stands && left.contains(w)));
    }
  }

  private static void end(Waiting waiting, boolean landed) {
    if (landed) {
      waiting.batch.forEach(
          r -> waiting.batch.account().put(r, new Outcome.Filtered("landed in memory")));
      waiting.batch.account().close();
    }
    waiting.ended.accept(landed ? null : new IllegalStateException("another has read on"));
  }

  private void landed(SourceRecord record) {
    lake.add(new Landed(record.position(), new String(record.bytes(), StandardCharsets.UTF_8)));
  }

  /**
   * What the commit takes of each line: from where its first batch begins to where its last ends.
   */
  private static Map<String, Lines.Part> parts(List<Waiting> cut) {
    Map<String, Lines.Part> parts = new LinkedHashMap<>();
    for (Waiting waiting : cut) {
      Lines.Part part = waiting.batch.part().orElseThrow();
      parts.merge(
          part.line(), part, (one, next) -> new Lines.Part(one.line(), one.after(), next.to()));
    }
    return parts;
  }

  private static String source(List<Waiting> cut) {
    return cut.isEmpty() ? "" : cut.get(0).batch.source();
  }

  private static String line(Batch batch) {
    return batch.part().orElseThrow().line();
  }
}
