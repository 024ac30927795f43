package dev.wadi.lake;

import java.util.List;

/**
 * All violations of one kind.
 *
 * @param count how many there are, at least 1
 * @param examples the first of them, each in one line
 */
public record Finding(Violation violation, long count, List<String> examples) {

  public Finding {
    examples = List.copyOf(examples);
  }
}
