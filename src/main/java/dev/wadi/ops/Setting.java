package dev.wadi.ops;

import static dev.wadi.ops.SettingType.count;
import static dev.wadi.ops.SettingType.databaseOrBlank;
import static dev.wadi.ops.SettingType.duration;
import static dev.wadi.ops.SettingType.fileOrBlank;
import static dev.wadi.ops.SettingType.headersOrBlank;
import static dev.wadi.ops.SettingType.identifier;
import static dev.wadi.ops.SettingType.identifierOrBlank;
import static dev.wadi.ops.SettingType.identifiersOrBlank;
import static dev.wadi.ops.SettingType.listOf;
import static dev.wadi.ops.SettingType.number;
import static dev.wadi.ops.SettingType.oneOf;
import static dev.wadi.ops.SettingType.pointerOrBlank;
import static dev.wadi.ops.SettingType.postgresUrlOrBlank;
import static dev.wadi.ops.SettingType.rate;
import static dev.wadi.ops.SettingType.ratio;
import static dev.wadi.ops.SettingType.seconds;
import static dev.wadi.ops.SettingType.secret;
import static dev.wadi.ops.SettingType.size;
import static dev.wadi.ops.SettingType.tablesOrBlank;
import static dev.wadi.ops.SettingType.text;
import static dev.wadi.ops.SettingType.urlOrBlank;

import java.util.Locale;
import java.util.Optional;

/**
 * Every setting there is, by stage in the data's order: its name, type, default and meaning. {@code
 * docs/configuration.md} is made from this table. AWS's credentials are no settings: they come from
 * its own provider chain.
 */
public enum Setting {
  // simulator
  SIMULATOR_TICK(
      "wadi.simulator.tick", duration("10ms", "10s"), "200ms", "how often events are sent"),
  SIMULATOR_RATE(
      "wadi.simulator.rate",
      rate(1_000_000),
      "50",
      "events a second, as many as can be (max), or one now and then (0.05); 0: none at all"),
  SIMULATOR_KIND(
      "wadi.simulator.kind",
      oneOf("cdevents", "named-events", "web-sessions"),
      "cdevents",
      "what is simulated: a software factory, an online shop, the visitors of a website"),
  SIMULATOR_EVENTS(
      "wadi.simulator.events",
      count(0, Integer.MAX_VALUE),
      "0",
      "simulate this many events, drain and exit; 0: go on"),
  SIMULATOR_SEED(
      "wadi.simulator.seed",
      number(),
      "0",
      "the same seed simulates the same events; 0: another one at each start"),
  SIMULATOR_DAYS("wadi.simulator.days", count(0, 3650), "0", "days of history to simulate first"),
  SIMULATOR_DUPLICATES(
      "wadi.simulator.duplicates", ratio(), "0", "share of events that are sent twice"),
  SIMULATOR_CONFLICTS(
      "wadi.simulator.conflicts",
      ratio(),
      "0",
      "share of events that are sent again with the same key and another payload"),
  SIMULATOR_MALFORMED(
      "wadi.simulator.malformed", ratio(), "0", "share of events that can't be decoded"),
  SIMULATOR_LATE("wadi.simulator.late", ratio(), "0", "share of events that are sent days late"),
  SIMULATOR_TO(
      "wadi.simulator.to",
      oneOf("queue", "stream", "files"),
      "queue",
      "where events are sent: to wadi.intake.queue, to wadi.intake.stream, or as files of JSON"
          + " lines to wadi.simulator.bucket"),
  SIMULATOR_BUCKET(
      "wadi.simulator.bucket",
      identifier(),
      "raw",
      "the bucket that simulated files are put into; raw is the one of the profile local"),

  // intake
  INTAKE_QUEUE("wadi.intake.queue", identifier(), "events", "the queue that events are taken from"),
  INTAKE_MAX_EVENTS(
      "wadi.intake.max-events", count(1, 100_000), "2000", "most events of one batch"),
  INTAKE_MAX_WAIT(
      "wadi.intake.max-wait",
      duration("10ms", "5m"),
      "1s",
      "how long a batch is filled before it goes on as it is"),
  INTAKE_RECEIVERS("wadi.intake.receivers", count(1, 64), "4", "receive calls at a time"),
  INTAKE_VISIBILITY(
      "wadi.intake.visibility",
      seconds("1s", "12h"),
      "30s",
      "how long the queue hides a message that is held; extended while it is held"),
  INTAKE_BATCH_PERMITS(
      "wadi.intake.batch-permits",
      count(1, 1000),
      "40",
      "most batches received and not yet landed; at the bound receiving pauses"),
  INTAKE_REDELIVERY_DELAY(
      "wadi.intake.redelivery-delay",
      seconds("0s", "12h"),
      "5s",
      "how long the queue hides a message that is given back unread, since it can't be told now"
          + " whether it has landed"),
  INTAKE_MAX_BYTES(
      "wadi.intake.max-bytes",
      size("1KB", "16GB"),
      "128MB",
      "most bytes of events received and not yet landed; at the bound receiving pauses"),
  INTAKE_ISOLATE_AFTER(
      "wadi.intake.isolate-after",
      count(0, 1000),
      "3",
      "a message that has failed alone this often, while others landed, becomes a dead letter"
          + " (batch_failed); 0: never"),
  INTAKE_ISOLATE_RECEIVES(
      "wadi.intake.isolate-receives",
      count(0, 1000),
      "5",
      "from this delivery on a message travels alone, since it may be what ends the process; 0:"
          + " never"),
  INTAKE_MAX_RECEIVES(
      "wadi.intake.max-receives",
      count(0, 1000),
      "10",
      "a message that is delivered more often becomes a dead letter unread (received_too_often);"
          + " 0: never"),
  INTAKE_DROPS_QUEUE(
      "wadi.intake.drops.queue",
      identifierOrBlank(),
      "",
      "the queue of notifications of objects that are to be read; blank: none. docs/drops.md"),
  INTAKE_DROPS_RECEIVERS(
      "wadi.intake.drops.receivers", count(1, 64), "2", "receive calls of that queue at a time"),
  INTAKE_DROPS_FETCHES(
      "wadi.intake.drops.fetches", count(1, 100), "16", "objects that are read at a time"),
  INTAKE_DROPS_PART_EVENTS(
      "wadi.intake.drops.part-events",
      count(1, 100_000),
      "500",
      "records of a larger object that are accounted for as one; what has landed of an object that"
          + " is read again by another number are duplicates"),
  INTAKE_DROPS_BUCKETS(
      "wadi.intake.drops.buckets",
      identifiersOrBlank(),
      "",
      "the buckets of which objects are read, with commas between them; blank: all but the lake's"
          + " own, of which none are ever read"),
  INTAKE_DROPS_AFTER(
      "wadi.intake.drops.after",
      oneOf("leave", "tag", "move", "delete"),
      "leave",
      "what is done with an object when all of it has landed; one of which something could not be"
          + " read stays as it is"),
  INTAKE_DROPS_MOVE_TO(
      "wadi.intake.drops.move-to",
      text(),
      "landed/",
      "what stands before the keys of moved objects, in the same bucket"),
  INTAKE_STREAM(
      "wadi.intake.stream",
      identifierOrBlank(),
      "",
      "the Kinesis stream that events are taken from as well; blank: none. docs/kinesis.md"),
  INTAKE_APPLICATION(
      "wadi.intake.application",
      identifier(),
      "wadi",
      "the name under which processes share the stream's shards, and of their tables of leases"),
  INTAKE_INITIAL_POSITION(
      "wadi.intake.initial-position",
      text(),
      "TRIM_HORIZON",
      "where a shard without a checkpoint is begun: TRIM_HORIZON, LATEST or a time such as"
          + " 2026-11-21T00:00:00Z"),
  INTAKE_FAN_OUT(
      "wadi.intake.fan-out",
      oneOf("true", "false"),
      "false",
      "whether the stream pushes records (enhanced fan-out, which AWS charges for) instead of"
          + " being polled"),
  INTAKE_SHARD_PERMITS(
      "wadi.intake.shard-permits",
      count(1, 1000),
      "8",
      "most batches of one shard received and not yet landed"),
  INTAKE_RETRY_DELAY(
      "wadi.intake.retry-delay",
      duration("10ms", "30s"),
      "1s",
      "wait before a batch of a stream that failed is tried again; doubles each time, up to 30s"),
  INTAKE_QUICK_LEASES(
      "wadi.intake.quick-leases",
      oneOf("true", "false"),
      "false",
      "whether the leases of shards are short and polls frequent: for emulators and tests"),
  INTAKE_LEASE_METRICS(
      "wadi.intake.lease-metrics",
      oneOf("true", "false"),
      "false",
      "whether the Kinesis Client Library sends metrics of its own to CloudWatch"),

  // poll
  POLL_URL(
      "wadi.poll.url",
      urlOrBlank(),
      "",
      "the API that is polled, by the URL of its first page, without secrets; blank: none."
          + " docs/poll-api.md"),
  POLL_INTERVAL(
      "wadi.poll.interval",
      duration("100ms", "24h"),
      "60s",
      "from the begin of a sweep over all pages to that of the next"),
  POLL_ITEMS(
      "wadi.poll.items",
      pointerOrBlank(),
      "",
      "where a page's items are, as a JSON pointer to an array, or to an object that is the only"
          + " item; each becomes an event; blank: the page itself"),
  POLL_PAGING(
      "wadi.poll.paging",
      oneOf("none", "page", "offset", "cursor", "link"),
      "none",
      "how the next page is asked for: by its number, by how many items were before it, by a cursor"
          + " or URL in the body, by the header Link with rel=next"),
  POLL_PARAMETER(
      "wadi.poll.parameter",
      identifierOrBlank(),
      "",
      "the parameter of the query that the number, offset or cursor goes in; blank: page, offset or"
          + " cursor"),
  POLL_FIRST_PAGE(
      "wadi.poll.first-page", count(0, 1), "1", "the number of the first page, if pages have one"),
  POLL_SIZE_PARAMETER(
      "wadi.poll.size-parameter",
      identifierOrBlank(),
      "",
      "the parameter that says how many items a page shall have; blank: it isn't said"),
  POLL_PAGE_SIZE("wadi.poll.page-size", count(1, 100_000), "100", "how many it says"),
  POLL_CURSOR(
      "wadi.poll.cursor",
      pointerOrBlank(),
      "",
      "where a page names the cursor or URL of the next one, as a JSON pointer"),
  POLL_KEEP_CURSOR(
      "wadi.poll.keep-cursor",
      oneOf("true", "false"),
      "false",
      "whether a sweep goes on at the last cursor of the one before, as of a feed that only grows"),
  POLL_SINCE_PARAMETER(
      "wadi.poll.since-parameter",
      identifierOrBlank(),
      "",
      "the parameter that asks for what is newer than the begin of the last whole sweep, in ISO"
          + " 8601; blank: all is asked for each time"),
  POLL_SINCE_OVERLAP(
      "wadi.poll.since-overlap",
      duration("0s", "24h"),
      "5m",
      "how much earlier than that, for clocks that differ and items that show up late"),
  POLL_HEADERS(
      "wadi.poll.headers",
      headersOrBlank(),
      "",
      "headers of each request to that host, with | between them: X-Version: 2 | Accept: text/json;"
          + " no secrets, which nobody would hide"),
  POLL_TOKEN(
      "wadi.poll.token",
      secret(),
      "",
      "what the API is shown; only by the environment, as WADI_POLL_TOKEN; blank: nothing"),
  POLL_TOKEN_HEADER(
      "wadi.poll.token-header", identifier(), "Authorization", "the header that the token goes in"),
  POLL_TOKEN_SCHEME(
      "wadi.poll.token-scheme",
      identifierOrBlank(),
      "Bearer",
      "what stands before the token there; blank: nothing"),
  POLL_CONTENT_TYPES(
      "wadi.poll.content-types",
      text(),
      "application/json",
      "the content types that are taken for JSON, with commas between them; what ends in +json"
          + " always is"),
  POLL_MAX_BYTES(
      "wadi.poll.max-bytes",
      size("1KB", "256MB"),
      "16MB",
      "the longest page; a longer one becomes a dead letter"),
  POLL_MAX_PAGES(
      "wadi.poll.max-pages",
      count(1, 100_000),
      "1000",
      "a sweep of more pages is given up, and told on /health"),
  POLL_REQUESTS_PER_SECOND(
      "wadi.poll.requests-per-second", rate(1000), "2", "most requests a second"),
  POLL_TIMEOUT(
      "wadi.poll.timeout",
      duration("100ms", "10m"),
      "20s",
      "how long a page may take, to its last byte"),
  POLL_RETRY_ATTEMPTS(
      "wadi.poll.retry-attempts",
      count(0, 1000),
      "8",
      "how often a page is asked for again after a 5xx, a time-out or a broken connection, before"
          + " the sweep is given up until the next interval"),
  POLL_RETRY_DELAY(
      "wadi.poll.retry-delay",
      duration("10ms", "5m"),
      "1s",
      "the wait before the first of them, doubling up to 5 minutes, of which up to half is left to"
          + " chance"),
  POLL_TICK(
      "wadi.poll.tick", duration("10ms", "10s"), "100ms", "how often it is looked what is due"),
  POLL_BUCKET(
      "wadi.poll.bucket",
      identifier(),
      "raw",
      "the bucket that pages are put into; raw is the one of the profile local"),
  POLL_PREFIX("wadi.poll.prefix", identifier(), "poll", "what their keys begin with"),
  INTAKE_POSTGRES_URL(
      "wadi.intake.postgres.url",
      databaseOrBlank(),
      "",
      "the PostgreSQL database whose changes are taken as well; blank: none. docs/postgres.md"),
  INTAKE_POSTGRES_USER(
      "wadi.intake.postgres.user", text(), "wadi", "as whom it is read; may replicate, and SELECT"),
  INTAKE_POSTGRES_PASSWORD(
      "wadi.intake.postgres.password",
      secret(),
      "",
      "that user's password; set it by the environment; blank: the server asks for none"),
  INTAKE_POSTGRES_TABLES(
      "wadi.intake.postgres.tables",
      tablesOrBlank(),
      "",
      "the tables, such as public.orders, with commas between them; each needs a primary key"),
  INTAKE_POSTGRES_SLOT(
      "wadi.intake.postgres.slot",
      identifier(),
      "wadi",
      "the replication slot, of this lake and database alone; made if it is missing"),
  INTAKE_POSTGRES_PUBLICATION(
      "wadi.intake.postgres.publication",
      identifier(),
      "wadi",
      "the publication of these tables; made if it is missing and the user may"),
  INTAKE_POSTGRES_SNAPSHOT(
      "wadi.intake.postgres.snapshot",
      oneOf("initial", "never"),
      "initial",
      "whether the rows that a table has already are read first"),
  INTAKE_POSTGRES_HEARTBEAT(
      "wadi.intake.postgres.heartbeat",
      duration("100ms", "10m"),
      "10s",
      "how often a message is written into the server's log, so that the slot moves on while the"
          + " tables are idle"),

  // decode
  DECODE_SHAPE("wadi.decode.shape", identifier(), "cdevents", "the shape that events are read by"),
  DECODE_MAX_DEPTH("wadi.decode.max-depth", count(1, 1000), "200", "deepest nesting of an event"),
  DECODE_MAX_STRING_LENGTH(
      "wadi.decode.max-string-length", size("1KB", "64MB"), "1MB", "longest string in an event"),
  DECODE_MAX_EVENT_SIZE(
      "wadi.decode.max-event-size", size("1KB", "64MB"), "1MB", "largest event, as received"),
  SHAPE_JSON_ID_PATH("wadi.shape.json.id-path", text(), "id", "where shape json finds the id"),
  SHAPE_JSON_TYPE_PATH(
      "wadi.shape.json.type-path", text(), "type", "where shape json finds the type"),
  SHAPE_JSON_TIME_PATH(
      "wadi.shape.json.time-path", text(), "time", "where shape json finds the time"),
  SHAPE_JSON_TIME_FORMAT(
      "wadi.shape.json.time-format",
      text(),
      "iso8601",
      "how shape json reads it: iso8601, unix-seconds, unix-millis or a pattern"),
  SHAPE_JSON_SOURCE_PATH(
      "wadi.shape.json.source-path", text(), "source", "where shape json finds the source"),

  // deduplicate
  DEDUPLICATE_CACHE_KEYS(
      "wadi.deduplicate.cache-keys",
      count(0, 100_000_000),
      "1000000",
      "landed keys kept in memory in front of the ledger; about 120 bytes each"),
  DEDUPLICATE_REPOSITORY(
      "wadi.deduplicate.repository",
      oneOf("caffeine", "dynamodb"),
      "caffeine",
      "caffeine: one process writes to the lake, and knows its keys by a ledger of its own;"
          + " dynamodb: many do, and share a table. See docs/deduplication.md"),
  DEDUPLICATE_TABLE(
      "wadi.deduplicate.table",
      identifier(),
      "wadi-claims",
      "the DynamoDB table of claims; processes that write to one lake share one, other lakes have"
          + " their own"),
  DEDUPLICATE_CREATE_TABLE(
      "wadi.deduplicate.create-table",
      oneOf("true", "false"),
      "false",
      "whether the table is made if it is missing, for tests and development; billed by request"),
  DEDUPLICATE_LEASE(
      "wadi.deduplicate.lease",
      duration("1s", "24h"),
      "5m",
      "how long a commit may take from its claims to its marker; then other processes may give it"
          + " up"),
  DEDUPLICATE_TIME_TO_LIVE(
      "wadi.deduplicate.time-to-live",
      duration("0s", "999999h"),
      "0s",
      "how long a key is remembered in the table, at least 1h; what comes again later lands twice;"
          + " 0s: for good"),
  DEDUPLICATE_CONNECTIONS(
      "wadi.deduplicate.connections", count(1, 1000), "32", "requests to the table at a time"),
  DEDUPLICATE_RETRY_TIME(
      "wadi.deduplicate.retry-time",
      duration("1s", "15m"),
      "30s",
      "how long a request to the table is tried again before its commit is given up"),

  // flatten
  FLATTEN_MAX_COLUMNS(
      "wadi.flatten.max-columns",
      count(1, 10_000),
      "1000",
      "most columns of the lake; what would need more stays in _doc"),
  FLATTEN_MAX_DEPTH(
      "wadi.flatten.max-depth",
      count(1, 1000),
      "16",
      "objects nested deeper than this stay JSON text in one column"),

  // land
  LAND_BUCKET("wadi.land.bucket", identifier(), "lake", "the bucket that holds the lake"),
  LAND_FORMAT(
      "wadi.land.format",
      oneOf("parquet", "jsonl", "csv"),
      "parquet",
      "the format of files that are written from now on; see docs/formats.md"),
  LAND_COMPRESSION(
      "wadi.land.compression",
      oneOf("zstd", "gzip", "snappy", "none"),
      "zstd",
      "how they are compressed; snappy with parquet alone"),
  LAND_PARTITION(
      "wadi.land.partition",
      listOf(
          "event_type",
          "event_subtype",
          "event_source",
          "event_id",
          "event_key",
          "payload_hash",
          "event_date",
          "year",
          "month",
          "day",
          "hour"),
      "event_type,event_date",
      "the folders of events, from the outermost on; dates and times are event_time's, in UTC"),
  LAND_DUPLICATES_FOLDER(
      "wadi.land.duplicates-folder",
      oneOf("duplicates", "duplicated"),
      "duplicates",
      "the folder of the table duplicates, which SQL knows by that name in any case"),
  LAND_MAX_FILE_ROWS(
      "wadi.land.max-file-rows",
      count(1, 100_000_000),
      "100000",
      "a partition's rows go on in another file at this many rows"),
  LAND_MAX_FILE_BYTES(
      "wadi.land.max-file-bytes",
      size("1KB", "16GB"),
      "64MB",
      "the same at this many bytes of values, before compression"),
  LAND_MAX_EVENTS(
      "wadi.land.max-events", count(1, 10_000_000), "50000", "a commit is cut at this many events"),
  LAND_MAX_BYTES(
      "wadi.land.max-bytes",
      size("1KB", "16GB"),
      "256MB",
      "a commit is cut at this many bytes of events"),
  LAND_MAX_AGE(
      "wadi.land.max-age",
      duration("10ms", "1h"),
      "60s",
      "a commit is cut when its first event has waited this long"),
  LAND_FIRST_AGE(
      "wadi.land.first-age",
      duration("10ms", "1h"),
      "60s",
      "the same for the first commit after a start; at most wadi.land.max-age"),
  LAND_WRITERS("wadi.land.writers", count(1, 64), "2", "files written at a time"),
  LAND_RETRY_DELAY(
      "wadi.land.retry-delay",
      duration("10ms", "15m"),
      "1s",
      "wait before a failed put is tried again; doubles each time"),
  LAND_RETRY_ATTEMPTS(
      "wadi.land.retry-attempts",
      count(0, 100),
      "5",
      "how often a failed put is tried again before its commit is aborted"),
  LAND_SQS_QUEUE(
      "wadi.land.sqs.queue",
      identifierOrBlank(),
      "",
      "the queue that events are handed on to when they have landed; blank: none. docs/outbound.md"),
  LAND_SQS_MAX_BYTES(
      "wadi.land.sqs.max-bytes",
      size("1KB", "1MB"),
      "256KB",
      "the most that it takes in a message, and in one call; a larger message is refused"),
  LAND_KINESIS_STREAM(
      "wadi.land.kinesis.stream",
      identifierOrBlank(),
      "",
      "the stream that events are handed on to when they have landed; blank: none"),
  LAND_POSTGRES_URL(
      "wadi.land.postgres.url",
      postgresUrlOrBlank(),
      "",
      "the PostgreSQL that has a raw copy of the events that have landed; blank: none"),
  LAND_POSTGRES_USER(
      "wadi.land.postgres.user",
      identifierOrBlank(),
      "",
      "who inserts there; blank: whom the driver takes, the user of this process"),
  LAND_POSTGRES_PASSWORD(
      "wadi.land.postgres.password",
      secret(),
      "",
      "the user's password; set it by the environment"),
  LAND_POSTGRES_TABLE(
      "wadi.land.postgres.table",
      identifier(),
      "raw_events",
      "the table of the copy, made if it isn't there and the user may; its schema before a dot"),

  // feeds of what has landed
  FEED_FROM(
      "wadi.feed.from",
      oneOf("beginning", "now"),
      "beginning",
      "where a route begins that hands on what has landed, if the lake has no note of it: with the"
          + " first commit, or with what lands from now on"),
  FEED_MAX_ROWS("wadi.feed.max-rows", count(1, 100_000), "500", "most rows of one exchange"),
  FEED_POLL(
      "wadi.feed.poll",
      duration("10ms", "1h"),
      "5s",
      "how often the lake is looked at when nothing waits to be handed on"),
  FEED_RETRY_DELAY(
      "wadi.feed.retry-delay",
      duration("10ms", "1m"),
      "1s",
      "wait before what was not taken is handed on again; doubles each time, up to a minute"),
  FEED_LEASE(
      "wadi.feed.lease",
      duration("1s", "1h"),
      "60s",
      "how long after its last sign of life others leave a feed to the process that has it, where"
          + " several share a lake"),

  // ingest
  INGEST_THREADS(
      "wadi.ingest.threads", count(1, 64), "2", "threads that decode while files are written"),
  INGEST_MAX_EVENTS(
      "wadi.ingest.max-events",
      count(1, 10_000_000),
      "250000",
      "a commit of an ingest is cut at this many records"),
  INGEST_MAX_BYTES(
      "wadi.ingest.max-bytes",
      size("1KB", "16GB"),
      "128MB",
      "the same, when its records and what is read of them take this much memory"),
  INGEST_MAX_AGE(
      "wadi.ingest.max-age",
      duration("10ms", "1h"),
      "60s",
      "the same, when its first record has waited this long"),

  // compact
  COMPACT_PERIOD(
      "wadi.compact.period",
      duration("0s", "24h"),
      "0s",
      "how often small files are joined beside the pipeline; 0s: never"),
  COMPACT_TARGET_SIZE(
      "wadi.compact.target-size",
      size("1MB", "4GB"),
      "128MB",
      "files are joined up to about this size; one of half of it is left as it is"),
  COMPACT_MIN_FILES(
      "wadi.compact.min-files",
      count(2, 1000),
      "2",
      "a partition with fewer small files is left as it is"),
  COMPACT_MIN_AGE(
      "wadi.compact.min-age",
      duration("0s", "24h"),
      "0s",
      "a file is left as it is until it is this old"),
  COMPACT_KEEP(
      "wadi.compact.keep",
      duration("0s", "24h"),
      "1h",
      "how long a file that was replaced stays, for queries that read it; 0s: it goes at once"),
  COMPACT_MEMORY(
      "wadi.compact.memory",
      size("256MB", "64GB"),
      "512MB",
      "memory for joining, outside the heap; what doesn't fit lies in the data folder"),

  // dead letters
  DEAD_LETTERS_QUEUE(
      "wadi.dead-letters.queue",
      identifier(),
      "events-dlq",
      "the queue that dead letters go through"),
  DEAD_LETTERS_MAX_EVENTS(
      "wadi.dead-letters.max-events", count(1, 100_000), "500", "as wadi.intake.max-events"),
  DEAD_LETTERS_MAX_WAIT(
      "wadi.dead-letters.max-wait", duration("10ms", "5m"), "2s", "as wadi.intake.max-wait"),
  DEAD_LETTERS_RECEIVERS(
      "wadi.dead-letters.receivers", count(1, 64), "1", "as wadi.intake.receivers"),
  DEAD_LETTERS_VISIBILITY(
      "wadi.dead-letters.visibility", seconds("1s", "12h"), "30s", "as wadi.intake.visibility"),
  DEAD_LETTERS_REDELIVERY_DELAY(
      "wadi.dead-letters.redelivery-delay",
      seconds("0s", "12h"),
      "5s",
      "as wadi.intake.redelivery-delay"),
  DEAD_LETTERS_BATCH_PERMITS(
      "wadi.dead-letters.batch-permits", count(1, 1000), "4", "as wadi.intake.batch-permits"),
  DEAD_LETTERS_MAX_BYTES(
      "wadi.dead-letters.max-bytes", size("1KB", "16GB"), "32MB", "as wadi.intake.max-bytes"),

  // report
  REPORT_PERIOD(
      "wadi.report.period",
      duration("0s", "24h"),
      "0s",
      "how often reports/events.csv is made anew in the lake's folder; 0s: never"),
  REPORT_SQL(
      "wadi.report.sql",
      text(),
      "SELECT event_key, event_id, event_type, event_subtype, event_source, event_time,"
          + " payload_hash, ingested_at, commit_id, source_position"
          + " FROM events ORDER BY event_time, event_key",
      "what it asks the lake for, as wadi query does"),

  // routes
  ROUTES_RELOAD(
      "wadi.routes.reload",
      duration("0s", "1h"),
      "0s",
      "how often the files of --routes are looked at; what has changed there and is right takes"
          + " effect without a restart; 0s: never"),
  ROUTES_DRAIN_TIMEOUT(
      "wadi.routes.drain-timeout",
      duration("1s", "10m"),
      "30s",
      "how long what is under way may take to land before a change of routes; beyond it the change"
          + " waits, and the routes go on as they are"),

  // the process and what is around it
  HTTP_HOST(
      "wadi.http.host",
      text(),
      "127.0.0.1",
      "the address that the page, health and metrics are served on"),
  HTTP_PORT("wadi.http.port", count(0, 65_535), "8080", "its port; 0: any free one"),
  HTTP_NAMES(
      "wadi.http.names",
      identifiersOrBlank(),
      "",
      "names by which the server is called beside those of this machine, as by a proxy before it or"
          + " other containers: a request under any other name is refused with 421. Nobody may post"
          + " events then of whom nothing is asked. Blank: refused only if wadi.http.host is of"
          + " loopback"),
  HTTP_TLS_CERTIFICATE(
      "wadi.http.tls.certificate",
      fileOrBlank(),
      "",
      "a PEM file of the server's certificate and those it was signed by; read again when it has"
          + " changed; blank: no TLS. docs/security.md"),
  HTTP_TLS_KEY(
      "wadi.http.tls.key", fileOrBlank(), "", "the PEM file of its key, without a password"),
  HTTP_TLS_CLIENT_AUTHORITIES(
      "wadi.http.tls.client-authorities",
      fileOrBlank(),
      "",
      "a PEM file of certificates: whoever posts events must show one that was signed by one of"
          + " them; blank: none is asked for"),
  HTTP_EVENTS_TO(
      "wadi.http.events.to",
      oneOf("log", "queue", "stream", "off"),
      "log",
      "where events go that are posted to /events, before they are answered: to the intake log in"
          + " the data folder, to wadi.intake.queue, to wadi.intake.stream; off: nobody takes them."
          + " docs/http.md"),
  HTTP_EVENTS_ENVELOPE(
      "wadi.http.events.envelope",
      oneOf("data", "keep"),
      "data",
      "what of a CloudEvent goes on: its data, which is the event that it carries, or all of it as"
          + " structured JSON"),
  HTTP_EVENTS_MAX_BODY(
      "wadi.http.events.max-body",
      size("1KB", "64MB"),
      "10MB",
      "largest body of a request, unpacked; beyond it 413"),
  HTTP_EVENTS_MAX_LOG_BYTES(
      "wadi.http.events.max-log-bytes",
      size("1MB", "1024GB"),
      "1GB",
      "most that the intake log takes of the disk; beyond it 503"),
  HTTP_EVENTS_TOKEN(
      "wadi.http.events.token",
      secret(),
      "",
      "what a sender must show as Authorization: Bearer; set it by the environment; blank: whoever"
          + " reaches the port may send if wadi.http.host is of loopback and wadi.http.names blank,"
          + " else nobody"),
  HTTP_EVENTS_TOKEN_FILE(
      "wadi.http.events.token-file",
      fileOrBlank(),
      "",
      "a file of such tokens, one a line, of which any will do; read again when it has changed"),
  HTTP_EVENTS_ANONYMOUS(
      "wadi.http.events.anonymous",
      oneOf("true", "false"),
      "false",
      "whether anybody may post events who reaches the port, though wadi.http.host is no address of"
          + " loopback, or wadi.http.names is set, and neither a token nor a client's certificate is"
          + " asked for"),
  HTTP_TAP_TOKEN(
      "wadi.http.tap.token",
      secret(),
      "",
      "what wadi tap must show, which gives payloads to read; set it by the environment; blank:"
          + " whoever reaches the port may look if wadi.http.host is of loopback and wadi.http.names"
          + " blank, else nobody"),
  LOCAL_QUEUE_PORT(
      "wadi.local.queue-port", count(0, 65_535), "0", "the embedded queue's port; 0: any free one"),
  LOCAL_STORE_PORT(
      "wadi.local.store-port", count(0, 65_535), "0", "the embedded store's port; 0: any free one"),
  AWS_REGION("wadi.aws.region", identifier(), "us-east-1", "the AWS region"),
  AWS_ENDPOINT(
      "wadi.aws.endpoint",
      urlOrBlank(),
      "",
      "another server than AWS's own, such as an emulator; blank: AWS"),
  AWS_SQS_ENDPOINT(
      "wadi.aws.sqs-endpoint",
      urlOrBlank(),
      "",
      "the same for SQS alone; blank: wadi.aws.endpoint"),
  AWS_DYNAMODB_ENDPOINT(
      "wadi.aws.dynamodb-endpoint",
      urlOrBlank(),
      "",
      "the same for DynamoDB alone; blank: wadi.aws.endpoint"),
  AWS_KINESIS_ENDPOINT(
      "wadi.aws.kinesis-endpoint",
      urlOrBlank(),
      "",
      "the same for Kinesis alone; blank: wadi.aws.endpoint"),
  AWS_S3_ENDPOINT(
      "wadi.aws.s3-endpoint", urlOrBlank(), "", "the same for S3 alone; blank: wadi.aws.endpoint"),
  SHUTDOWN_TIMEOUT(
      "wadi.shutdown.timeout",
      duration("1s", "15m"),
      "25s",
      "how long a stop waits for what is in flight to land");

  private final String property;
  private final SettingType<?> type;
  private final String defaultValue;
  private final String description;

  Setting(String property, SettingType<?> type, String defaultValue, String description) {
    this.property = property;
    this.type = type;
    this.defaultValue = defaultValue;
    this.description = description;
  }

  /** The property's name, such as {@code wadi.intake.max-events}. */
  public String property() {
    return property;
  }

  /** The environment variable that sets it, such as {@code WADI_INTAKE_MAX_EVENTS}. */
  public String environmentVariable() {
    return property.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
  }

  /** The text that it has where nothing sets it; never null. */
  public String defaultValue() {
    return defaultValue;
  }

  /** What it means, in one line. */
  public String description() {
    return description;
  }

  /** The stage that it belongs to, as the name has it: {@code intake} or {@code shape}. */
  public String stage() {
    return property.split("\\.")[1];
  }

  /** Whether a text can be its value. */
  public boolean takes(String text) {
    try {
      type.read().apply(text.trim());
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** What can be its value, to complete "must be ...". */
  public String wanted() {
    return type.wanted();
  }

  /** Whether its value is to be seen by nobody, in no log and no route. */
  boolean isSecret() {
    return type.wanted().equals(SettingType.SECRET);
  }

  SettingType<?> type() {
    return type;
  }

  static Optional<Setting> named(String property) {
    for (Setting setting : values()) {
      if (setting.property.equals(property)) {
        return Optional.of(setting);
      }
    }
    return Optional.empty();
  }
}
