package dev.wadi.intake.drop;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The errands that are not over, each once however many messages ask for it. Thread-safe. */
final class Errands {

  private final ConcurrentMap<String, Errand> open = new ConcurrentHashMap<>();

  /**
   * Lets a message ask for something.
   *
   * @return the errand if it is new, and is to be begun; null if it is underway already
   */
  Errand ask(Errand wanted) {
    NoticeMessage message = wanted.first();
    Errand asked =
        open.compute(
            wanted.id(), (id, known) -> known != null && known.join(message) ? known : wanted);
    return asked == wanted ? wanted : null;
  }

  /** An errand is over; answers the messages that asked for it. */
  List<NoticeMessage> close(Errand errand) {
    open.remove(errand.id(), errand);
    return errand.close();
  }
}
