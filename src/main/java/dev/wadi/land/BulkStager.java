package dev.wadi.land;

import dev.wadi.event.ColumnType;
import dev.wadi.event.EventBlock;
import dev.wadi.event.Outcome;
import dev.wadi.land.format.Field;
import dev.wadi.land.format.FileStats;
import dev.wadi.land.format.Rows;
import dev.wadi.land.format.RowsToWrite;
import dev.wadi.land.format.Staging;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Writes the rows of a commit of whole blocks into files, as {@link Stager} does for batches. */
public final class BulkStager {

  static final List<Field> CORE = fields(CoreColumns.TYPES);
  static final List<Field> DOC = List.of(new Field(CoreColumns.DOC, ColumnType.TEXT));
  static final List<Field> CONFLICT =
      Stream.concat(CORE.stream(), Stream.of(new Field("landed_payload_hash", ColumnType.TEXT)))
          .toList();

  private final Staging staging;
  private final Schema schema;
  private final SchemaLog schemaLog;
  private final String source;
  private final FileLayout layout;

  /**
   * @param source the name of the source that the blocks are of
   */
  public BulkStager(
      Staging staging, Schema schema, SchemaLog schemaLog, String source, FileLayout layout) {
    this.staging = staging;
    this.schema = schema;
    this.schemaLog = schemaLog;
    this.source = source;
    this.layout = layout;
  }

  /**
   * Writes and fsyncs the files of a commit, and saves the columns that are new.
   *
   * @param blocks whose fates are decided
   * @param deadLetters the dead letters that land with them
   * @return what is to be published; empty if there are no rows
   * @throws dev.wadi.event.TransientException if the disk or the store fails; nothing is left then
   */
  public List<StagedObject> stage(
      String commit,
      Instant ingestedAt,
      List<EventBlock> blocks,
      List<Outcome.Candidate> deadLetters) {
    BulkFiles files =
        new BulkFiles(layout, rowsOf -> new BulkRows(rowsOf, commit, source, ingestedAt, schema));
    for (EventBlock block : blocks) {
      for (int n = 0; n < block.count(); n++) {
        if (block.fate(n) != EventBlock.Fate.REJECTED) {
          files.add(block, n);
        }
      }
    }
    List<Target> targets = new ArrayList<>();
    files.all().forEach(file -> targets.add(new Target(file.table(), file.folder(), file.rows())));
    targets.addAll(deadLetters(commit, ingestedAt, deadLetters));
    return write(commit, targets);
  }

  /** Deletes what is staged for a commit. */
  public void discard(String commit) {
    staging.discard(commit);
  }

  private record Target(String table, String folder, RowsToWrite rows) {}

  private List<Target> deadLetters(
      String commit, Instant ingestedAt, List<Outcome.Candidate> letters) {
    ObjectKeys keys = new ObjectKeys(layout);
    Map<String, Rows> byFolder = new LinkedHashMap<>();
    for (Outcome.Candidate letter : letters) {
      Rows rows =
          byFolder.computeIfAbsent(
              keys.received(letter.table(), letter.event().time()),
              absent -> new Rows(fields(CoreColumns.OF_DEAD_LETTERS), List.of()));
      CoreColumns.deadLetter(letter, commit, ingestedAt)
          .forEach((name, value) -> rows.set(name, ColumnType.of(value), value));
      rows.endRow();
    }
    List<Target> targets = new ArrayList<>();
    byFolder.forEach(
        (folder, rows) ->
            targets.add(new Target(letters.get(0).table(), folder, RowsToWrite.of(rows))));
    return targets;
  }

  private List<StagedObject> write(String commit, List<Target> targets) {
    List<FileStats> written = staging.write(commit, targets.stream().map(Target::rows).toList());
    schemaLog.save();
    List<StagedObject> objects = new ArrayList<>();
    for (int n = 0; n < targets.size(); n++) {
      Target target = targets.get(n);
      FileStats file = written.get(n);
      objects.add(StagedObject.of(commit, target.table(), target.folder(), file));
    }
    return objects;
  }

  private static List<Field> fields(Map<String, ColumnType> types) {
    return types.entrySet().stream()
        .map(column -> new Field(column.getKey(), column.getValue()))
        .toList();
  }
}
