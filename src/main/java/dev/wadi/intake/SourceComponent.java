package dev.wadi.intake;

import dev.wadi.event.SetupException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.support.DefaultComponent;

/** What the components of all sources have in common. */
public abstract class SourceComponent extends DefaultComponent {

  private final AtomicLong sequence = new AtomicLong();
  private final String scheme;

  /**
   * @param scheme its name in routes, such as {@code wadi-sqs}
   */
  protected SourceComponent(String scheme) {
    this.scheme = scheme;
  }

  /** The number of the next batch, over all endpoints of this component. */
  public long nextSequence() {
    return sequence.incrementAndGet();
  }

  /**
   * The one bean of a type.
   *
   * @throws SetupException if there is none, or more than one
   */
  public <T> T bean(Class<T> type) {
    Set<T> found = getCamelContext().getRegistry().findByType(type);
    if (found.size() != 1) {
      throw new SetupException(
          scheme + " needs one bean of type " + type.getName() + " and found " + found.size());
    }
    return found.iterator().next();
  }
}
