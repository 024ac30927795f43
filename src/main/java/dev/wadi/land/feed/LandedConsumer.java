package dev.wadi.land.feed;

import dev.wadi.event.SetupException;
import dev.wadi.ops.FeedStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a feed on a thread of its own, and makes an exchange of each batch of rows. The exchange has
 * failed if it ends with an exception or is marked for rollback; then the same rows come again.
 */
final class LandedConsumer extends DefaultConsumer {

  /** The header with the feed's name. */
  static final String FEED = "WadiFeed";

  /** The header with the id of the commit whose rows these are. */
  static final String COMMIT = "WadiCommitId";

  /** The header with the name of the rows' table. */
  static final String TABLE = "WadiTable";

  /** The header with 1, and one more each time that the same rows come again. */
  static final String ATTEMPT = "WadiAttempt";

  private static final Logger LOG = LoggerFactory.getLogger(LandedConsumer.class);

  private static final long STOP_MILLIS = 3_000;

  private final LandedComponent component;
  private final FeedSettings settings;
  private final String statusName;
  private Feed feed;
  private Thread thread;

  LandedConsumer(LandedEndpoint endpoint, Processor processor, FeedSettings settings) {
    super(endpoint, processor);
    this.component = endpoint.component();
    this.settings = settings;
    this.statusName = "wadi-feed-status-" + settings.name();
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    if (!component.begin(settings.name())) {
      throw new SetupException(
          "two routes begin with wadi-landed:%s, and each would get a part: give one of the two another name"
              .formatted(settings.name()));
    }
    FeedStatus status = component.status(settings.name());
    getEndpoint().getCamelContext().getRegistry().bind(statusName, FeedStatus.class, status);
    FeedLake lake = component.lake();
    CommitReader reader =
        new CommitReader(lake, settings, lake.temporary().resolve(settings.name()));
    Feed started = new Feed(lake, settings, reader, status);
    feed = started;
    thread = new Thread(() -> run(started, status), "wadi-landed-" + settings.name());
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  protected void doStop() throws Exception {
    if (feed != null) {
      feed.stop();
      thread.join(STOP_MILLIS);
      if (thread.isAlive()) {
        // its rows are handed on again by the next start
        thread.interrupt();
        thread.join(STOP_MILLIS);
      }
      feed = null;
      component.end(settings.name());
      getEndpoint().getCamelContext().getRegistry().unbind(statusName);
    }
    super.doStop();
  }

  private void run(Feed started, FeedStatus status) {
    try {
      started.run(this::hand);
    } catch (InterruptedException e) {
      LOG.debug("feed={} stops", settings.name());
    } catch (RuntimeException | Error e) {
      status.failed("it has ended, and goes on when its route is started again: " + e);
      LOG.error("feed={} has ended", settings.name(), e);
    }
  }

  private void hand(Landed landed) throws Exception {
    Exchange exchange = createExchange(false);
    try {
      Message message = exchange.getMessage();
      message.setBody(copy(landed.rows()));
      message.setHeader(FEED, settings.name());
      message.setHeader(COMMIT, landed.commit());
      message.setHeader(TABLE, settings.table());
      message.setHeader(ATTEMPT, landed.attempt());
      getProcessor().process(exchange);
      if (exchange.getException() != null) {
        throw exchange.getException();
      }
      if (exchange.isRollbackOnly()) {
        throw new IllegalStateException("the route " + getRouteId() + " rolled back");
      }
    } finally {
      releaseExchange(exchange, false);
    }
  }

  /** A route may change its rows, and they may come again. */
  private static List<Map<String, Object>> copy(List<Map<String, Object>> rows) {
    List<Map<String, Object>> copies = new ArrayList<>(rows.size());
    for (Map<String, Object> row : rows) {
      copies.add(new LinkedHashMap<>(row));
    }
    return copies;
  }
}
