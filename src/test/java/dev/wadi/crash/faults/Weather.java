package dev.wadi.crash.faults;

import java.util.List;
import java.util.Random;

/** What fate requests have at the time. Thread-safe. */
public final class Weather {

  /** Every request is answered. */
  public static final Weather CLEAR = new Weather(0, "", List.of(Fate.PASS), new Random(0));

  private final double rate;
  private final String mentioned;
  private final List<Fate> fates;
  private final Random random;

  private Weather(double rate, String mentioned, List<Fate> fates, Random random) {
    this.rate = rate;
    this.mentioned = mentioned;
    this.fates = List.copyOf(fates);
    this.random = random;
  }

  /** Requests meet one of these fates at this rate, from 0 to 1. */
  public static Weather of(double rate, List<Fate> fates, Random random) {
    return new Weather(rate, "", fates, random);
  }

  /** Requests in which a text stands, such as a queue's name, meet this fate. */
  public static Weather against(String mentioned, Fate fate) {
    return new Weather(1, mentioned, List.of(fate), new Random(0));
  }

  Fate fate(HttpMessage request) {
    synchronized (random) {
      if (random.nextDouble() >= rate || !request.mentions(mentioned)) {
        return Fate.PASS;
      }
      return fates.get(random.nextInt(fates.size()));
    }
  }
}
