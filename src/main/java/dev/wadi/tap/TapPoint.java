package dev.wadi.tap;

import java.util.Arrays;
import java.util.function.Supplier;

/** A node that may be looked at, by any number of taps. Thread-safe. */
final class TapPoint {

  private static final Tap[] NONE = null;

  /** Null as long as nobody looks: the one thing that each exchange reads. */
  private volatile Tap[] taps = NONE;

  /** Whether anybody looks. */
  boolean isOpen() {
    return taps != NONE;
  }

  /** Shows something to those who look. */
  void pass(Supplier<Passed> passed) {
    Tap[] open = taps;
    if (open == NONE) {
      return;
    }
    Supplier<Passed> shared = open.length == 1 ? passed : once(passed);
    for (Tap tap : open) {
      tap.pass(shared);
    }
  }

  /** What several look at is copied once. */
  private static Supplier<Passed> once(Supplier<Passed> passed) {
    return new Supplier<>() {
      private Passed made;

      @Override
      public Passed get() {
        if (made == null) {
          made = passed.get();
        }
        return made;
      }
    };
  }

  synchronized void add(Tap tap) {
    Tap[] open = taps;
    Tap[] more = open == NONE ? new Tap[1] : Arrays.copyOf(open, open.length + 1);
    more[more.length - 1] = tap;
    taps = more;
  }

  synchronized void remove(Tap tap) {
    Tap[] open = taps;
    if (open == NONE) {
      return;
    }
    Tap[] fewer = Arrays.stream(open).filter(other -> other != tap).toArray(Tap[]::new);
    taps = fewer.length == 0 ? NONE : fewer;
  }
}
