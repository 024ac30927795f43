package dev.wadi.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Function;

/** Commands run in this process, for tests beside a pipeline that runs there too. */
public record InProcess(int exitCode, String out, String err) {

  /** {@code wadi dead-letters}. */
  public static InProcess deadLetters(Path data, String... words) {
    return words[0].equals("replay")
        ? run(ReplayCommand::new, data, Arrays.copyOfRange(words, 1, words.length))
        : run(DeadLettersCommand::new, data, words);
  }

  /** {@code wadi verify}. */
  public static InProcess verify(Path data) {
    return run(VerifyCommand::new, data);
  }

  private static InProcess run(
      Function<StandardOutput, Object> command, Path data, String... words) {
    String[] all = Arrays.copyOf(words, words.length + 2);
    all[words.length] = "--data";
    all[words.length + 1] = data.toString();
    CommandRun run = CommandRun.of(command, all);
    return new InProcess(run.exitCode(), run.out(), run.err());
  }
}
