package dev.wadi.intake.postgres;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.postgresql.replication.LogSequenceNumber;

/**
 * How far a slot's changes have landed.
 *
 * @param system the server's own id, by which its positions are known from another's
 * @param lsn all transactions that were committed up to here have landed
 * @param snapshot the tables whose rows have been read
 * @param left the tables that were taken out of the settings, and where
 */
record Landed(
    @JsonProperty("slot") String slot,
    @JsonProperty("system") String system,
    @JsonProperty("database") String database,
    @JsonProperty("lsn") String lsn,
    @JsonProperty("snapshot") List<String> snapshot,
    @JsonProperty("left") Map<String, String> left) {

  Landed {
    Objects.requireNonNull(slot, "slot");
    Objects.requireNonNull(system, "system");
    Objects.requireNonNull(database, "database");
    Objects.requireNonNull(lsn, "lsn");
    Objects.requireNonNull(snapshot, "snapshot");
    left = left == null ? Map.of() : left;
  }

  LogSequenceNumber position() {
    return LogSequenceNumber.valueOf(lsn);
  }

  /** The same, further on. */
  Landed upTo(LogSequenceNumber position) {
    return new Landed(slot, system, database, position.asString(), snapshot, left);
  }

  /** The same, with more tables read. */
  Landed withSnapshot(List<Table> tables) {
    TreeSet<String> read = new TreeSet<>(snapshot);
    tables.forEach(table -> read.add(table.toString()));
    return new Landed(slot, system, database, lsn, List.copyOf(read), left);
  }

  /**
   * The same, of these tables alone: one that is streamed no more misses its changes, and is to be
   * read again when it comes back.
   */
  Landed of(List<Table> tables) {
    List<String> streamed = names(tables.stream());
    Map<String, String> out = new TreeMap<>(left);
    snapshot.stream().filter(table -> !streamed.contains(table)).forEach(t -> out.put(t, lsn));
    return new Landed(
        slot,
        system,
        database,
        lsn,
        snapshot.stream().filter(streamed::contains).sorted().toList(),
        out);
  }

  /** Those of these tables whose rows have not been read. */
  List<Table> unread(List<Table> tables) {
    return tables.stream().filter(table -> !snapshot.contains(table.toString())).toList();
  }

  /** The names of tables. */
  static List<String> names(Stream<Table> tables) {
    return tables.map(Table::toString).toList();
  }
}
