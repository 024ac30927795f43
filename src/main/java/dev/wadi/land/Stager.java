package dev.wadi.land;

import dev.wadi.event.Batch;
import dev.wadi.event.ColumnType;
import dev.wadi.event.Event;
import dev.wadi.event.Outcome;
import dev.wadi.event.SourceRecord;
import dev.wadi.land.PartitionFiles.PartitionFile;
import dev.wadi.land.format.Field;
import dev.wadi.land.format.FileStats;
import dev.wadi.land.format.Rows;
import dev.wadi.land.format.RowsToWrite;
import dev.wadi.land.format.Staging;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Writes the rows of a commit into files, one or more for each partition. */
public final class Stager {

  private static final List<Field> CORE = fields(CoreColumns.TYPES);
  private static final List<Field> DEAD_LETTER = fields(CoreColumns.OF_DEAD_LETTERS);
  private static final List<Field> DOC = List.of(new Field(CoreColumns.DOC, ColumnType.TEXT));
  private static final List<Field> LANDED_HASH =
      List.of(new Field("landed_payload_hash", ColumnType.TEXT));

  /** The other tables have columns of Wadi's alone, which a payload's may be named like. */
  private static final Function<String, ColumnType> NO_PAYLOAD = name -> null;

  private final Staging staging;
  private final Schema schema;
  private final SchemaLog schemaLog;
  private final ObjectKeys keys;
  private final FileLimits limits;
  private final Clock clock;

  public Stager(
      Staging staging, Schema schema, SchemaLog schemaLog, FileLayout layout, Clock clock) {
    this.staging = staging;
    this.schema = schema;
    this.schemaLog = schemaLog;
    this.keys = new ObjectKeys(layout);
    this.limits = layout.limits();
    this.clock = clock;
  }

  /**
   * Writes and fsyncs the files of a commit, and saves the columns that are new.
   *
   * @param batches whose outcomes are decided
   * @return what is to be published; empty if the batches have no rows
   * @throws dev.wadi.event.TransientException if the disk or the store fails; nothing is left then
   */
  public List<StagedObject> stage(String commit, List<Batch> batches) {
    PartitionFiles partitions = new PartitionFiles(limits);
    Instant ingestedAt = clock.instant();
    for (Batch batch : batches) {
      for (SourceRecord record : batch.records()) {
        add(partitions, batch.account().outcome(record), commit, ingestedAt);
      }
    }
    List<PartitionFile> files = partitions.all();
    List<FileStats> written =
        staging.write(commit, files.stream().map(file -> RowsToWrite.of(file.rows())).toList());
    schemaLog.save();
    List<StagedObject> objects = new ArrayList<>();
    for (int n = 0; n < files.size(); n++) {
      PartitionFile partition = files.get(n);
      FileStats file = written.get(n);
      objects.add(StagedObject.of(commit, partition.table(), partition.folder(), file));
    }
    return objects;
  }

  /** Deletes what is staged for a commit. */
  void discard(String commit) {
    staging.discard(commit);
  }

  private void add(PartitionFiles partitions, Outcome outcome, String commit, Instant ingestedAt) {
    if (outcome instanceof Outcome.Candidate candidate) {
      Event event = candidate.event();
      if (candidate.table().equals(Tables.EVENTS)) {
        String folder = keys.events(event);
        put(
            partitions.rows(Tables.EVENTS, folder, CORE, DOC),
            CoreColumns.event(candidate, commit, ingestedAt),
            schema::type);
      } else {
        String folder = keys.received(candidate.table(), event.time());
        put(
            partitions.rows(candidate.table(), folder, DEAD_LETTER, List.of()),
            CoreColumns.deadLetter(candidate, commit, ingestedAt),
            NO_PAYLOAD);
      }
    } else if (outcome instanceof Outcome.Duplicate duplicate) {
      String folder = keys.received(Tables.DUPLICATES, duplicate.event().record().receivedAt());
      put(
          partitions.rows(Tables.DUPLICATES, folder, CORE, DOC),
          CoreColumns.duplicate(duplicate, commit, ingestedAt),
          NO_PAYLOAD);
    } else if (outcome instanceof Outcome.Conflict conflict) {
      String folder = keys.received(Tables.CONFLICTS, conflict.event().record().receivedAt());
      List<Field> first = new ArrayList<>(CORE);
      first.addAll(LANDED_HASH);
      put(
          partitions.rows(Tables.CONFLICTS, folder, first, DOC),
          CoreColumns.conflict(conflict, commit, ingestedAt),
          NO_PAYLOAD);
    }
  }

  private static void put(
      Rows rows, Map<String, Object> values, Function<String, ColumnType> payload) {
    values.forEach((name, value) -> rows.set(name, type(name, value, payload), value));
    rows.endRow();
  }

  private static ColumnType type(String name, Object value, Function<String, ColumnType> payload) {
    ColumnType known = CoreColumns.TYPES.getOrDefault(name, payload.apply(name));
    return known != null ? known : ColumnType.of(value);
  }

  private static List<Field> fields(Map<String, ColumnType> types) {
    return types.entrySet().stream()
        .map(column -> new Field(column.getKey(), column.getValue()))
        .toList();
  }
}
