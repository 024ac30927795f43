package dev.wadi.crash.run;

import dev.wadi.crash.check.Verdict;
import dev.wadi.process.Servers;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Runs faults by seeds and adds each run to the results, from which the page is made. One seed is
 * one run of each contender that was asked for; which fault it is, is the seed's too.
 */
@Command(name = "harness", mixinStandardHelpOptions = true)
public final class Harness implements Callable<Integer> {

  private static final int FEWEST_ITEMS = 150;
  private static final int MORE_ITEMS = 600;

  @Option(
      names = "--seeds",
      paramLabel = "FROM-TO",
      description = "One seed, or the first and the last; none: only the page is made.")
  private String seeds;

  @Option(
      names = "--system",
      split = ",",
      defaultValue = "wadi",
      paramLabel = "wadi|control",
      description = "What is put through the faults; both with a comma (default: wadi).")
  private List<String> contenders;

  @Option(
      names = "--faults",
      split = ",",
      paramLabel = "NAME",
      description = "Only these, by name or family; all by default.")
  private List<String> faults = List.of();

  @Option(names = "--items", description = "How many events to send; by default the seed says.")
  private int items;

  @Option(
      names = "--results",
      defaultValue = "docs/reliability/runs.csv",
      description = "What the runs are added to (default: ${DEFAULT-VALUE}).")
  private Path results;

  @Option(
      names = "--page",
      defaultValue = "docs/reliability.md",
      description = "What is made of the results (default: ${DEFAULT-VALUE}).")
  private Path page;

  @Option(names = "--keep", description = "Keep the folders of runs that went well too.")
  private boolean keep;

  @Option(
      names = "--folder",
      defaultValue = "target/crash",
      description = "Where runs work; failed ones stay there (default: ${DEFAULT-VALUE}).")
  private Path folder;

  /** Ends with 0 if every run of Wadi was as promised. */
  public static void main(String[] arguments) {
    Servers.letThisProcessIn();
    // so that none of them lives on if this one is stopped
    Runtime.getRuntime().addShutdownHook(new Thread(Harness::endProcesses));
    System.exit(new CommandLine(new Harness()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    int failed = seeds == null ? 0 : run(plans());
    ReliabilityPage.write(page, new Results(results).all());
    return failed == 0 ? 0 : 1;
  }

  /** Answers how many of Wadi's runs broke the promise. */
  private int run(List<Plan> plans) throws Exception {
    String commit = commit();
    int failed = 0;
    Files.createDirectories(folder);
    Files.createDirectories(results.toAbsolutePath().getParent());
    Path served = Files.createTempDirectory(folder, "servers");
    try (Servers servers = Servers.open(served, needed(plans));
        Senders senders = new Senders()) {
      for (Plan plan : plans) {
        RunResult result = run(plan, commit, servers, senders);
        if (result.events() > 0 || plan.contender() == Contender.WADI) {
          // that a run of the control came to no end says nothing
          new Results(results).add(result);
        }
        if (!result.ok() && plan.contender() == Contender.WADI) {
          failed++;
        }
      }
    } finally {
      Folders.delete(served);
    }
    System.out.println(plans.size() + " runs, " + failed + " of wadi's broke the promise");
    return failed;
  }

  private RunResult run(Plan plan, String commit, Servers servers, Senders senders)
      throws IOException {
    Instant at = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    long began = System.nanoTime();
    Path kept = folder.resolve(plan.name());
    Verdict verdict;
    try {
      Run one = new Run(plan, kept, servers, senders);
      verdict = one.go();
      if (verdict.ok() && !keep) {
        one.deleteWhatItLeft();
      }
    } catch (Exception | AssertionError e) {
      // a run that came to no end is no proof of anything but itself
      verdict =
          new Verdict(
              0, 0, 0, 1, 0, List.of("no end: " + e.toString().lines().findFirst().orElse("")));
      Files.writeString(kept.resolve("findings.txt"), stack(e));
    }
    RunResult result =
        RunResult.of(at, commit, plan, verdict, Duration.ofNanos(System.nanoTime() - began));
    System.out.println(result.line());
    if (!verdict.ok()) {
      verdict.findings().stream().limit(5).forEach(line -> System.out.println("  " + line));
      if (plan.contender() == Contender.WADI) {
        System.out.println("  kept in " + kept + ", run again by: " + plan.again());
      }
    }
    return result;
  }

  private static void endProcesses() {
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
  }

  private static Servers.Service[] needed(List<Plan> plans) {
    return plans.stream()
        .flatMap(plan -> plan.fault().needs().stream())
        .distinct()
        .toArray(Servers.Service[]::new);
  }

  private List<Plan> plans() {
    String[] range = seeds.split("-");
    long first = Long.parseLong(range[0]);
    long last = Long.parseLong(range[range.length - 1]);
    List<Plan> plans = new ArrayList<>();
    for (long seed = first; seed <= last; seed++) {
      for (String contender : contenders) {
        List<Fault> possible = Faults.of(Contender.of(contender), faults);
        Fault fault = possible.get((int) (seed % possible.size()));
        int count = items > 0 ? items : FEWEST_ITEMS + new Random(seed).nextInt(MORE_ITEMS);
        plans.add(new Plan(Contender.of(contender), fault, seed, count));
      }
    }
    return plans;
  }

  /** What the code is that was run; with {@code -dirty} it is not what the commit says. */
  private static String commit() throws IOException, InterruptedException {
    Process git =
        new ProcessBuilder("git", "describe", "--always", "--dirty", "--abbrev=8", "--exclude=*")
            .start();
    String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
    return git.waitFor() == 0 ? said : "unknown";
  }

  private static String stack(Throwable failure) {
    StringWriter stack = new StringWriter();
    failure.printStackTrace(new PrintWriter(stack));
    return stack.toString();
  }
}
