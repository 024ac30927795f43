package dev.wadi.ops;

/** Writes {@code docs/configuration.md} from the declared settings. */
final class SettingsPage {

  private static final String HEAD =
      """
      # Configuration

      Made from the code (`dev.wadi.ops.Setting`); a test holds it true. To write it anew: \
      `./mvnw test -Dtest=SettingsPageTest -Dwadi.docs.update=true`.

      A setting is looked for in this order, and the first place that has it wins:

      1. the command line (`--port 9090`)
      2. an environment variable: the name in capitals, with `_` for `.` and `-` \
      (`WADI_INTAKE_MAX_EVENTS` for `wadi.intake.max-events`)
      3. the file that `--config FILE` names
      4. `application-<profile>.properties`, then `application.properties`, in the working folder
      5. the same two inside the application

      A name that starts with `wadi.` and is not listed here is an error, and so is a value that is \
      not what its setting takes. Properties with other names are handed to Camel, so that your own \
      routes can use them as `{{name}}`.

      Credentials are never settings: they come from AWS's own provider chain (environment, profile, \
      role).

      Time spans are written `500ms`, `60s`, `5m`, `1h`; sizes `4096`, `64KB`, `256MB`, `1GB`, in \
      powers of 1024.
      """;

  private static final String LOGS =
      """

      ## Logs

      Logs go to standard error, one line each. They are set up before anything else is read, so \
      only by environment variables:

      | variable | default | values |
      |---|---|---|
      | `WADI_LOG_LEVEL` | `info` | one of error, warn, info, debug, trace |
      | `WADI_LOG_FORMAT` | `text` | `text`, or `json` for one JSON object a line |
      """;

  private SettingsPage() {}

  /** The page as it must be. */
  static String markdown() {
    StringBuilder page = new StringBuilder(HEAD);
    String stage = "";
    for (Setting setting : Setting.values()) {
      if (!setting.stage().equals(stage)) {
        stage = setting.stage();
        page.append("\n## wadi.").append(stage).append("\n\n");
        page.append("| setting | default | takes | meaning |\n|---|---|---|---|\n");
      }
      page.append(row(setting));
    }
    return page.append(LOGS).toString();
  }

  private static String row(Setting setting) {
    return String.format(
        "| `%s` | %s | %s | %s |\n",
        setting.property(), defaults(setting), setting.type().wanted(), setting.description());
  }

  private static String defaults(Setting setting) {
    String local = defaultIn("local", setting);
    String aws = defaultIn("aws", setting);
    return local.equals(aws) ? code(local) : code(local) + ", aws: " + code(aws);
  }

  private static String defaultIn(String profile, Setting setting) {
    String common =
        SettingLayer.classPath("application.properties")
            .values()
            .getOrDefault(setting.property(), setting.defaultValue());
    return SettingLayer.classPath("application-" + profile + ".properties")
        .values()
        .getOrDefault(setting.property(), common);
  }

  private static String code(String value) {
    return value.isEmpty() ? "" : "`" + value + "`";
  }
}
