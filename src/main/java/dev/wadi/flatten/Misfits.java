package dev.wadi.flatten;

import dev.wadi.ops.Metrics;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the values that have no place in a column: {@code wadi.columns.drifted} by the column's
 * type, and {@code wadi.columns.refused}. Says so in the log once per column, and once for each
 * limit.
 */
final class Misfits {

  private static final Logger LOG = LoggerFactory.getLogger(Misfits.class);

  private final Metrics metrics;
  private final Set<String> driftLogged = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean refusalLogged = new AtomicBoolean();
  private final AtomicBoolean lengthLogged = new AtomicBoolean();

  Misfits(Metrics metrics) {
    this.metrics = metrics;
  }

  /** A value that its column can't take. */
  void drifted(Column column, Object natural) {
    String type = column.type().name().toLowerCase(Locale.ROOT);
    metrics.count("wadi.columns.drifted", "type", type, 1);
    if (driftLogged.add(column.name())) {
      LOG.warn(
          "column {} ({}) can't take a {}: null there, still in {}; counted from now on",
          column.name(),
          type,
          natural.getClass().getSimpleName(),
          Columns.DOC);
    }
  }

  /** A value whose path is too long for a column. */
  void tooLong(int characters) {
    metrics.count("wadi.columns.refused", "reason", "path", 1);
    if (lengthLogged.compareAndSet(false, true)) {
      LOG.warn(
          "a path of more than {} characters gets no column: such stay only in {}",
          characters,
          Columns.DOC);
    }
  }

  /** A value whose path is new when there are as many columns as there may be. */
  void refused(int limit) {
    metrics.count("wadi.columns.refused", "reason", "limit", 1);
    if (refusalLogged.compareAndSet(false, true)) {
      LOG.warn("the lake has {} columns, its limit: new paths stay only in {}", limit, Columns.DOC);
    }
  }
}
