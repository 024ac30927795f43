package dev.wadi;

import dev.wadi.event.SetupException;
import dev.wadi.ops.Setting;
import dev.wadi.ops.Settings;
import java.util.Locale;
import java.util.Map;

/**
 * Refuses what would have Camel's server listen elsewhere than Wadi's settings say: by these it is
 * judged who may send, and under which names.
 *
 * @param environment the process's
 * @param system the properties that Java was started with
 */
record CamelServer(Map<String, String> environment, Map<?, ?> system) {

  private static final Map<String, Setting> ADDRESS =
      Map.of(
          "camel.server.host", Setting.HTTP_HOST,
          "camel.server.port", Setting.HTTP_PORT);

  /**
   * @throws SetupException if it is to listen elsewhere
   */
  void requireAddressOf(Settings settings) {
    settings.forCamel().forEach((name, value) -> require(settings, "" + name, "" + name, value));
    system.forEach((name, value) -> require(settings, "" + name, "-D" + name, value));
    environment.forEach(
        (name, value) -> {
          // Camel passes over those of ports: Kubernetes sets them for a service of that name
          if (!name.toUpperCase(Locale.ROOT).endsWith("_PORT")) {
            require(settings, name.replace('_', '.'), "environment variable " + name, value);
          }
        });
  }

  private static void require(Settings settings, String name, String shown, Object value) {
    // as Camel reads it
    Setting ours = ADDRESS.get(name.toLowerCase(Locale.ROOT).replace("-", ""));
    if (ours != null && !isThatOf(settings, ours, String.valueOf(value).trim())) {
      throw new SetupException(
          shown
              + " is '"
              + value
              + "', but Wadi listens where "
              + ours.property()
              + " says, and judges by it who may send: take it away, and set "
              + ours.property()
              + " instead");
    }
  }

  private static boolean isThatOf(Settings settings, Setting ours, String value) {
    return value.equals(settings.text(ours)) || value.equals("{{" + ours.property() + "}}");
  }
}
