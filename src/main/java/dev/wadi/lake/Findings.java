package dev.wadi.lake;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What a check found: how many of each kind, and the first of them. For one thread. */
final class Findings {

  private static final int EXAMPLES = 20;

  private final Map<Violation, Long> counts = new EnumMap<>(Violation.class);
  private final Map<Violation, List<String>> examples = new EnumMap<>(Violation.class);

  /**
   * Notes one.
   *
   * @param example which one, in one line
   */
  void add(Violation violation, String example) {
    counts.merge(violation, 1L, Long::sum);
    List<String> first = examples.computeIfAbsent(violation, v -> new ArrayList<>());
    if (first.size() < EXAMPLES) {
      first.add(example);
    }
  }

  List<Finding> list() {
    return counts.entrySet().stream()
        .map(found -> new Finding(found.getKey(), found.getValue(), examples.get(found.getKey())))
        .toList();
  }
}
