package dev.wadi.check;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.camel.model.OptionalIdentifiedDefinition;

/** What becomes of several ways at once. */
final class Ways {

  private Ways() {}

  static Set<Way> each(Set<Way> ways, UnaryOperator<Way> change) {
    return ways.stream().map(change).collect(Collectors.toCollection(LinkedHashSet::new));
  }

  static Set<Way> union(Set<Way> some, Set<Way> others) {
    Set<Way> all = new LinkedHashSet<>(some);
    all.addAll(others);
    return all;
  }

  /** Whether some come to their end between two places. */
  static boolean end(Set<Way> before, Set<Way> after) {
    return after.stream().anyMatch(Way::done) && before.stream().noneMatch(Way::done);
  }

  /** Some go into a part, and some go by. */
  static Set<Way> maybe(OptionalIdentifiedDefinition<?> part, Set<Way> in, Set<Way> inside) {
    return union(inside, end(in, inside) ? each(in, way -> way.past(part)) : in);
  }
}
