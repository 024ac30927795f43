package dev.wadi.tap;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Somebody's look at a node. What passes is filtered, thinned out, and kept for the reader as far
 * as there is room; threads that pass never wait for it. Thread-safe.
 */
final class Tap {

  private static final Logger LOG = LoggerFactory.getLogger(Tap.class);

  /** How many lines wait for the reader at most. */
  static final int MOST_WAITING = 256;

  private final String node;
  private final TapFilter filter;
  private final Sampling sampling;
  private final int maxBytes;
  private final Clock clock;
  private final ArrayBlockingQueue<String> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final LongAdder seen = new LongAdder();
  private final LongAdder matched = new LongAdder();
  private final LongAdder dropped = new LongAdder();
  private final LongAdder skipped = new LongAdder();
  private final Allowance allowance;

  /**
   * @param maxBytes a body that is longer is cut
   */
  Tap(String node, TapFilter filter, Sampling sampling, int maxBytes, Clock clock) {
    this.node = node;
    this.filter = filter;
    this.sampling = sampling;
    this.allowance = sampling.allowance();
    this.maxBytes = maxBytes;
    this.clock = clock;
  }

  String node() {
    return node;
  }

  /** Takes what passes, if it is wanted and there is room. */
  void pass(Supplier<Passed> passing) {
    seen.increment();
    if (filter.isAll() && !sampling.take()) {
      return;
    }
    long began = filter.isAll() ? 0 : allowance.begin();
    if (began < 0) {
      skipped.increment();
      return;
    }
    try {
      look(passing);
    } finally {
      if (!filter.isAll()) {
        allowance.end(began);
      }
    }
  }

  private void look(Supplier<Passed> passing) {
    if (waiting.remainingCapacity() == 0) {
      // whether it matches isn't worth finding out
      dropped.increment();
      return;
    }
    Passed passed;
    try {
      passed = passing.get();
    } catch (RuntimeException e) {
      // such as of a body that another thread is changing: no event fails since somebody looks
      LOG.debug("what has come to {} can't be shown", node, e);
      dropped.increment();
      return;
    }
    if (!filter.isAll() && !(filter.matches(passed.body()) && sampling.take())) {
      return;
    }
    matched.increment();
    if (!waiting.offer(line(passed))) {
      dropped.increment();
    }
  }

  /** The next line; null if none waits. */
  String next() {
    return waiting.poll();
  }

  /** What was seen, taken and left out so far. */
  String counts() {
    return counts(null);
  }

  /**
   * The same.
   *
   * @param ended why it ends, unless its reader wants that; else null
   */
  String counts(String ended) {
    ObjectNode counts = JsonNodeFactory.instance.objectNode();
    ObjectNode tap =
        counts
            .putObject("tap")
            .put("node", node)
            .put("seen", seen.sum())
            .put("taken", matched.sum())
            .put("dropped", dropped.sum());
    if (!filter.isAll()) {
      tap.put("skipped", skipped.sum());
    }
    if (ended != null) {
      tap.put("ended", ended);
    }
    return counts.toString();
  }

  private String line(Passed passed) {
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    line.put("at", clock.instant().toString());
    line.put("node", node);
    if (passed.source() != null) {
      line.put("source", passed.source());
      line.put("position", passed.position());
    }
    String body = passed.body().toString();
    if (body.length() > maxBytes) {
      line.put("body", body.substring(0, maxBytes));
      line.put("cut", body.length());
    } else {
      line.set("body", passed.body());
    }
    return line.toString();
  }
}
