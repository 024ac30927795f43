package dev.wadi.dashboard;

import dev.wadi.ops.HealthCheck;
import dev.wadi.ops.SourceStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Up if every source reaches what it reads from, and what it hands over lands. */
final class SourcesCheck implements HealthCheck {

  private static final int SHOWN = 200;

  private final Supplier<? extends Iterable<SourceStatus>> sources;

  /**
   * @param sources those that there are now
   */
  SourcesCheck(Supplier<? extends Iterable<SourceStatus>> sources) {
    this.sources = sources;
  }

  @Override
  public Result ask() {
    List<String> troubles = new ArrayList<>();
    int count = 0;
    for (SourceStatus source : sources.get()) {
      count++;
      source
          .lastError()
          .ifPresent(why -> troubles.add(source.source() + " can't be received from: " + why));
      source
          .holdingReason()
          .ifPresent(
              why ->
                  troubles.add(
                      source.source()
                          + " holds what doesn't land since "
                          + source.holdingSince().orElseThrow()
                          + ": "
                          + why));
    }
    return troubles.isEmpty()
        ? HealthCheck.up(count + " sources receive, and what they bring lands")
        : HealthCheck.down(oneLine(String.join("; ", troubles)));
  }

  private static String oneLine(String text) {
    String line = text.replaceAll("\\s+", " ");
    return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "...";
  }
}
