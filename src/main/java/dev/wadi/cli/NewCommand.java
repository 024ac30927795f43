package dev.wadi.cli;

import dev.wadi.StartingPoint;
import dev.wadi.StartingPoint.Kind;
import dev.wadi.event.SetupException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code wadi new}: files to begin with. */
@Command(
    name = "new",
    mixinStandardHelpOptions = true,
    description = {
      "Writes files to begin with, a source, a shape or a flow, with cases that hold as they are;",
      "see docs/testing-routes.md. What is there already is left as it is."
    })
public final class NewCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "source|shape|flow", description = "What to begin.")
  private String kind;

  @Parameters(index = "1", paramLabel = "NAME", description = "What it is to be called.")
  private String name;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      defaultValue = ".",
      description = "Where to (default: the working folder).")
  private Path folder;

  @Option(
      names = "--from",
      paramLabel = "URI",
      description =
          "What a source takes from, an endpoint of Camel's (default: platform-http:/hooks/NAME).")
  private String from;

  @Override
  public Integer call() {
    Kind chosen = kind();
    if (from != null && chosen != Kind.SOURCE) {
      throw new ParameterException(spec.commandLine(), "--from is for a source: leave it out");
    }
    if (from != null && !from.matches("[a-z][a-z0-9+.-]*:[^\"\\p{Cntrl}]*")) {
      throw new ParameterException(
          spec.commandLine(),
          "--from is '" + from + "': it must be an endpoint, such as timer:tick?period=60000");
    }
    StartingPoint start = startingPoint(chosen);
    List<Path> written = start.write(folder);
    PrintWriter out = spec.commandLine().getOut();
    written.forEach(file -> out.println("wrote " + file.normalize()));
    next(start).forEach(out::println);
    out.flush();
    return 0;
  }

  private Kind kind() {
    Optional<Kind> chosen =
        Arrays.stream(Kind.values()).filter(each -> each.label().equals(kind)).findFirst();
    return chosen.orElseThrow(
        () ->
            new ParameterException(
                spec.commandLine(), "'" + kind + "' is none: choose source, shape or flow"));
  }

  private StartingPoint startingPoint(Kind chosen) {
    String source = from == null ? "platform-http:/hooks/" + name : from;
    try {
      return new StartingPoint(chosen, name, chosen == Kind.SOURCE ? source : null);
    } catch (SetupException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
  }

  private List<String> next(StartingPoint start) {
    Path routes = folder.resolve("routes").normalize();
    Path shapes = folder.resolve("shapes").normalize();
    Path cases = folder.resolve("cases").resolve(name + ".yaml").normalize();
    return switch (start.kind()) {
      case SOURCE ->
          List.of(
              "next: say in routes/" + name + ".camel.yaml what an event is made of, and then",
              "  ./wadi test " + cases,
              "  ./wadi run --routes " + routes + " --shape json --rate 0",
              start.lacksComponent()
                  ? "the component "
                      + start.scheme()
                      + " is not in Wadi's jar: docs/how-to/add-a-source.md says how to put it"
                      + " beside"
                  : "docs/how-to/add-a-source.md says what such a route must keep to");
      case SHAPE ->
          List.of(
              "next: say in shapes/" + name + ".yaml where id, type and time are, and then",
              "  ./wadi test " + cases,
              "  ./wadi run --shapes " + shapes + " --shape " + name + " --rate 0");
      case FLOW -> {
        String flow = "--flow " + flowFolder();
        yield List.of(
            "next: change the shape, the step and the cases, and then",
            "  ./wadi test " + flow,
            "  ./wadi check " + flow,
            "  ./wadi run " + flow);
      }
    };
  }

  /** One that can't be taken for a name. */
  private Path flowFolder() {
    Path flow = folder.resolve(name).normalize();
    return flow.isAbsolute() || flow.getNameCount() > 1 ? flow : Path.of(".", name);
  }
}
