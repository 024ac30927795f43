package dev.wadi.intake.drop;

import dev.wadi.event.Flaw;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Of which buckets objects are read. Whoever may send to the queue may name any, and what has
 * landed may be deleted there.
 *
 * @param lake the lake's own, of which none are ever read; blank if it has none
 * @param wanted of which they are; empty: of all but the lake's
 */
record Buckets(String lake, Set<String> wanted) {

  /** The reason code of an object in a bucket of which none are read. */
  static final String FOREIGN = "foreign_bucket";

  Buckets {
    wanted = Set.copyOf(wanted);
  }

  /**
   * The buckets of a list.
   *
   * @param list names with commas between them, or blank
   */
  static Buckets of(String lake, String list) {
    return new Buckets(
        lake,
        Arrays.stream(list.split(","))
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .collect(Collectors.toSet()));
  }

  /** Why an object is not to be read; null if it is. */
  Flaw flawOf(ObjectVersion object) {
    if (object.bucket().equals(lake)) {
      return foreign(
          object
              + " is in the lake's own bucket: have its notifications go elsewhere, and drop"
              + " objects into another bucket");
    }
    if (!wanted.isEmpty() && !wanted.contains(object.bucket())) {
      return foreign(
          object
              + " is in a bucket that wadi.intake.drops.buckets doesn't name: add it there and"
              + " send the notification again, or find out who sent it");
    }
    return null;
  }

  private static Flaw foreign(String why) {
    return new Flaw(FOREIGN, null, why.replaceAll("\\s+", " "));
  }
}
