package dev.wadi.cli;

import dev.wadi.event.SetupException;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import picocli.CommandLine;

/**
 * What a command wrote and how it ended, when its errors are said as the real command line does.
 */
record CommandRun(int exitCode, String out, String err) {

  static CommandRun of(Function<StandardOutput, Object> command, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CommandRun run = of(command, out, arguments);
    return new CommandRun(run.exitCode, out.toString(StandardCharsets.UTF_8), run.err);
  }

  static CommandRun of(
      Function<StandardOutput, Object> command, OutputStream out, String... arguments) {
    StringWriter err = new StringWriter();
    int exitCode =
        new CommandLine(command.apply(new StandardOutput(out)))
            .setErr(new PrintWriter(err, true))
            .setExecutionExceptionHandler(
                (exception, commandLine, result) -> {
                  if (exception instanceof SetupException) {
                    commandLine.getErr().println("wadi: " + exception.getMessage());
                    return 1;
                  }
                  throw exception;
                })
            .execute(arguments);
    return new CommandRun(exitCode, "", err.toString());
  }
}
