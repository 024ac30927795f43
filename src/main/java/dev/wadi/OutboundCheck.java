package dev.wadi;

import dev.wadi.ops.FeedStatus;
import dev.wadi.ops.HealthCheck;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/**
 * Up if every feed of what has landed is taken by its receiver. A receiver that is out never makes
 * Wadi less than ready: what lands doesn't wait for it.
 */
final class OutboundCheck implements HealthCheck {

  private static final int SHOWN = 300;

  private final Supplier<? extends Collection<FeedStatus>> feeds;

  /**
   * @param feeds those that there are now
   */
  OutboundCheck(Supplier<? extends Collection<FeedStatus>> feeds) {
    this.feeds = feeds;
  }

  @Override
  public Result ask() {
    List<String> troubles = new ArrayList<>();
    List<String> states = new ArrayList<>();
    for (FeedStatus feed : feeds.get()) {
      feed.lastError()
          .ifPresent(
              why ->
                  troubles.add(
                      "%s hands nothing on since %s, %d commits wait: %s"
                          .formatted(
                              feed.feed(),
                              feed.failingSince().orElseThrow(),
                              feed.waiting(),
                              why)));
      states.add(
          feed.feed()
              + feed.owner()
                  .map(other -> " is handed on by " + other)
                  .orElse(" is " + feed.waiting() + " commits behind"));
    }
    if (!troubles.isEmpty()) {
      return HealthCheck.degraded(oneLine(String.join("; ", troubles)));
    }
    return HealthCheck.up(
        states.isEmpty() ? "nothing is handed on" : oneLine(String.join("; ", states)));
  }

  private static String oneLine(String text) {
    String line = text.replaceAll("\\s+", " ");
    return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "...";
  }
}
