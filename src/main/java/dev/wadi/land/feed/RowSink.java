package dev.wadi.land.feed;

import java.util.Map;

/** Takes the rows of a commit, one after the other. */
interface RowSink {

  void take(Map<String, Object> row) throws InterruptedException;

  /** All rows of the commit come again, from the first. */
  void again();
}
