package dev.wadi.land.feed;

import java.util.List;
import java.util.Map;

/**
 * Some rows of one commit, for one exchange.
 *
 * @param commit the commit's id
 * @param rows each as the values of its columns by name, without those that are null; times are ISO
 *     8601 in UTC
 * @param attempt 1, and one more each time that the same rows are handed on again
 */
record Landed(String commit, List<Map<String, Object>> rows, int attempt) {

  Landed again() {
    return new Landed(commit, rows, attempt + 1);
  }
}
