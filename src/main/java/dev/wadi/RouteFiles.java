package dev.wadi;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.wadi.event.SetupException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Which route files a process runs: Wadi's own, and a user's, which add routes or, where they have
 * a route of the same id, replace Wadi's.
 */
final class RouteFiles {

  /** Named one by one, since a pattern would make Camel scan the whole jar. */
  static final List<String> OWN =
      List.of(
          "10-simulate",
          "20-intake-sqs",
          "30-pipeline",
          "31-event",
          "32-dead-letter",
          "40-land",
          "50-archive-dead-letters",
          "90-http-page",
          "91-http-page-files",
          "92-http-health",
          "93-http-health-live",
          "94-http-metrics",
          "95-http-status");

  private static final YAMLMapper YAML = new YAMLMapper();

  private RouteFiles() {}

  /**
   * The locations that Camel loads, in order.
   *
   * @param folder the user's routes, or null
   * @param leftOut ids of routes of Wadi's that aren't wanted
   * @throws SetupException if the folder can't be read, or a file in it is no YAML
   */
  static List<String> locations(Path folder, List<String> leftOut) {
    Map<String, String> byRoute = new LinkedHashMap<>();
    for (String name : OWN) {
      byRoute.put(name.substring(3), "classpath:routes/" + name + ".camel.yaml");
    }
    leftOut.forEach(byRoute::remove);
    List<String> users = new ArrayList<>();
    if (folder != null) {
      for (Path file : yamlFiles(folder)) {
        routeIds(file).forEach(byRoute::remove);
        users.add("file:" + file.toAbsolutePath());
      }
    }
    List<String> locations = new ArrayList<>(byRoute.values());
    locations.addAll(users);
    return locations;
  }

  private static List<Path> yamlFiles(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new SetupException("--routes " + folder + " is no folder: name one that holds *.yaml");
    }
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> yaml =
          files.filter(file -> file.toString().matches(".*\\.ya?ml")).sorted().toList();
      if (yaml.isEmpty()) {
        throw new SetupException("--routes " + folder + " holds no *.yaml file");
      }
      return yaml;
    } catch (IOException e) {
      throw new SetupException("can't read --routes " + folder + ": " + e, e);
    }
  }

  private static List<String> routeIds(Path file) {
    List<String> ids = new ArrayList<>();
    try (InputStream content = Files.newInputStream(file)) {
      for (JsonNode element : YAML.readTree(content)) {
        JsonNode id = element.path("route").path("id");
        if (id.isTextual()) {
          ids.add(id.asText());
        }
      }
      return ids;
    } catch (JacksonException e) {
      throw new SetupException(
          file
              + " is no YAML, line "
              + (e.getLocation() == null ? "?" : e.getLocation().getLineNr())
              + ": "
              + e.getOriginalMessage(),
          e);
    } catch (IOException e) {
      throw new SetupException("can't read " + file + ": " + e, e);
    }
  }
}
