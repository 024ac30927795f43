package dev.wadi.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wadi.event.SetupException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

@Tag("unit")
class SimulateCommandTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final StringWriter err = new StringWriter();

  @Test
  void writesAsManyLinesAsEventsAreWanted() {
    assertThat(run(out, "--events", "500", "--seed", "7", "--malformed", "0.2")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .hasSize(500)
        .noneMatch(String::isBlank);
    assertThat(err.toString()).startsWith("simulated 500 events: ").contains(" malformed");
  }

  @Test
  void writesTheSameForTheSameOptions() {
    ByteArrayOutputStream again = new ByteArrayOutputStream();
    run(out, "--events", "300", "--seed", "7", "--days", "3", "--duplicates", "0.1");
    run(again, "--events", "300", "--seed", "7", "--days", "3", "--duplicates", "0.1");
    assertThat(out.toByteArray()).isNotEmpty().isEqualTo(again.toByteArray());
  }

  @Test
  void endsTheHistoryWhenItIsTold() {
    run(out, "--events", "100", "--days", "2", "--until", "2025-03-05T00:00:00Z");
    List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(lines.get(0)).contains("\"timestamp\":\"2025-03-03T0");
    assertThat(lines.get(99)).contains("\"timestamp\":\"2025-03-04T2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --seed 1                             | Missing required option: '--events=N'
          --events 0                           | the number of events is 0: give 1 or more
          --events 9 --days 0                  | the number of days is 0: give 1 to 36500
          --events 9 --late 1.5                | the rate of late is 1.5: give a number from 0 to 1
          --events 9 --late 0.6 --malformed .6 | add up to more than 1: lower one of them
          --events 9 --until yesterday         | Invalid value for option '--until'
          --events many                        | Invalid value for option '--events'
          --events 9 --colour red              | Unknown options: '--colour', 'red'
          """)
  void refusesWrongUsageWithOneLine(String arguments, String message) {
    assertThat(run(out, arguments.split(" "))).isEqualTo(2);
    assertThat(err.toString().lines()).singleElement().asString().contains(message);
    assertThat(out.size()).isZero();
  }

  @Test
  void endsQuietlyWhenTheReaderHasGone() {
    assertThat(run(failing("Broken pipe"), "--events", "5000")).isZero();
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void saysWhyTheOutputFails() {
    SimulateCommand command = new SimulateCommand(failing("No space left on device"));
    CommandLine line = new CommandLine(command);
    line.parseArgs("--events", "5000");
    assertThatThrownBy(command::call)
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("No space left on device");
  }

  private int run(OutputStream output, String... arguments) {
    return new CommandLine(new SimulateCommand(output))
        .setErr(new PrintWriter(err, true))
        .setParameterExceptionHandler(
            (wrong, args) -> {
              err.append(wrong.getMessage());
              return CommandLine.ExitCode.USAGE;
            })
        .execute(arguments);
  }

  private static OutputStream failing(String message) {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        throw new IOException(message);
      }
    };
  }
}
