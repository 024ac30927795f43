package dev.wadi.land.feed;

import dev.wadi.ops.FeedStatus;
import dev.wadi.ops.Metrics;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/**
 * {@code wadi-landed:name}: a consumer that follows the lake's commits in their order and makes
 * exchanges of the rows that they have landed. How far it has come stands in the lake under the
 * name.
 */
public final class LandedComponent extends DefaultComponent {

  private final FeedLake lake;
  private final Metrics metrics;
  private final ConcurrentMap<String, FeedStatus> statuses = new ConcurrentHashMap<>();
  private final Set<String> running = ConcurrentHashMap.newKeySet();

  /**
   * @param lake the lake that it reads; null if endpoints are created and never started
   */
  public LandedComponent(FeedLake lake, Metrics metrics) {
    this.lake = lake;
    this.metrics = metrics;
  }

  @Override
  protected Endpoint createEndpoint(String uri, String name, Map<String, Object> parameters)
      throws Exception {
    LandedEndpoint endpoint = new LandedEndpoint(uri, this, name);
    setProperties(endpoint, parameters);
    return endpoint;
  }

  FeedLake lake() {
    return lake;
  }

  /** The status of a feed: the same one for whichever route reads it. */
  FeedStatus status(String feed) {
    return statuses.computeIfAbsent(feed, name -> new FeedStatus(name, metrics, lake.clock()));
  }

  /** Whether no other route of this process reads a feed, which this one does from now on. */
  boolean begin(String feed) {
    return running.add(feed);
  }

  void end(String feed) {
    running.remove(feed);
  }
}
