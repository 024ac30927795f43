package dev.wadi.intake.drop;

import java.util.List;

/**
 * Some of the records of an object, those that follow each other. The same object always has the
 * same parts.
 *
 * @param first which record of the object is the first here, from 1
 * @param records at least one
 * @param last whether the object has no more
 */
record ObjectPart(long first, List<ObjectRecord> records, boolean last) {

  /** Which record of the object is the last here. */
  long to() {
    return first + records.size() - 1;
  }

  boolean hasFlaw() {
    return records.stream().anyMatch(record -> record.flaw() != null);
  }
}
