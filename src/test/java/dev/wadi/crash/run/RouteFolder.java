package dev.wadi.crash.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A user's folder with a copy of the route {@code event}, which is changed while Wadi runs. */
final class RouteFolder {

  private static final String FILE = "31-event.camel.yaml";
  private static final String DECODE = "        - process:\n            id: event-decode\n";

  private final Path folder;

  RouteFolder(Path folder) {
    this.folder = folder;
  }

  /** Writes a version of the route that tells of itself by each event. */
  void write(int version) throws IOException {
    String tell =
        "        - log:\n            id: event-tell\n            loggingLevel: WARN\n"
            + "            message: event version "
            + version
            + "\n";
    try (InputStream route = RouteFolder.class.getResourceAsStream("/routes/" + FILE)) {
      String own = new String(route.readAllBytes(), StandardCharsets.UTF_8);
      Files.createDirectories(folder);
      Files.writeString(folder.resolve(FILE), own.replace(DECODE, tell + DECODE));
    }
  }

  /** Writes something that is no route. */
  void spoil(int version) throws IOException {
    String[] wrong = {"- route:\n    id: event\n   from: [", "- route: {id: event}\n", ""};
    Files.writeString(folder.resolve(FILE), wrong[version % wrong.length]);
  }

  /** Writes a version of where batches of the queue begin. */
  void writeIntake(int version) throws IOException {
    try (InputStream route =
        RouteFolder.class.getResourceAsStream("/routes/20-intake-sqs.camel.yaml")) {
      String own = new String(route.readAllBytes(), StandardCharsets.UTF_8);
      Files.writeString(
          folder.resolve("20-intake-sqs.camel.yaml"),
          own.replace("\"{{wadi.intake.max-events}}\"", Integer.toString(50 + version)));
    }
  }

  /** What has Wadi itself look for changes. */
  Map<String, String> watched() {
    return Map.of("WADI_ROUTES_RELOAD", "100ms");
  }

  /** What has Wadi take its routes from here. */
  String[] arguments() {
    return new String[] {"--routes", folder.toString()};
  }

  /** What has Camel load a file again that has changed, and leave the other routes alone. */
  Map<String, String> reloaded() {
    return Map.of(
        "CAMEL_MAIN_ROUTESRELOADENABLED", "true",
        "CAMEL_MAIN_ROUTESRELOADDIRECTORY", folder.toString(),
        "CAMEL_MAIN_ROUTESRELOADPATTERN", "*.yaml",
        "CAMEL_MAIN_ROUTESRELOADREMOVEALLROUTES", "false");
  }
}
