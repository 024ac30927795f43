package dev.wadi.chart;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wadi.ops.Setting;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The part of the chart's schema that says which settings there are, made from {@link Setting}. */
final class SettingsSchema {

  /** The chart's own, since probes and Service go by them. */
  private static final Set<Setting> OF_THE_CHART = Set.of(Setting.HTTP_HOST, Setting.HTTP_PORT);

  /** Those of parts that the profile aws hasn't. */
  private static final List<String> LOCAL = List.of("wadi.local.", "wadi.report.");

  private static final Pattern WHOLE = Pattern.compile("a whole number from (\\d+) to (\\d+)");
  private static final String SECRET = "a secret";
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private SettingsSchema() {}

  /** Those that may stand in the chart's values; a secret comes by a Secret. */
  static Stream<Setting> settings() {
    return Stream.of(Setting.values())
        .filter(setting -> !OF_THE_CHART.contains(setting))
        .filter(setting -> LOCAL.stream().noneMatch(setting.property()::startsWith))
        .filter(setting -> !setting.wanted().startsWith(SECRET));
  }

  /** Those that come by a Secret. The token of senders has a value of its own, http.tokenSecret. */
  static Stream<Setting> secrets() {
    return Stream.of(Setting.values())
        .filter(setting -> setting.wanted().startsWith(SECRET))
        .filter(setting -> setting != Setting.HTTP_EVENTS_TOKEN);
  }

  static ObjectNode properties() {
    ObjectNode properties = JSON.objectNode();
    settings().forEach(setting -> properties.set(setting.property(), type(setting.wanted())));
    return properties;
  }

  static ObjectNode secretProperties() {
    ObjectNode properties = JSON.objectNode();
    secrets()
        .forEach(
            setting ->
                properties.set(
                    setting.property(), JSON.objectNode().put("$ref", "#/definitions/secretKey")));
    return properties;
  }

  private static ObjectNode type(String wanted) {
    ObjectNode type = JSON.objectNode();
    Matcher whole = WHOLE.matcher(wanted);
    if (wanted.equals("one of true, false")) {
      type.putArray("enum").add("true").add("false").add(true).add(false);
    } else if (wanted.startsWith("one of ")) {
      var words = type.putArray("enum");
      List.of(wanted.substring("one of ".length()).split(", ")).forEach(words::add);
    } else if (whole.find()) {
      type.putArray("type").add("integer").add("string");
      type.put("minimum", Integer.parseInt(whole.group(1)));
      type.put("maximum", Integer.parseInt(whole.group(2)));
      type.put("pattern", "^[0-9]+$");
    } else if (wanted.startsWith("a time span")) {
      type.put("type", "string").put("pattern", "^[0-9]{1,15}(ms|s|m|h)$");
    } else if (wanted.startsWith("a size")) {
      type.putArray("type").add("string").add("integer");
      type.put("pattern", "^[0-9]{1,9}(B|KB|MB|GB)?$");
    } else {
      type.putArray("type").add("string").add("number");
    }
    return type;
  }
}
