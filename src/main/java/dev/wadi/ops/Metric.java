package dev.wadi.ops;

import dev.wadi.ops.Metrics.Term;
import java.util.Locale;

/** Every metric of Wadi's own; {@code docs/metrics.md} is made from this table. */
enum Metric {
  RECEIVED("wadi.events.received", Kind.COUNTER, "source", "records taken from a source"),
  RETURNED(
      "wadi.events.returned",
      Kind.COUNTER,
      "source",
      "records given back to their source when it stopped or paused; they will be received again"),
  LANDED("wadi.events.landed", Kind.COUNTER, "source", "events in the lake's table, once each"),
  DUPLICATES(
      "wadi.events.duplicates",
      Kind.COUNTER,
      "source",
      "copies of an event, set aside in the lake"),
  CONFLICTS(
      "wadi.events.conflicts",
      Kind.COUNTER,
      "source",
      "events with the key of another and a different payload, set aside in the lake"),
  REJECTED(
      "wadi.events.rejected", Kind.COUNTER, "source", "records that the dead-letter queue holds"),
  FILTERED(
      "wadi.events.filtered", Kind.COUNTER, "source", "events that a route dropped on purpose"),
  REDELIVERED(
      "wadi.events.redelivered",
      Kind.COUNTER,
      "source",
      "deliveries that an earlier commit had accounted for; not received again"),
  IN_FLIGHT(
      "wadi.events.in.flight",
      Kind.GAUGE,
      "source",
      "records received and not yet accounted for by a commit"),
  LAG(
      "wadi.lag.seconds",
      Kind.GAUGE,
      "source",
      "how long the oldest record in flight has waited for its commit"),
  BATCH_EVENTS("wadi.batch.events", Kind.SUMMARY, "source", "records of a batch"),
  STAGE("wadi.stage", Kind.TIMER, "stage", "how long a stage took each time"),
  FILE_BYTES(
      "wadi.file.bytes", Kind.SUMMARY, "table", "sizes of the files that commits have landed"),
  DEAD_LETTERS_SENT(
      "wadi.dead.letters.sent",
      Kind.COUNTER,
      "reason",
      "records that the pipeline had the dead-letter queue take; what is tried again counts again"),
  SOURCE_LAG(
      "wadi.source.lag.seconds",
      Kind.GAUGE,
      "source",
      "how long ago the oldest message was sent that a source holds or has given back"),
  SOURCE_BEHIND(
      "wadi.source.behind.seconds",
      Kind.GAUGE,
      "source",
      "how far the reading of a stream is behind its newest record, in the shard that is furthest"
          + " behind (millisBehindLatest)"),
  SOURCE_SHARDS(
      "wadi.source.shards", Kind.GAUGE, "source", "shards of a stream that this process reads"),
  UNDELETED(
      "wadi.source.undeleted",
      Kind.COUNTER,
      "source",
      "messages that are accounted for and could not be deleted; they come back as redelivered"),
  HELD(
      "wadi.batches.held",
      Kind.COUNTER,
      "source",
      "batches that failed and stay held, to be tried again"),
  ISOLATED(
      "wadi.messages.isolated",
      Kind.COUNTER,
      "reason",
      "messages that their source made dead letters, past the pipeline"),
  DROPS_OBJECTS(
      "wadi.drops.objects",
      Kind.COUNTER,
      "outcome",
      "dropped objects: read, empty, known (accounted for before) or unreadable as a whole"),
  DROPS_IGNORED(
      "wadi.drops.ignored",
      Kind.COUNTER,
      "reason",
      "notices that ask for nothing to be read: test_event, other_event, or moved by wadi itself"),
  DROPS_UNFINISHED(
      "wadi.drops.unfinished",
      Kind.COUNTER,
      "action",
      "objects that have landed and could not be tagged, moved or deleted; they stay as they are"),
  POLL_REQUESTS(
      "wadi.poll.requests",
      Kind.COUNTER,
      "outcome",
      "requests to the polled API: content, empty (a page without items), unchanged (304), limited"
          + " (asked too often), refused (no JSON, too large), failed"),
  POLL_OBJECTS(
      "wadi.poll.objects",
      Kind.COUNTER,
      "outcome",
      "pages of the polled API that are objects: put, or known (there already, so that nobody is"
          + " told of them again)"),
  POLL_SWEEPS(
      "wadi.poll.sweeps",
      Kind.COUNTER,
      "outcome",
      "sweeps over the pages of the polled API: whole, or given_up before the last page"),
  POLL_WAITS(
      "wadi.poll.waits",
      Kind.COUNTER,
      "reason",
      "times that the next request was put off: server (asked to, as by Retry-After), retry or"
          + " interval"),
  POLL_WAIT(
      "wadi.poll.wait.seconds",
      Kind.GAUGE,
      "source",
      "how long it is until the polled API is asked again"),
  POLL_AGE(
      "wadi.poll.success.age.seconds",
      Kind.GAUGE,
      "source",
      "how long ago the last whole sweep ended, or, before the first, the process began"),
  POSTGRES_SLOT_LAG(
      "wadi.postgres.slot.lag.bytes",
      Kind.GAUGE,
      "source",
      "how much of its write-ahead log PostgreSQL keeps for the slot; not a number while it doesn't"
          + " answer"),
  POSTGRES_SILENT(
      "wadi.postgres.silent.seconds",
      Kind.GAUGE,
      "source",
      "how long ago a change, a row or a heartbeat was read of the database"),
  UNKNOWN(
      "wadi.decode.unknown",
      Kind.COUNTER,
      "kind",
      "events that passed though their type or spec version is not in the catalogue"),
  CLAIMS("wadi.claims.answered", Kind.COUNTER, "answer", "claims by what they were answered"),
  SHARED_CLAIMS(
      "wadi.claims.shared",
      Kind.COUNTER,
      "answer",
      "claims in the table that processes share, by what they were answered"),
  CLAIM_REQUESTS(
      "wadi.claims.requests",
      Kind.COUNTER,
      "operation",
      "requests to that table, those that failed among them"),
  CLAIM_RETRIES(
      "wadi.claims.retries",
      Kind.COUNTER,
      "reason",
      "of these, or of the parts of a batch, those that were throttled or failed and are sent again"),
  CLAIM_TAKEOVERS(
      "wadi.claims.takeovers",
      Kind.COUNTER,
      "from",
      "claims taken over there: given-up by a commit, or released by one"),
  DRIFTED(
      "wadi.columns.drifted",
      Kind.COUNTER,
      "type",
      "values that do not fit their column's type: null there, kept in _doc"),
  REFUSED(
      "wadi.columns.refused",
      Kind.COUNTER,
      "reason",
      "values without a column of their own, kept in _doc"),
  HTTP_REQUESTS(
      "wadi.http.requests", Kind.COUNTER, "status", "requests to /events, by their answer"),
  HTTP_LOG_BYTES(
      "wadi.http.log.bytes", Kind.GAUGE, "source", "what of the intake log waits for its commit"),
  HTTP_LOG_AGE(
      "wadi.http.log.age.seconds",
      Kind.GAUGE,
      "source",
      "how long ago the oldest was written of what the intake log hands on"),
  FEED_ROWS(
      "wadi.feed.rows",
      Kind.COUNTER,
      "feed",
      "rows that a feed of what has landed has handed on; what is repeated counts again"),
  FEED_FAILURES(
      "wadi.feed.failures",
      Kind.COUNTER,
      "feed",
      "failures of a feed: of its receiver, or to read the lake; each is tried again"),
  FEED_REFUSED(
      "wadi.feed.refused",
      Kind.COUNTER,
      "feed",
      "rows that their receiver can't take; noted in the lake, and not handed on"),
  FEED_COMMITS(
      "wadi.feed.behind.commits",
      Kind.GAUGE,
      "feed",
      "commits that a feed has not handed on yet, compactions and what was given up among them"),
  FEED_LAG(
      "wadi.feed.behind.seconds",
      Kind.GAUGE,
      "feed",
      "how long ago the first commit was cut that a feed has not handed on"),
  ROUTE_EXCHANGES(
      "wadi.route.exchanges", Kind.COUNTER, "route", "exchanges that a route has ended"),
  ROUTE_FAILURES("wadi.route.failures", Kind.COUNTER, "route", "those of them that failed"),
  ROUTES_CHANGED(
      "wadi.routes.changed",
      Kind.COUNTER,
      "route",
      "changes of a route that took effect without a restart"),
  ROUTES_REFUSED(
      "wadi.routes.refused",
      Kind.COUNTER,
      "reason",
      "changes of route files that did not: check (they are wrong, or need a restart), drain (what"
          + " was under way did not land in time) or start (the routes would not)"),
  ROUTES_OUTDATED(
      "wadi.routes.outdated",
      Kind.GAUGE,
      "folder",
      "1 while the route files say something else than what runs");

  /** What Prometheus makes of a metric. */
  enum Kind {
    COUNTER("_total"),
    GAUGE(""),
    SUMMARY("_count", "_sum", "_max"),
    TIMER("_seconds_count", "_seconds_sum", "_seconds_max");

    private final String[] endings;

    Kind(String... endings) {
      this.endings = endings;
    }
  }

  private final String meter;
  private final Kind kind;
  private final String label;
  private final String description;

  Metric(String meter, Kind kind, String label, String description) {
    this.meter = meter;
    this.kind = kind;
    this.label = label;
    this.description = description;
  }

  static Metric of(Term term) {
    return valueOf(term.name());
  }

  /** What the meter of this name means; empty for one that isn't declared. */
  static String description(String meter) {
    for (Metric metric : values()) {
      if (metric.meter.equals(meter)) {
        return metric.description;
      }
    }
    return "";
  }

  String meter() {
    return meter;
  }

  Kind kind() {
    return kind;
  }

  String label() {
    return label;
  }

  String description() {
    return description;
  }

  /** The names of its time series in Prometheus. */
  String[] series() {
    String[] names = new String[kind.endings.length];
    for (int i = 0; i < names.length; i++) {
      names[i] = meter.replace('.', '_') + kind.endings[i];
    }
    return names;
  }

  String kindName() {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
