package dev.wadi.lake;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a check found: how many of each kind, and the first of them. For one thread.
 *
 * @param <K> the kinds
 */
final class Findings<K extends Enum<K>> {

  private static final int EXAMPLES = 20;

  private final Map<K, Long> counts = new TreeMap<>();
  private final Map<K, List<String>> examples = new TreeMap<>();

  /**
   * Notes one.
   *
   * @param example which one, in one line
   */
  void add(K kind, String example) {
    counts.merge(kind, 1L, Long::sum);
    List<String> first = examples.computeIfAbsent(kind, k -> new ArrayList<>());
    if (first.size() < EXAMPLES) {
      first.add(example);
    }
  }

  /** What was found of each kind, in their order. */
  <F> List<F> list(Listed<K, F> listed) {
    return counts.entrySet().stream()
        .map(found -> listed.of(found.getKey(), found.getValue(), examples.get(found.getKey())))
        .toList();
  }

  /** Makes a value of all that was found of one kind. */
  interface Listed<K, F> {
    F of(K kind, long count, List<String> examples);
  }
}
