package dev.wadi;

import dev.wadi.event.SetupException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * The route files of a user's folder, and where in them each route stands. What Camel passes over
 * in silence is refused here: a file that is no list, a route that nobody can name.
 */
final class UserRoutes {

  private final List<Path> files = new ArrayList<>();
  private final Map<String, String> places = new LinkedHashMap<>();

  private UserRoutes() {}

  /**
   * Reads the folder.
   *
   * @param folder null for none
   * @throws SetupException if it can't be read, or a file in it is no list of routes with ids
   */
  static UserRoutes in(Path folder) {
    return in(
        folder,
        refusal -> {
          throw refusal;
        });
  }

  /**
   * The same, but tells what is wrong with a file and goes on without it.
   *
   * @param refusals takes each in turn
   */
  static UserRoutes in(Path folder, Consumer<SetupException> refusals) {
    UserRoutes routes = new UserRoutes();
    try {
      for (Path file : folder == null ? List.<Path>of() : yamlFiles(folder)) {
        routes.take(file, refusals);
      }
    } catch (SetupException e) {
      refusals.accept(e);
    }
    return routes;
  }

  /** In the order of their names. */
  List<Path> files() {
    return List.copyOf(files);
  }

  /** The ids of all routes. */
  Set<String> ids() {
    return Set.copyOf(places.keySet());
  }

  /** The file and line of a route, such as {@code routes/mask.yaml:1}; empty if it isn't here. */
  Optional<String> placeOf(String routeId) {
    return Optional.ofNullable(places.get(routeId));
  }

  private static List<Path> yamlFiles(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new SetupException("--routes " + folder + " is no folder: name one that holds *.yaml");
    }
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> yaml =
          files.filter(file -> file.toString().matches(".*\\.ya?ml")).sorted().toList();
      if (yaml.isEmpty()) {
        throw new SetupException(
            "--routes " + folder + " holds no *.yaml file: put one there, or leave --routes out");
      }
      return yaml;
    } catch (IOException e) {
      throw new SetupException("can't read --routes " + folder + ": " + e, e);
    }
  }

  private void take(Path file, Consumer<SetupException> refusals) {
    try {
      read(file);
      files.add(file);
    } catch (SetupException e) {
      refusals.accept(e);
    }
  }

  private void read(Path file) {
    if (!(compose(file) instanceof SequenceNode list) || list.getValue().isEmpty()) {
      throw new SetupException(
          file + " is no list of routes: begin each with `- route:`, or take the file away");
    }
    for (Node element : list.getValue()) {
      if (member(element, "from") != null) {
        throw withoutId(file, element);
      }
      Node route = member(element, "route");
      if (route != null) {
        if (!(member(route, "id") instanceof ScalarNode id) || id.getValue().isBlank()) {
          throw withoutId(file, element);
        }
        String place = place(file, element);
        String other = places.put(id.getValue(), place);
        if (other != null) {
          throw new SetupException(
              place
                  + ": the route "
                  + id.getValue()
                  + " is in "
                  + other
                  + " too: give one of them another id");
        }
      }
    }
  }

  private static Node compose(Path file) {
    try (Reader content = Files.newBufferedReader(file)) {
      return new Yaml(new SafeConstructor(new LoaderOptions())).compose(content);
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      throw new SetupException(
          file + ":" + line + ": this is not YAML: " + e.getProblem() + ": mend it", e);
    } catch (YAMLException | IOException e) {
      throw new SetupException(
          "can't read " + file + " (" + e.getMessage() + "): it must be YAML in UTF-8", e);
    }
  }

  private static SetupException withoutId(Path file, Node route) {
    return new SetupException(
        place(file, route)
            + ": a route without an id: write `- route:` with an `id:`, by which logs and"
            + " the page can name it");
  }

  private static String place(Path file, Node node) {
    return file + ":" + (node.getStartMark().getLine() + 1);
  }

  private static Node member(Node node, String name) {
    if (node instanceof MappingNode mapping) {
      for (NodeTuple tuple : mapping.getValue()) {
        if (tuple.getKeyNode() instanceof ScalarNode key && key.getValue().equals(name)) {
          return tuple.getValueNode();
        }
      }
    }
    return null;
  }
}
