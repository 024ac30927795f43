package dev.wadi.bench;

import dev.wadi.event.SetupException;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Runs commands of this application, each in a JVM of its own. One at a time. */
final class ChildJvm implements AutoCloseable {

  /** What the launcher gives. */
  static final List<String> OPTIONS =
      List.of(
          "-Xmx450m",
          "-XX:+UseParallelGC",
          "-XX:+IgnoreUnrecognizedVMOptions",
          "-XX:MaxInlineLevel=9",
          "-XX:Tier4InvocationThreshold=30000",
          "-XX:Tier4MinInvocationThreshold=10000",
          "-XX:Tier4CompileThreshold=60000");

  private static final String MAIN = "dev.wadi.Wadi";

  /**
   * How a command ended.
   *
   * @param seconds from the start of its JVM to its end
   * @param report what it said about itself; empty if it failed
   * @param lastLine the last thing it said on standard error
   */
  record Ended(int exitCode, double seconds, Optional<SelfReport> report, String lastLine) {}

  private volatile Process running;
  private volatile boolean killed;

  /**
   * @throws SetupException if no JVM can be started
   */
  Ended run(List<String> words) throws InterruptedException {
    List<String> command = new ArrayList<>(java());
    command.addAll(words);
    long began = System.nanoTime();
    try {
      Process process = new ProcessBuilder(command).redirectOutput(Redirect.DISCARD).start();
      running = process;
      if (killed) {
        process.destroyForcibly();
      }
      process.getOutputStream().close();
      Optional<SelfReport> report = Optional.empty();
      String last = "";
      try (BufferedReader errors = process.errorReader(StandardCharsets.UTF_8)) {
        for (String line = errors.readLine(); line != null; line = errors.readLine()) {
          Optional<SelfReport> told = SelfReport.of(line);
          report = told.isPresent() ? told : report;
          last = told.isPresent() ? last : line;
        }
      }
      int exitCode = process.waitFor();
      return new Ended(exitCode, (System.nanoTime() - began) / 1e9, report, last);
    } catch (IOException e) {
      throw new SetupException("can't run " + command.get(0) + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    kill();
  }

  /** Kills the one that runs, if one does, and waits until it is gone. None runs after that. */
  void kill() {
    killed = true;
    Process process = running;
    if (process != null) {
      process.destroyForcibly().onExit().join();
    }
  }

  /** The same Java and the same application as here. */
  private static List<String> java() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(OPTIONS);
    inherited().forEach(command::add);
    String classPath = System.getProperty("java.class.path");
    command.addAll(
        classPath.endsWith(".jar") && !classPath.contains(File.pathSeparator)
            ? List.of("-jar", classPath)
            : List.of("-cp", classPath, MAIN));
    return command;
  }

  /** What the launcher starts faster with, and what a class path needs that isn't a jar's. */
  private static Stream<String> inherited() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(
            option ->
                option.startsWith("-XX:SharedArchiveFile")
                    || option.startsWith("-Xlog:disable")
                    || option.startsWith("--add-opens"));
  }
}
