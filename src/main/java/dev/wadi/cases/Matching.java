package dev.wadi.cases;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiPredicate;

/**
 * Gives as many of those that are wanted one of those that came as can be: the one that a first
 * would take is left to a second that can have no other.
 */
final class Matching<W, C> {

  private static final int NONE = -1;

  private final List<W> wanted;
  private final List<C> came;
  private final List<int[]> fitting = new ArrayList<>();
  private final int[] takenBy;

  /** Looks which of those that came are like which of the wanted. */
  Matching(List<W> wanted, List<C> came, BiPredicate<W, C> like) {
    this.wanted = wanted;
    this.came = came;
    takenBy = new int[came.size()];
    Arrays.fill(takenBy, NONE);
    for (W each : wanted) {
      int[] fit = new int[came.size()];
      int count = 0;
      for (int n = 0; n < came.size(); n++) {
        if (like.test(each, came.get(n))) {
          fit[count++] = n;
        }
      }
      fitting.add(Arrays.copyOf(fit, count));
    }
  }

  /** Takes those that have each other out of both lists. */
  void takeOut() {
    boolean[] has = new boolean[wanted.size()];
    for (int n = 0; n < wanted.size(); n++) {
      has[n] = take(n, new boolean[came.size()]);
    }
    for (int n = wanted.size() - 1; n >= 0; n--) {
      if (has[n]) {
        wanted.remove(n);
      }
    }
    for (int n = came.size() - 1; n >= 0; n--) {
      if (takenBy[n] != NONE) {
        came.remove(n);
      }
    }
  }

  /** Takes a free one, or one whose taker can have another. */
  private boolean take(int one, boolean[] asked) {
    for (int n : fitting.get(one)) {
      if (takenBy[n] == NONE) {
        takenBy[n] = one;
        return true;
      }
    }
    for (int n : fitting.get(one)) {
      if (!asked[n]) {
        asked[n] = true;
        if (take(takenBy[n], asked)) {
          takenBy[n] = one;
          return true;
        }
      }
    }
    return false;
  }
}
