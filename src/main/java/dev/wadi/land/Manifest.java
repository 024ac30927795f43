package dev.wadi.land;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.wadi.event.Lines;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The marker of a commit, put once: what it holds if it stands, or that it was given up. Times are
 * ISO 8601 in UTC.
 *
 * @param commit the commit's id
 * @param state whether it stands
 * @param writer the process that put the marker
 * @param cutAt when the commit was cut
 * @param committedAt when the marker was made
 * @param replaces the objects whose rows its files hold now, if it is a compaction's: readers leave
 *     them out. It stands before the files, so that they can stop reading behind these
 * @param files the objects that it landed; empty if it was aborted
 * @param sources by source, what became of the records of its batches
 * @param deadLetters the ids of the records that its batches rejected
 * @param ranges what parts of which files it accounts for, if it was an ingest's
 */
public record Manifest(
    String commit,
    State state,
    String writer,
    String cutAt,
    String committedAt,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> replaces,
    List<LandedFile> files,
    Map<String, SourceCount> sources,
    List<String> deadLetters,
    List<FileRange> ranges) {

  /** The two ways in which a commit can end. */
  public enum State {
    COMMITTED,
    ABORTED
  }

  public Manifest {
    Objects.requireNonNull(commit, "commit");
    Objects.requireNonNull(state, "state");
    replaces = replaces == null ? List.of() : List.copyOf(replaces);
    files = List.copyOf(files);
    sources = Map.copyOf(sources);
    deadLetters = List.copyOf(deadLetters);
    // an older Wadi wrote none
    ranges = ranges == null ? List.of() : List.copyOf(ranges);
  }

  /** The manifest of a commit that replaces nothing. */
  public Manifest(
      String commit,
      State state,
      String writer,
      String cutAt,
      String committedAt,
      List<LandedFile> files,
      Map<String, SourceCount> sources,
      List<String> deadLetters,
      List<FileRange> ranges) {
    this(commit, state, writer, cutAt, committedAt, List.of(), files, sources, deadLetters, ranges);
  }

  /** The same of a commit whose source is no file that is read by ranges. */
  public Manifest(
      String commit,
      State state,
      String writer,
      String cutAt,
      String committedAt,
      List<LandedFile> files,
      Map<String, SourceCount> sources,
      List<String> deadLetters) {
    this(commit, state, writer, cutAt, committedAt, files, sources, deadLetters, List.of());
  }

  /** Whether it only joins what other commits have landed. */
  public boolean isCompaction() {
    return !replaces.isEmpty();
  }

  /** Whether the commit was given up. */
  public boolean isAborted() {
    return state == State.ABORTED;
  }

  static Manifest aborted(String commit, String writer, String at) {
    return new Manifest(commit, State.ABORTED, writer, at, at, List.of(), Map.of(), List.of());
  }

  /** The same, made at this moment. */
  Manifest committedAt(Instant at) {
    return new Manifest(
        commit, state, writer, cutAt, at.toString(), replaces, files, sources, deadLetters, ranges);
  }

  /**
   * The part of a file that a commit accounts for.
   *
   * @param run the ingest that read it; one that goes on after a kill is the same
   * @param file as it was given
   * @param fingerprint changes when the file does
   * @param from where the part begins in the decompressed content
   * @param to where it ends, exclusive
   * @param last whether the file ends there
   */
  public record FileRange(
      String run, String file, String fingerprint, long from, long to, boolean last) {}

  /** A file that a commit landed; {@code sha256} in hexadecimal. */
  public record LandedFile(String table, String key, long rows, long bytes, String sha256) {

    public LandedFile {
      Objects.requireNonNull(table, "table");
      Objects.requireNonNull(key, "key");
    }

    /** What a manifest says of a staged object. */
    public static LandedFile of(StagedObject object) {
      return new LandedFile(
          object.table(), object.key(), object.rows(), object.bytes(), object.sha256());
    }

    /** The key's folder, which is the file's partition; with the slash at its end. */
    public String folder() {
      return ObjectKeys.folder(key);
    }

    /** The id of the commit that put it, with which the last part of its key begins. */
    public String commit() {
      return key.substring(folder().length()).replaceFirst("-.*", "");
    }
  }

  /**
   * What became of the records of one source in one commit. {@code received} is the sum of the five
   * outcomes; {@code redelivered} stands beside them.
   *
   * @param filteredReasons how many were dropped for which reason
   * @param deliveries the ids of what the source delivered and acknowledges as one
   * @param parts what it accounts for of each line, if the source has an order
   * @param replays where the source replays dead letters, by dead letter how many of its records
   *     had which outcome
   */
  public record SourceCount(
      long received,
      long landed,
      long duplicates,
      long conflicts,
      long rejected,
      long filtered,
      long redelivered,
      Map<String, Long> filteredReasons,
      List<String> deliveries,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Lines.Part> parts,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Map<String, Long>> replays) {

    public SourceCount {
      // an older Wadi wrote none
      parts = parts == null ? List.of() : List.copyOf(parts);
      replays = replays == null ? Map.of() : Map.copyOf(replays);
    }

    /** The same of a source without an order. */
    public SourceCount(
        long received,
        long landed,
        long duplicates,
        long conflicts,
        long rejected,
        long filtered,
        long redelivered,
        Map<String, Long> filteredReasons,
        List<String> deliveries) {
      this(
          received,
          landed,
          duplicates,
          conflicts,
          rejected,
          filtered,
          redelivered,
          filteredReasons,
          deliveries,
          List.of(),
          Map.of());
    }
  }
}
