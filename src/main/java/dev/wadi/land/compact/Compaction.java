package dev.wadi.land.compact;

import dev.wadi.event.TransientException;
import dev.wadi.land.CommitIds;
import dev.wadi.land.CommitLog;
import dev.wadi.land.CurrentFiles;
import dev.wadi.land.LakeStore;
import dev.wadi.land.Manifest;
import dev.wadi.land.Publisher;
import dev.wadi.land.Settlement;
import dev.wadi.land.StagedObject;
import dev.wadi.ops.Failpoint;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Joins the lake's small files. May be called again and again, by one thread, while its process has
 * the compaction's lock on the data folder; a writer may be at work beside it.
 *
 * <p>Its commits have ids of their own, greater than those of all commits whose files they replace.
 */
public final class Compaction {

  private static final Logger LOG = LoggerFactory.getLogger(Compaction.class);

  /** A writer that starts gives open commits up, which may meet the same compaction once. */
  private static final int TRIES = 3;

  /** As many files are replaced by one commit, about. */
  private static final int COMMIT_FILES = 5000;

  private static final int COMMIT_TARGETS = 16;

  private final CompactionLimits limits;
  private final Parts parts;
  private final PendingCompactions pending;
  private final Planner planner;
  private final JoinedPartitions joined;
  private final CurrentFiles current;

  /** What a compaction works with. */
  public record Parts(
      LakeStore store,
      CommitLog log,
      Settlement settlement,
      Publisher publisher,
      List<Joiner> joiners,
      Path folder,
      String writer,
      Clock clock,
      RandomGenerator random) {}

  public Compaction(CompactionLimits limits, Parts parts) {
    this.limits = limits;
    this.parts = parts;
    this.pending =
        new PendingCompactions(
            parts.store(), parts.log(), parts.settlement(), parts.clock(), limits.keep());
    this.planner = new Planner(limits);
    this.joined = new JoinedPartitions(parts.store(), parts.joiners(), parts.folder());
    this.current = new CurrentFiles(parts.log(), null);
  }

  /**
   * Settles what an earlier compaction has left, joins until nothing is left to join, and deletes
   * what was replaced long enough ago. Run again, it finds nothing to do.
   *
   * @param stopping asked again and again whether to end early
   * @throws TransientException if the store or the disk fails, or a writer gave it up again and
   *     again: every commit is whole or undone then
   * @throws dev.wadi.event.SetupException if it isn't known whether the last commit stands, which
   *     the next compaction or writer settles
   */
  public CompactionReport run(BooleanSupplier stopping) throws InterruptedException {
    ReportBuilder report = new ReportBuilder();
    joined.discardAll();
    report.deleted(pending.settle());
    current.refresh();
    Scope scope = new Scope(current.last());
    int givenUp = 0;
    for (List<SmallFiles> plan = plan(scope, report);
        !plan.isEmpty() && !stopping.getAsBoolean();
        plan = plan(scope, report)) {
      Optional<TransientException> undone = commit(plan, scope, report, stopping);
      if (undone.isPresent()) {
        if (++givenUp == TRIES) {
          throw undone.get();
        }
        LOG.warn("a commit is undone and tried again: {}", undone.get().getMessage());
      }
    }
    report.deleted(pending.settle());
    joined.discardAll();
    return report.build();
  }

  private List<SmallFiles> plan(Scope scope, ReportBuilder report) {
    current.refresh();
    Map<Boolean, List<SmallFiles>> plan =
        planner
            .plan(
                current.all().stream().filter(file -> scope.has(file)).toList(),
                parts.clock().instant())
            .stream()
            .collect(Collectors.partitioningBy(joined::canJoin));
    report.left(plan.get(false));
    return plan.get(true).stream().filter(scope::has).toList();
  }

  /** Makes one commit; tells why, if it had to be undone. */
  private Optional<TransientException> commit(
      List<SmallFiles> plan, Scope scope, ReportBuilder report, BooleanSupplier stopping)
      throws InterruptedException {
    Instant cutAt = parts.clock().instant();
    String id = new CommitIds(parts.clock(), parts.random(), current.last()).next();
    List<SmallFiles> replaced = new ArrayList<>();
    List<StagedObject> objects = new ArrayList<>();
    try {
      long files = 0;
      long bytes = 0;
      for (SmallFiles one : plan) {
        if (files >= COMMIT_FILES
            || bytes >= COMMIT_TARGETS * limits.targetBytes()
            || stopping.getAsBoolean()) {
          break;
        }
        try {
          objects.addAll(joined.join(id, objects.size(), one));
          replaced.add(one);
          files += one.files().size();
          bytes += one.bytes();
        } catch (UnjoinableException e) {
          scope.leave(one);
          if (isCurrent(one.keys())) {
            LOG.error("{} is left as it is: {}", one.name(), e.getMessage());
            report.failed(one.name() + ": " + e.getMessage());
          }
        }
      }
      if (replaced.isEmpty()) {
        return Optional.empty();
      }
      Failpoint.reach("staged");
      Optional<TransientException> undone = publish(id, cutAt, replaced, objects);
      if (undone.isEmpty()) {
        scope.made(id);
        report.joined(replaced, objects);
      }
      return undone;
    } finally {
      joined.discard(id);
    }
  }

  private Optional<TransientException> publish(
      String id, Instant cutAt, List<SmallFiles> replaced, List<StagedObject> objects)
      throws InterruptedException {
    pending.begin(id, objects);
    Failpoint.reach("begun");
    List<String> replaces = replaced.stream().flatMap(files -> files.keys().stream()).toList();
    if (pending.haveReplaced(replaces, id) || !isCurrent(replaces)) {
      pending.end(id);
      return Optional.of(
          new TransientException("another compaction has replaced the same files", null));
    }
    Manifest manifest =
        new Manifest(
            id,
            Manifest.State.COMMITTED,
            parts.writer(),
            cutAt.toString(),
            cutAt.toString(),
            replaces,
            objects.stream().map(Manifest.LandedFile::of).toList(),
            Map.of(),
            List.of(),
            List.of());
    try {
      parts.publisher().publish(manifest, objects);
    } catch (TransientException e) {
      pending.end(id);
      return Optional.of(e);
    }
    LOG.info(
        "compacted commit={} partitions={} files={} into={} bytes={} into={}",
        id,
        replaced.size(),
        manifest.replaces().size(),
        objects.size(),
        replaced.stream().mapToLong(SmallFiles::bytes).sum(),
        objects.stream().mapToLong(StagedObject::bytes).sum());
    return Optional.empty();
  }

  /** Whether no compaction has replaced any of these objects by now. */
  private boolean isCurrent(List<String> keys) {
    current.refresh();
    return keys.stream().noneMatch(current::isReplaced);
  }
}
