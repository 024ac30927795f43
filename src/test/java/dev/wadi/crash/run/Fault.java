package dev.wadi.crash.run;

import java.util.Random;
import java.util.Set;

/**
 * A kind of fault.
 *
 * @param name as in the table; what stands before an {@code @} is its family, a row there
 * @param concerns to whom it can happen
 */
record Fault(String name, Set<Contender> concerns, Begin begin) {

  /** Makes a subject of a contender, and what happens to it. */
  @FunctionalInterface
  interface Begin {
    Ordeal of(Contender contender, Arena arena, Random random);
  }

  Fault {
    concerns = Set.copyOf(concerns);
  }

  /** The row of the table that it counts for. */
  String family() {
    return name.replaceFirst("@.*", "");
  }
}
