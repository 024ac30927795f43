package dev.wadi.supply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The bill of materials that the build has written, in CycloneDX. */
final class Bill {

  /**
   * A jar that is shipped.
   *
   * @param licences by their SPDX names where they have one; any one of them may be chosen
   */
  record Part(String group, String name, String version, List<String> licences) {

    String coordinates() {
      return group + ":" + name + ":" + version;
    }

    String jar() {
      return name + "-" + version + ".jar";
    }
  }

  private Bill() {}

  static List<Part> read() throws IOException {
    JsonNode bill = new JsonMapper().readTree(Path.of("target", "wadi.cdx.json").toFile());
    List<Part> parts = new ArrayList<>();
    for (JsonNode component : bill.path("components")) {
      parts.add(
          new Part(
              component.path("group").asText(),
              component.path("name").asText(),
              component.path("version").asText(),
              licences(component.path("licenses"))));
    }
    parts.sort(Comparator.comparing(Part::coordinates));
    return parts;
  }

  private static List<String> licences(JsonNode licences) {
    List<String> names = new ArrayList<>();
    for (JsonNode each : licences) {
      JsonNode licence = each.path("license");
      names.add(
          each.path("expression").asText(licence.path("id").asText(licence.path("name").asText())));
    }
    return List.copyOf(names);
  }
}
