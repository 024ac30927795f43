package dev.wadi;

import dev.wadi.event.SetupException;
import dev.wadi.reload.RouteFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * The route files of a user's folder or of a flow, and where in them each route stands. What Camel
 * passes over in silence is refused here: a file that is no list, a route that nobody can name.
 */
final class UserRoutes {

  private final Map<Path, Set<String>> files = new LinkedHashMap<>();
  private final Map<String, String> places = new LinkedHashMap<>();
  private final Map<Path, String> texts = new LinkedHashMap<>();
  private final String option;

  private UserRoutes(String option) {
    this.option = option;
  }

  /**
   * Reads the folder.
   *
   * @param folder null for none
   * @throws SetupException if it can't be read, or a file in it is no list of routes with ids
   */
  static UserRoutes in(Path folder) {
    return in(folder, "--routes", UserRoutes::refuse);
  }

  /**
   * What the files of the folder say now.
   *
   * @throws SetupException if it can't be read, or has no route file
   */
  static Map<Path, String> read(Path folder) {
    UserRoutes routes = new UserRoutes("--routes");
    Map<Path, String> texts = new LinkedHashMap<>();
    routes.yamlFiles(folder).forEach(file -> texts.put(file, text(file)));
    return texts;
  }

  /**
   * The routes of files that have been {@linkplain #read read}.
   *
   * @throws SetupException if one is no list of routes with ids
   */
  static UserRoutes ofTexts(Map<Path, String> texts) {
    UserRoutes routes = new UserRoutes("--routes");
    texts.forEach((file, text) -> routes.take(file, text, UserRoutes::refuse));
    return routes;
  }

  /** The routes of a flow, which may have none. */
  static UserRoutes of(Flow flow) {
    return in(flow == null ? null : flow.routes(), "--flow", UserRoutes::refuse);
  }

  /**
   * The routes that a start would run beside Wadi's: what is wrong with a file is told, and it goes
   * on without that file.
   *
   * @param folder null for none
   * @param flow null for none
   * @param refusals takes each in turn
   */
  static UserRoutes check(Path folder, Flow flow, Consumer<SetupException> refusals) {
    UserRoutes users = in(folder, "--routes", refusals);
    try {
      return users.over(in(flow == null ? null : flow.routes(), "--flow", refusals));
    } catch (SetupException e) {
      refusals.accept(e);
      return users;
    }
  }

  private static void refuse(SetupException refusal) {
    throw refusal;
  }

  private static UserRoutes in(Path folder, String option, Consumer<SetupException> refusals) {
    UserRoutes routes = new UserRoutes(option);
    try {
      for (Path file : folder == null ? List.<Path>of() : routes.yamlFiles(folder)) {
        routes.takeFrom(file, refusals);
      }
    } catch (SetupException e) {
      refusals.accept(e);
    }
    return routes;
  }

  /**
   * These routes and those of another folder that these don't replace. A file is left out if all of
   * its routes are replaced.
   *
   * @throws SetupException if only some of the routes of a file are replaced
   */
  UserRoutes over(UserRoutes others) {
    UserRoutes all = new UserRoutes(files.isEmpty() ? others.option : option);
    others.files.forEach(
        (file, ids) -> {
          List<String> replaced = ids.stream().filter(places::containsKey).toList();
          if (replaced.isEmpty()) {
            all.files.put(file, ids);
            all.texts.put(file, others.texts.get(file));
            ids.forEach(id -> all.places.put(id, others.places.get(id)));
          } else if (replaced.size() < ids.size()) {
            throw new SetupException(
                "%s replaces a route of %s, which has %s: replace all of these"
                    .formatted(places.get(replaced.get(0)), file, String.join(", ", ids)));
          }
        });
    all.files.putAll(files);
    all.places.putAll(places);
    all.texts.putAll(texts);
    return all;
  }

  /** In the order in which they are loaded. */
  List<Path> files() {
    return List.copyOf(files.keySet());
  }

  /** What each file says, in the order in which they are loaded. */
  Map<Path, String> texts() {
    return Collections.unmodifiableMap(texts);
  }

  /** What to do about a route here that can't start. */
  String remedy() {
    return "Mend the route file, or leave " + option + " out";
  }

  /** The ids of all routes. */
  Set<String> ids() {
    return Set.copyOf(places.keySet());
  }

  /** The file and line of a route, such as {@code routes/mask.yaml:1}; empty if it isn't here. */
  Optional<String> placeOf(String routeId) {
    return Optional.ofNullable(places.get(routeId));
  }

  private List<Path> yamlFiles(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new SetupException(option + " " + folder + " is no folder: name one that holds *.yaml");
    }
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> yaml = files.filter(UserRoutes::isRouteFile).sorted().toList();
      if (yaml.isEmpty()) {
        throw new SetupException(
            option + " " + folder + " holds no *.yaml file: put one there, or leave it out");
      }
      return yaml;
    } catch (IOException | UncheckedIOException e) {
      throw new SetupException("can't read " + option + " " + folder + ": " + e, e);
    }
  }

  /** What editors put beside a file while it is edited is hidden: {@code .#event.yaml}. */
  private static boolean isRouteFile(Path file) {
    return file.getFileName().toString().matches("[^.].*\\.ya?ml");
  }

  private void takeFrom(Path file, Consumer<SetupException> refusals) {
    String text;
    try {
      text = text(file);
    } catch (SetupException e) {
      refusals.accept(e);
      return;
    }
    take(file, text, refusals);
  }

  private void take(Path file, String text, Consumer<SetupException> refusals) {
    files.put(file, new LinkedHashSet<>());
    texts.put(file, text);
    try {
      parse(file, text);
    } catch (SetupException e) {
      files.remove(file);
      texts.remove(file);
      refusals.accept(e);
    }
  }

  private void parse(Path file, String text) {
    RouteFile parts = takenApart(file, text);
    if (parts.elements().isEmpty()) {
      throw new SetupException(
          file + " is no list of routes: begin each with `- route:`, or take the file away");
    }
    for (RouteFile.Element element : parts.elements()) {
      String place = file + ":" + element.line();
      if (element.kind().equals("from") || element.id() != null && element.id().isBlank()) {
        throw new SetupException(
            place
                + ": a route without an id: write `- route:` with an `id:`, by which logs and the"
                + " page can name it");
      }
      if (element.id() != null) {
        files.get(file).add(element.id());
        String other = places.put(element.id(), place);
        if (other != null) {
          throw new SetupException(
              place
                  + ": the route "
                  + element.id()
                  + " is in "
                  + other
                  + " too: give one of them another id");
        }
      }
    }
  }

  private static RouteFile takenApart(Path file, String text) {
    try {
      return RouteFile.of(Flow.location(file), false, text);
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      throw new SetupException(
          file + ":" + line + ": this is not YAML: " + e.getProblem() + ": mend it", e);
    } catch (YAMLException e) {
      throw unreadable(file, e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static SetupException unreadable(Path file, Exception failure) {
    return new SetupException(
        "can't read " + file + " (" + failure.getMessage() + "): it must be YAML in UTF-8",
        failure);
  }
}
