package dev.wadi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What the whole command line says to wrong usage: one line that says what to do, and a 2. */
@Tag("unit")
class WrongUsageTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--bogus | wadi: Unknown option: '--bogus'",
        "fly | wadi: there is no command 'fly': use one of run, new, check, test, tap, query,",
        "'' | wadi: a command is missing: try wadi run",
        "run --bogus | wadi run: Unknown option: '--bogus'",
        "run now | wadi run: 'now' is one argument too many",
        "run --rate abc | wadi run: --rate is 'abc': it must be a number from 0",
        "run --port 99999 | wadi run: --port is '99999': it must be a whole number from 0 to 65535",
        "run --duplicates 2 | wadi run: --duplicates is '2': it must be a number from 0 to 1",
        "run --profile moon | wadi run: unknown profile 'moon': choose local or aws",
        "run --format moon | wadi run: --format is 'moon': it must be one of parquet, jsonl, csv",
        "run --rate | wadi run: Missing required parameter for option '--rate'",
        "query | wadi query: Missing required parameter: 'SQL'",
        "query --format moon SELECT | wadi query: Invalid value for option '--format': 'moon'",
        "dead-letters | wadi dead-letters: say which: list, show ID or replay",
        "dead-letters list --limit 0 | wadi dead-letters list: --limit must be at least 1",
        "simulate --events many | wadi simulate: Invalid value for option '--events'",
      })
  void isSaidInALineThatNamesTheHelp(String arguments, String said) {
    StringWriter err = new StringWriter();
    CommandLine wadi = WadiCommand.commandLine().setErr(new PrintWriter(err, true));

    int exitCode = wadi.execute(arguments.isEmpty() ? new String[0] : arguments.split(" "));

    assertThat(exitCode).isEqualTo(2);
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .startsWith(said)
        .endsWith(" --help)");
  }
}
