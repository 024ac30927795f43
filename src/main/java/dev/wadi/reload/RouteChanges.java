package dev.wadi.reload;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Makes planned changes of running routes. */
interface RouteChanges {

  /** How it ended. */
  enum Ending {
    CHANGED,
    /** Something would not end in time, or not stop; nothing was changed. */
    UNDRAINED,
    /** The new routes would not start; the old ones run. */
    RESTORED,
    /** Neither would start: nothing is taken in until the old ones do, or others. */
    BROKEN
  }

  /**
   * What became of it.
   *
   * @param paused how long no batch was taken in; null where that is not over
   * @param why what went wrong; null if nothing did
   */
  record Outcome(Ending ending, Duration paused, Throwable why) {}

  /**
   * Makes a change.
   *
   * @param atMost how long what is under way may take to end
   * @param givenUp asked again and again whether to wait no longer
   */
  Outcome make(Plan plan, Duration atMost, BooleanSupplier givenUp);

  /**
   * Tries once more to have the routes that ran before a plan whose outcome was broken.
   *
   * @param atMost how long what is under way may take to end, if anything is
   * @param givenUp asked again and again whether to wait no longer
   * @return null if they run
   */
  Throwable restore(Plan plan, Duration atMost, BooleanSupplier givenUp);

  /** Whether a route is being changed just now, or is broken: then it may not run. */
  boolean isChanging(String route);
}
