package dev.wadi.crash.run;

import dev.wadi.process.Servers;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;

/**
 * A kind of fault.
 *
 * @param name as in the table; what stands before an {@code @} is its family, a row there
 * @param concerns to whom it can happen
 * @param needs what must be served for it
 */
record Fault(String name, Set<Contender> concerns, Set<Servers.Service> needs, Begin begin) {

  private static final Set<Servers.Service> QUEUE_AND_STORE =
      Set.of(Servers.Service.SQS, Servers.Service.S3);

  /** Makes a subject of a contender, and what happens to it. */
  @FunctionalInterface
  interface Begin {
    Ordeal of(Contender contender, Arena arena, Random random);
  }

  Fault {
    concerns = Set.copyOf(concerns);
    needs = Set.copyOf(needs);
  }

  /** One that happens to a single process, with a queue and a store. */
  static Fault ofOne(String name, Set<Contender> concerns, Begin begin) {
    return new Fault(name, concerns, QUEUE_AND_STORE, begin);
  }

  /** One that happens to several processes of Wadi, which share a table too. */
  static Fault ofMany(String name, Begin begin) {
    Set<Servers.Service> needs = EnumSet.copyOf(QUEUE_AND_STORE);
    needs.add(Servers.Service.DYNAMODB);
    return new Fault(name, Set.of(Contender.WADI), needs, begin);
  }

  /** The row of the table that it counts for. */
  String family() {
    return name.replaceFirst("@.*", "");
  }
}
