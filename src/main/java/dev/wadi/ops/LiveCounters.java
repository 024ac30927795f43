package dev.wadi.ops;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The counters of a run, once a second: on a terminal one line that is written over, elsewhere a
 * log line every ten seconds if something changed.
 */
public final class LiveCounters implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LiveCounters.class);
  private static final int TICKS_PER_LOG_LINE = 10;
  // a line that is wider than the terminal is cut, not wrapped: only one line can be written over
  private static final String WRAP_OFF = "\u001b[?7l";
  private static final String WRAP_ON = "\u001b[?7h";

  private final Progress progress;
  private final PrintStream terminal;
  private final ScheduledExecutorService clockwork;
  private int ticks;
  private Totals logged = Totals.NONE;

  /**
   * @param terminal where the line is written over, or null if standard error is no terminal
   */
  public LiveCounters(Progress progress, PrintStream terminal) {
    this.progress = progress;
    this.terminal = terminal;
    this.clockwork =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "live-counters");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Begins to show them. */
  public void start() {
    clockwork.scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS);
  }

  synchronized void tick() {
    progress.sample();
    ticks++;
    Totals totals = progress.totals();
    if (terminal != null) {
      // the cursor goes back, so that a log line starts where this line does
      terminal.print(Terminal.ERASE_LINE + WRAP_OFF + line(totals) + WRAP_ON + "\r");
      terminal.flush();
    } else if (ticks % TICKS_PER_LOG_LINE == 0 && !totals.equals(logged)) {
      logged = totals;
      LOG.info("counters {}", keyed(totals));
    }
  }

  /** Stops, and clears the line. */
  @Override
  public void close() {
    clockwork.shutdownNow();
    synchronized (this) {
      if (terminal != null && ticks > 0) {
        terminal.print(Terminal.ERASE_LINE);
        terminal.flush();
      }
    }
  }

  private String line(Totals totals) {
    return String.format(
        Locale.ROOT,
        "received %,d  landed %,d  duplicates %,d  conflicts %,d  rejected %,d%s  in flight %,d"
            + "  %,.0f/s  lag %.1fs",
        totals.taken(),
        totals.landed(),
        totals.duplicates(),
        totals.conflicts(),
        totals.rejected(),
        totals.filtered() == 0
            ? ""
            : String.format(Locale.ROOT, "  filtered %,d", totals.filtered()),
        totals.inFlight(),
        progress.perSecond(),
        progress.lag().toMillis() / 1e3);
  }

  private String keyed(Totals totals) {
    return String.format(
        Locale.ROOT,
        "received=%d landed=%d duplicates=%d conflicts=%d rejected=%d filtered=%d in_flight=%d"
            + " per_second=%.1f lag_seconds=%.1f",
        totals.taken(),
        totals.landed(),
        totals.duplicates(),
        totals.conflicts(),
        totals.rejected(),
        totals.filtered(),
        totals.inFlight(),
        progress.perSecond(),
        progress.lag().toMillis() / 1e3);
  }
}
