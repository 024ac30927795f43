package dev.wadi.container;

import dev.wadi.process.Images;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** docker-compose.yml as Compose reads it: anchors merged, variables from {@code .env}. */
record ComposeFile(Map<String, Map<String, Object>> services, Map<String, Object> volumes) {

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)(?::-([^}]*))?}");

  @SuppressWarnings("unchecked")
  static ComposeFile read() throws IOException {
    String text = Files.readString(Path.of("docker-compose.yml"));
    Map<String, Object> file =
        new Yaml(new SafeConstructor(new LoaderOptions())).load(replaced(text));
    return new ComposeFile(
        (Map<String, Map<String, Object>>) file.get("services"),
        (Map<String, Object>) file.get("volumes"));
  }

  /** The environment of a service. */
  Map<String, String> environment(String service) {
    Map<String, String> environment = new TreeMap<>();
    if (services.get(service).get("environment") instanceof Map<?, ?> map) {
      // a variable that is blank leaves nothing behind the colon, which Compose takes as blank too
      map.forEach((name, value) -> environment.put((String) name, Objects.toString(value, "")));
    }
    return environment;
  }

  /** What a service has under a key that takes a list; empty if it hasn't. */
  List<String> list(String service, String key) {
    return services.get(service).get(key) instanceof List<?> list
        ? list.stream().map(String::valueOf).toList()
        : List.of();
  }

  private static String replaced(String text) {
    return VARIABLE.matcher(text).replaceAll(found -> Matcher.quoteReplacement(value(found)));
  }

  private static String value(MatchResult found) {
    return found.group(2) != null ? found.group(2) : Images.named(found.group(1));
  }
}
