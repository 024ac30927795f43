package dev.wadi.intake.http;

import dev.wadi.event.Batch;
import dev.wadi.intake.BatchRoute;
import dev.wadi.intake.IsolationRules;
import java.util.function.Consumer;

/** Notes which frame is on its way alone, once something may be what ends the process. */
record NotedRoute(BatchRoute route, UncleanEnds ends, IsolationRules rules) implements BatchRoute {

  @Override
  public String id() {
    return route.id();
  }

  @Override
  public void process(Batch batch, Consumer<Throwable> ended) {
    // a death tells something of a frame only if that was alone
    boolean single = batch.isAlone() && batch.deliveries().size() == 1;
    if (!single || !rules.isToTravelAlone(ends.attempts())) {
      route.process(batch, ended);
      return;
    }
    String frame = batch.deliveries().get(0);
    ends.begins(frame);
    try {
      route.process(
          batch,
          failure -> {
            ends.ended(frame);
            ended.accept(failure);
          });
    } catch (RuntimeException | Error e) {
      ends.ended(frame);
      throw e;
    }
  }
}
