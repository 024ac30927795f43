package dev.wadi.land.feed;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wadi.land.LakeStore;
import dev.wadi.ops.Metrics;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rows that a receiver can't take, as they are: each is noted in the lake, where the row itself
 * stays, so that its neighbours can go on and it isn't forgotten. Thread-safe.
 */
public final class RefusedRows {

  private static final Logger LOG = LoggerFactory.getLogger(RefusedRows.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final LakeStore store;
  private final Metrics metrics;
  private final Clock clock;

  public RefusedRows(LakeStore store, Metrics metrics, Clock clock) {
    this.store = store;
    this.metrics = metrics;
    this.clock = clock;
  }

  /**
   * Notes a row durably; noting it again is once.
   *
   * @param key the row's {@code event_key}
   * @param reason why it can't be taken
   * @throws dev.wadi.event.TransientException if the lake doesn't answer: it isn't noted then
   */
  public void note(String feed, String table, String commit, String key, String reason) {
    ObjectNode note =
        JSON.createObjectNode()
            .put("feed", feed)
            .put("table", table)
            .put("commit", commit)
            .put("event_key", key)
            .put("reason", reason)
            .put("at", clock.instant().toString());
    store.putIfAbsent(
        "_wadi/refused/%s/%s-%s.json".formatted(feed, commit, key),
        note.toString().getBytes(StandardCharsets.UTF_8));
    metrics.count("wadi.feed.refused", "feed", feed, 1);
    LOG.warn(
        "feed={} commit={} event_key={} is refused, and noted in the lake: {}",
        feed,
        commit,
        key,
        reason.replaceAll("\\s+", " "));
  }
}
