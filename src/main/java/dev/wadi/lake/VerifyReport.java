package dev.wadi.lake;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.wadi.event.Replay;
import java.util.List;
import java.util.Map;

/**
 * What `verify` counted.
 *
 * @param commits commits that stand
 * @param files files that they name
 * @param inFlight commits that are on their way, or were given up by a kill and are not settled
 *     yet; left out
 * @param unfinishedUploads what killed puts have left, which the next start sweeps
 * @param sources the terms of the law by source
 * @param writers the processes that put the commits, the one of the oldest commit first
 * @param deadLetters how far the rejected records are
 * @param findings what breaks the promise; none if all is well
 * @param notes what breaks no promise, and is worth to be known
 */
public record VerifyReport(
    long commits,
    long files,
    long inFlight,
    long unfinishedUploads,
    Map<String, Terms> sources,
    List<Writer> writers,
    DeadLetters deadLetters,
    List<Finding> findings,
    List<Note.Noted> notes) {

  public VerifyReport {
    writers = List.copyOf(writers);
    findings = List.copyOf(findings);
    notes = List.copyOf(notes);
  }

  /** Whether the lake keeps the promise. */
  public boolean ok() {
    return findings.isEmpty();
  }

  /** The sum over all sources but those of replays, whose records were received before. */
  public Terms total() {
    return sources.entrySet().stream()
        .filter(source -> !Replay.isSource(source.getKey()))
        .map(Map.Entry::getValue)
        .reduce(new Terms(0, 0, 0, 0, 0, 0, 0), Terms::plus);
  }

  /**
   * A process that has put commits.
   *
   * @param name {@code host/pid/start}
   * @param commits those of it that stand, compactions among them
   * @param events rows of {@code events} that they landed
   * @param first the least id of its commits
   * @param last the greatest id of its commits
   */
  public record Writer(String name, long commits, long events, String first, String last) {}

  /** The terms of the law; {@code redelivered} stands outside of it. */
  public record Terms(
      long received,
      long landed,
      long duplicates,
      long conflicts,
      long rejected,
      long filtered,
      long redelivered) {

    Terms plus(Terms other) {
      return new Terms(
          received + other.received,
          landed + other.landed,
          duplicates + other.duplicates,
          conflicts + other.conflicts,
          rejected + other.rejected,
          filtered + other.filtered,
          redelivered + other.redelivered);
    }
  }

  /**
   * Dead letters, each once.
   *
   * @param rejected records that commits rejected
   * @param archived rows of {@code dead_letters}, among them what came from elsewhere
   * @param waiting rejected and not archived: still in the dead-letter queue
   * @param mended those whose replay landed, or was a duplicate, a conflict or filtered
   * @param rejectedAgain those whose every replay was rejected
   */
  public record DeadLetters(
      long rejected,
      long archived,
      long waiting,
      long mended,
      @JsonProperty("rejected_again") long rejectedAgain) {}
}
