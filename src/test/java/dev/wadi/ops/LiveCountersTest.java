package dev.wadi.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wadi.ops.Metrics.Term;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class LiveCountersTest {

  private final HandClock clock = new HandClock();
  private final Metrics metrics = new Metrics(new SimpleMeterRegistry(), clock);
  private final Progress progress = new Progress(metrics, "sqs:events-dlq", clock);
  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
  private final LogLines log = new LogLines();
  private final Logger logger = (Logger) LogManager.getLogger(LiveCounters.class);

  @BeforeEach
  void listen() {
    log.start();
    logger.addAppender(log);
    logger.setAdditive(false);
    logger.setLevel(Level.INFO);
  }

  @AfterEach
  void stopListening() {
    logger.removeAppender(log);
    logger.setAdditive(true);
  }

  @Test
  void writesOverOneLineOfATerminalAndClearsItAtTheEnd() {
    try (LiveCounters counters = new LiveCounters(progress, terminal())) {
      metrics.count(Term.RECEIVED, "sqs:events", 1234);
      metrics.inFlight("sqs:events", 34);
      metrics.count(Term.LANDED, "sqs:events", 1200);
      clock.forward(Duration.ofSeconds(2));
      counters.tick();
      counters.tick();
    }

    String line =
        "\r\u001b[2K\u001b[?7lreceived 1,234  landed 1,200  duplicates 0  conflicts 0  rejected 0"
            + "  in flight 34  617/s  lag 2.0s\u001b[?7h\r";
    assertThat(shown.toString(StandardCharsets.UTF_8)).isEqualTo(line + line + "\r\u001b[2K");
    assertThat(log.lines).isEmpty();
  }

  @Test
  void logsEveryTenSecondsIfSomethingChanged() {
    try (LiveCounters counters = new LiveCounters(progress, null)) {
      metrics.count(Term.RECEIVED, "sqs:events", 20);
      metrics.count(Term.DUPLICATES, "sqs:events", 20);
      tick(counters, 9);
      assertThat(log.lines).isEmpty();
      tick(counters, 1);
      assertThat(log.lines)
          .containsExactly(
              "counters received=20 landed=0 duplicates=20 conflicts=0 rejected=0 filtered=0"
                  + " in_flight=0 per_second=2.0 lag_seconds=0.0");

      tick(counters, 20);
      assertThat(log.lines).hasSize(1);

      metrics.count(Term.RECEIVED, "sqs:events", 1);
      tick(counters, 10);
      assertThat(log.lines).hasSize(2);
    }
  }

  private void tick(LiveCounters counters, int times) {
    for (int i = 0; i < times; i++) {
      clock.forward(Duration.ofSeconds(1));
      counters.tick();
    }
  }

  private PrintStream terminal() {
    return new PrintStream(shown, true, StandardCharsets.UTF_8);
  }

  private static final class LogLines extends AbstractAppender {
    private final List<String> lines = new ArrayList<>();

    LogLines() {
      super("lines", null, null, true, Property.EMPTY_ARRAY);
    }

    @Override
    public void append(LogEvent event) {
      lines.add(event.getMessage().getFormattedMessage());
    }
  }
}
