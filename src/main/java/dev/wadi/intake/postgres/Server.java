package dev.wadi.intake.postgres;

import java.util.Map;
import org.postgresql.replication.LogSequenceNumber;

/**
 * What a server was found to be.
 *
 * @param system its own id, which a copy of it has too, and no other server
 * @param tables those to read, and whether the log has their rows as they were before a change
 * @param slot null if there is none of the name
 * @param end of its log
 */
record Server(String system, Map<Table, Boolean> tables, Slot slot, LogSequenceNumber end) {

  /**
   * The replication slot.
   *
   * @param confirmed the server needs no log of transactions that were committed up to here
   * @param user who reads it now, for people; null if nobody does
   */
  record Slot(LogSequenceNumber confirmed, String user) {}
}
