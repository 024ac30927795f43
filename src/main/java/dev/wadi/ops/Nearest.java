package dev.wadi.ops;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what somebody may have meant who misspelt a name. */
public final class Nearest {

  private Nearest() {}

  /** The name that the fewest letters tell from it; empty if none is like it. */
  public static Optional<String> to(String misspelt, Collection<String> names) {
    return names.stream()
        .min(
            Comparator.comparingInt((String name) -> distance(misspelt, name))
                .thenComparing(n -> n))
        .filter(name -> distance(misspelt, name) <= Math.max(2, name.length() / 3));
  }

  /** Levenshtein's: how many letters to add, remove or change. */
  static int distance(String one, String other) {
    int[] previous = new int[other.length() + 1];
    Arrays.setAll(previous, i -> i);
    for (int i = 1; i <= one.length(); i++) {
      int[] current = new int[other.length() + 1];
      current[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int change = previous[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(change, 1 + Math.min(previous[j], current[j - 1]));
      }
      previous = current;
    }
    return previous[other.length()];
  }
}
