package dev.wadi.intake.postgres;

import dev.wadi.event.TransientException;
import dev.wadi.intake.Dispatch;
import dev.wadi.intake.DispatchSettings;
import dev.wadi.intake.Outage;
import dev.wadi.intake.Source;
import dev.wadi.intake.SourceParts;
import dev.wadi.intake.SourceThreads;
import dev.wadi.ops.Backoff;
import dev.wadi.ops.Failpoint;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.postgresql.replication.LogSequenceNumber;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The changes of a database's tables as a source of batches: first the rows that are there, then
 * every change. Three threads: one runs the engine, one hands on what it has read, one moves the
 * position behind what has landed, in the bucket first and on the server after it.
 *
 * <p>One life: started once, paused and resumed any number of times, stopped once.
 */
final class PostgresSource implements Source {

  private static final Logger LOG = LoggerFactory.getLogger(PostgresSource.class);

  /** How long to wait after failures in a row. */
  static final Backoff PAUSES = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));

  private static final Duration WATCH = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** What waits may have this part of the bytes that may be held, beside those. */
  private static final int WAITING_SHARE = 4;

  /** How many times what may be on its way the engine may be ahead of what has settled. */
  private static final int KNOWN_BATCHES = 4;

  /** From so many failures in a row at one position on, a change there is what fails. */
  private static final int STUCK = 3;

  private final PostgresSettings settings;
  private final SourceParts parts;
  private final Backoff pauses;
  private final ServerCheck check;
  private final OwnSlot slot;
  private final Beginning beginning;
  private final EngineProperties properties;
  private final Changes changes;
  private final Dispatch<ChangeDelivery> dispatch;
  private final AtomicReference<Instant> heard;
  private final SlotWatch watch;
  private final ScheduledExecutorService watching;
  private final Thread reading;
  private final Thread handing;
  private final Thread settling;
  private final SlotPosition position;
  private volatile Engine engine;
  private volatile boolean snapshotEnded;
  private volatile boolean ended;

  /**
   * @param pauses how long to wait after so many failures in a row
   */
  PostgresSource(
      Database database,
      PostgresSettings settings,
      LandedObject object,
      SourceParts parts,
      Backoff pauses) {
    this.settings = settings;
    this.position = new SlotPosition(settings.source(), object, parts.status(), pauses);
    this.parts = parts;
    this.pauses = pauses;
    this.check = new ServerCheck(database, settings);
    this.slot = new OwnSlot(database, settings.slot());
    this.beginning = new Beginning(settings, database, slot, object, parts.status()::failed);
    this.properties = new EngineProperties(database, settings);
    DispatchSettings bounds = settings.dispatch();
    this.changes =
        new Changes(
            bounds.maxEvents(),
            bounds.maxBytes() / WAITING_SHARE,
            KNOWN_BATCHES * bounds.permits() * bounds.maxEvents());
    this.dispatch =
        new Dispatch<>(settings.dispatch(), parts, new ChangeOrigin(changes), pauses, () -> true);
    this.heard = new AtomicReference<>(parts.clock().instant());
    this.watch =
        new SlotWatch(database, settings.slot(), heard, parts.metrics().registry(), parts.clock());
    SourceThreads threads = new SourceThreads(settings.source());
    this.watching = Executors.newSingleThreadScheduledExecutor(threads);
    this.reading = threads.newThread(this::read);
    this.handing =
        threads.newThread(new Handing(settings.source(), changes, dispatch, parts, this::failed));
    this.settling = threads.newThread(this::settle);
  }

  /**
   * Begins to read. A server that doesn't answer is tried again later.
   *
   * @throws SetupException if something must be mended
   */
  @Override
  public void start() {
    try {
      check.ask();
    } catch (SQLException | TransientException e) {
      failed(e);
    }
    dispatch.start();
    reading.start();
    handing.start();
    settling.start();
    watching.scheduleWithFixedDelay(watch, 0, WATCH.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Hands over no further batch; what the engine has read waits, and it soon reads no further. */
  @Override
  public void pause() {
    dispatch.pause();
  }

  @Override
  public void resume() {
    dispatch.resume();
  }

  /** Lets held batches end, moves the position behind them, and ends the engine. */
  @Override
  public void stop() {
    if (!dispatch.stop()) {
      LOG.warn(
          "{} stopped while it held {} changes; the slot keeps them",
          settings.source(),
          dispatch.held());
    }
    ended = true;
    changes.end();
    watching.shutdownNow();
    watch.stop();
    try {
      settling.join(PATIENCE.toMillis());
      settling.interrupt();
      Engine last = engine;
      if (last != null) {
        last.close();
      }
      reading.interrupt();
      reading.join(PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Runs one engine after the other until the source ends; a failure holds it off for a while. */
  private void read() {
    int failures = 0;
    String stuckAt = null;
    int stuck = 0;
    while (!ended) {
      try {
        long before = parts.clock().millis();
        try {
          readOnce();
        } catch (SQLException | EngineFailedException | RuntimeException | Error e) {
          if (ended) {
            return;
          }
          // one that has run for long has not failed for the same reason again
          boolean again = parts.clock().millis() - before < pauses.greatest().toMillis();
          failures = again ? failures + 1 : 1;
          String at = position.landed() == null ? null : position.landed().lsn();
          boolean engineFailed = e instanceof EngineFailedException;
          stuck = !engineFailed ? 0 : Objects.equals(at, stuckAt) ? stuck + 1 : 1;
          stuckAt = at;
          failed(stuck < STUCK ? e : new EngineFailedException(e, at, stuck));
          pauses.pause(failures);
        }
      } catch (InterruptedException e) {
        // asked to end; what else interrupts it is of an engine that has ended
        Thread.interrupted();
      }
    }
  }

  private void readOnce() throws SQLException, EngineFailedException, InterruptedException {
    beginning.requireFree(check.ask());
    try (Connection held = slot.hold()) {
      LOG.debug("{} holds its slot by {}", settings.source(), held);
      readHeld();
    }
  }

  private void readHeld() throws SQLException, EngineFailedException, InterruptedException {
    // anew, since another may have read on until now
    Server server = check.ask();
    beginning.requireFree(server);
    Landed from = beginning.find(server);
    position.found(from);
    List<Table> unread = settings.snapshot() ? from.unread(settings.tables()) : List.of();
    Unchanged unchanged = Unchanged.random();
    snapshotEnded = unread.isEmpty();
    if (!snapshotEnded) {
      LOG.info("{} reads the rows of {}", settings.source(), unread);
      run(server, from, properties.snapshot(unread, unchanged), unchanged);
      if (!snapshotEnded) {
        return;
      }
      position.write(position.landed().withSnapshot(unread));
    }
    Landed streamed = position.landed().of(settings.tables());
    if (!streamed.equals(position.landed())) {
      position.write(streamed);
    }
    LOG.info("{} streams changes behind {}", settings.source(), position.landed().lsn());
    run(
        server,
        position.landed(),
        properties.stream(position.landed().position(), unchanged),
        unchanged);
  }

  private void run(Server server, Landed from, Properties given, Unchanged unchanged)
      throws EngineFailedException, InterruptedException {
    changes.begin();
    ChangeReader reader =
        new ChangeReader(
            settings.slot(), server.tables(), from, new RowJson(unchanged), parts.clock());
    heard.set(parts.clock().instant());
    engine = new Engine(given, reader, changes, heard, parts.status()::succeeded, parts.clock());
    if (ended) {
      return;
    }
    engine.run();
  }

  /** Moves the position behind what has landed, until the source ends. */
  private void settle() {
    try {
      for (Changes.Settled next = changes.awaitSettled();
          next != null;
          next = changes.awaitSettled()) {
        Changes.Settled settled = next;
        pauses.untilItSucceeds(
            () -> {
              settle(settled);
              return settled;
            },
            this::failed);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void settle(Changes.Settled settled) throws InterruptedException {
    if (settled.snapshotEnded()) {
      snapshotEnded = true;
      engine.close();
    }
    LogSequenceNumber next = settled.position();
    if (next == null || next.compareTo(position.landed().position()) <= 0) {
      return;
    }
    Failpoint.reach("acknowledging-postgres");
    position.write(position.landed().upTo(next));
    Failpoint.reach("acknowledged-postgres");
    engine.flush(next);
  }

  private void failed(Throwable failure) {
    String why = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    parts.status().failed(why);
    LOG.warn("{} can't read, and tries again: {}", settings.source(), why);
    if (!(failure instanceof SQLException
        || failure instanceof EngineFailedException
        || Outage.isCauseOf(failure))) {
      LOG.warn("that was no failure of the server", failure);
    }
  }
}
