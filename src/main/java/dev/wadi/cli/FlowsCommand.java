package dev.wadi.cli;

import dev.wadi.Flow;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code wadi flows}: the pipelines that are ready to run. */
@Command(
    name = "flows",
    mixinStandardHelpOptions = true,
    description = "Lists the pipelines that are ready to run, by wadi run --flow NAME.")
public final class FlowsCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    for (String name : Flow.SHIPPED) {
      spec.commandLine().getOut().printf("%-18s %s%n", name, Flow.named(name).title());
    }
    spec.commandLine().getOut().flush();
    return 0;
  }
}
