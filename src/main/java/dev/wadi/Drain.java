package dev.wadi;

import dev.wadi.intake.SourceConsumer;
import dev.wadi.intake.http.IntakeLog;
import dev.wadi.land.Landing;
import dev.wadi.ops.Backoff;
import dev.wadi.ops.FeedStatus;
import dev.wadi.ops.Metrics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.support.service.ServiceHelper;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Brings what is in flight to its end. */
final class Drain {

  private static final Backoff LOOKING = new Backoff(Duration.ofMillis(50), Duration.ofMillis(50));

  /** What a queue holds, visible or not. */
  private static final List<QueueAttributeName> HELD =
      List.of(
          QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
          QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE,
          QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED);

  private final CamelContext camel;
  private final Landing landing;
  private final IntakeLog log;
  private final Metrics metrics;
  private final Services services;

  Drain(CamelContext camel, Landing landing, IntakeLog log, Metrics metrics, Services services) {
    this.camel = camel;
    this.landing = landing;
    this.log = log;
    this.metrics = metrics;
    this.services = services;
  }

  /**
   * Stops receiving and waits until all that was received is accounted for. What was posted was
   * received with its 202: so the intake log is read to its end.
   *
   * @return false if the time ran out first
   */
  boolean run(Duration atMost) {
    landing.flush();
    suspend(route -> bringsEvents(route) && !readsLog(route));
    try {
      return awaitAccounted(atMost);
    } finally {
      suspend(Drain::readsLog);
    }
  }

  private boolean awaitAccounted(Duration atMost) {
    long end = System.nanoTime() + atMost.toNanos();
    try {
      while (log.waiting() > 0 || metrics.inFlight() > 0) {
        if (System.nanoTime() > end) {
          return false;
        }
        LOOKING.pause(1);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Waits until queues and the intake log hold nothing and nothing is in flight, committing without
   * waiting for more.
   *
   * @param queues in the order in which messages pass through them
   * @param givenUp asked again and again whether to wait no longer
   */
  void awaitEmpty(List<String> queues, BooleanSupplier givenUp) throws InterruptedException {
    landing.flush();
    while (!givenUp.getAsBoolean()
        && (log.waiting() > 0
            || metrics.inFlight() > 0
            || queues.stream().mapToLong(this::held).sum() > 0)) {
      LOOKING.pause(1);
    }
  }

  /**
   * Waits until what brings something to the queues has brought it.
   *
   * @param givenUp asked again and again whether to wait no longer
   */
  void awaitQuiet(BooleanSupplier quiet, BooleanSupplier givenUp) throws InterruptedException {
    while (!givenUp.getAsBoolean() && !quiet.getAsBoolean()) {
      LOOKING.pause(1);
    }
  }

  /**
   * Waits until so many records of a source were received and not returned.
   *
   * @param givenUp asked again and again whether to wait no longer
   */
  void awaitReceived(String source, long records, BooleanSupplier givenUp)
      throws InterruptedException {
    while (!givenUp.getAsBoolean()
        && metrics.total(Metrics.Term.RECEIVED, source)
                - metrics.total(Metrics.Term.RETURNED, source)
            < records) {
      LOOKING.pause(1);
    }
  }

  /**
   * Waits until every feed has handed on what has landed, as far as it is this process's to do so.
   *
   * @param givenUp asked again and again whether to wait no longer
   */
  void awaitHandedOn(BooleanSupplier givenUp) throws InterruptedException {
    for (FeedStatus feed : camel.getRegistry().findByType(FeedStatus.class)) {
      // a look that is under way may have begun before the last commit stood
      long looks = feed.looks() + 2;
      while (!givenUp.getAsBoolean() && feed.looks() < looks) {
        LOOKING.pause(1);
      }
    }
  }

  private long held(String queue) {
    SqsClient sqs = services.sqs();
    String url = sqs.getQueueUrl(get -> get.queueName(queue)).queueUrl();
    Map<QueueAttributeName, String> attributes =
        sqs.getQueueAttributes(get -> get.queueUrl(url).attributeNames(HELD)).attributes();
    return attributes.values().stream().mapToLong(Long::parseLong).sum();
  }

  private void suspend(Predicate<Route> chosen) {
    camel.getRoutes().stream()
        .filter(chosen)
        .forEach(route -> ServiceHelper.suspendService(route.getConsumer()));
  }

  private static boolean readsLog(Route route) {
    return route.getEndpoint().getEndpointUri().startsWith("wadi-http-log:");
  }

  private static boolean bringsEvents(Route route) {
    return route.getConsumer() instanceof SourceConsumer
        || route.getEndpoint().getEndpointUri().startsWith("timer:");
  }
}
