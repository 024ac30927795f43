package dev.wadi.ops;

import dev.wadi.event.SetupException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The value of every setting, checked. Immutable.
 *
 * <p>What stands first here wins: the command line, environment variables, the file that the
 * command line names, {@code flow-<profile>.properties} and {@code flow.properties} of the flow
 * that it names, {@code application-<profile>.properties} and {@code application.properties} in the
 * working folder, and those two of the application itself.
 */
public final class Settings {

  /** The profiles there are. */
  public static final List<String> PROFILES = List.of("local", "aws");

  private static final String MILLIS = ".millis";

  private final String profile;
  private final Map<Setting, Object> values = new EnumMap<>(Setting.class);
  private final Map<String, String> forCamel = new TreeMap<>();

  /**
   * Reads and checks the settings of this process.
   *
   * @param profile {@code local} or {@code aws}
   * @param commandLine what the command line sets, by property name
   * @param file a properties file that the command line names, or null
   * @throws SetupException for a value that is not what its setting takes, for a name that starts
   *     with {@code wadi.} and is no setting, for a file that can't be read
   */
  public static Settings load(String profile, Map<String, String> commandLine, Path file) {
    return load(profile, commandLine, file, null);
  }

  /**
   * The same for a flow.
   *
   * @param flow the flow's folder, or null
   */
  public static Settings load(
      String profile, Map<String, String> commandLine, Path file, Path flow) {
    return load(profile, commandLine, file, flow, Path.of(""), System.getenv());
  }

  /**
   * The same, but passes over what is wrong with single settings and tells it.
   *
   * @param problems takes each in turn
   * @throws SetupException for a file that can't be read
   */
  public static Settings check(
      String profile,
      Map<String, String> commandLine,
      Path file,
      Path flow,
      Consumer<SettingProblem> problems) {
    return load(profile, commandLine, file, flow, Path.of(""), System.getenv(), problems);
  }

  static Settings load(
      String profile,
      Map<String, String> commandLine,
      Path file,
      Path flow,
      Path workingFolder,
      Map<String, String> environment) {
    return load(
        profile,
        commandLine,
        file,
        flow,
        workingFolder,
        environment,
        problem -> {
          throw problem.refusal();
        });
  }

  static Settings load(
      String profile,
      Map<String, String> commandLine,
      Path file,
      Path flow,
      Path workingFolder,
      Map<String, String> environment,
      Consumer<SettingProblem> problems) {
    if (!PROFILES.contains(profile)) {
      throw new SetupException("unknown profile '" + profile + "': choose local or aws");
    }
    String common = "application.properties";
    String ofProfile = "application-" + profile + ".properties";
    List<SettingLayer> layers = new ArrayList<>();
    layers.add(SettingLayer.defaults());
    layers.add(SettingLayer.classPath(common));
    layers.add(SettingLayer.classPath(ofProfile));
    layers.add(SettingLayer.fileIfThere(workingFolder.resolve(common)));
    layers.add(SettingLayer.fileIfThere(workingFolder.resolve(ofProfile)));
    if (flow != null) {
      layers.add(SettingLayer.file(flow.resolve("flow.properties")));
      layers.add(SettingLayer.fileIfThere(flow.resolve("flow-" + profile + ".properties")));
    }
    if (file != null) {
      layers.add(SettingLayer.file(file));
    }
    layers.add(SettingLayer.environment(environment));
    layers.add(SettingLayer.commandLine(commandLine));
    LogVariables.check(environment);
    UnknownSettings.find(layers, environment, problems);
    return new Settings(profile, layers, problems);
  }

  private Settings(String profile, List<SettingLayer> layers, Consumer<SettingProblem> problems) {
    this.profile = profile;
    for (SettingLayer layer : layers) {
      forCamel.putAll(layer.values());
    }
    List<SettingLayer> strongestFirst = new ArrayList<>(layers);
    Collections.reverse(strongestFirst);
    for (Setting setting : Setting.values()) {
      for (SettingLayer layer : strongestFirst) {
        if (layer.values().containsKey(setting.property()) && set(setting, layer, problems)) {
          break;
        }
      }
    }
    if (duration(Setting.LAND_FIRST_AGE).compareTo(duration(Setting.LAND_MAX_AGE)) > 0) {
      // whoever shortens max-age alone means every commit
      set(Setting.LAND_FIRST_AGE, forCamel.get(Setting.LAND_MAX_AGE.property()));
    }
  }

  /** The profile that these settings are of. */
  public String profile() {
    return profile;
  }

  /** A setting that is a whole number. */
  public int count(Setting setting) {
    return value(setting, Integer.class);
  }

  /** A setting that is a number of 64 bits, or a size in bytes. */
  public long number(Setting setting) {
    return value(setting, Long.class);
  }

  /** A setting that is a share from 0 to 1. */
  public double ratio(Setting setting) {
    return value(setting, Double.class);
  }

  /** A setting that is a number of events a second; {@code max} is infinite. */
  public double rate(Setting setting) {
    return value(setting, Double.class);
  }

  /** A setting that is a time span. */
  public Duration duration(Setting setting) {
    return value(setting, Duration.class);
  }

  /**
   * A setting of any type as text; sizes in bytes. May be empty where its type says so, never null.
   */
  public String text(Setting setting) {
    return forCamel.get(setting.property());
  }

  /** A setting that is a list of words. */
  public List<String> list(Setting setting) {
    return List.of(text(setting).split("\\s*,\\s*"));
  }

  /**
   * Every property for Camel's placeholders: the settings, and what the user's files set beside
   * them under other names. Sizes are in bytes, since Camel knows no units for them. A time span
   * stands there a second time, in milliseconds and with {@value #MILLIS} behind its name: a
   * redelivery policy takes nothing else, and finds that out only when it is to try again. To be
   * given as <em>override</em> properties: Camel lets the environment win over all others, and it
   * has been looked at here already.
   */
  public Properties forCamel() {
    Properties properties = new Properties();
    properties.putAll(forCamel);
    values.forEach(
        (setting, value) -> {
          if (value instanceof Duration span) {
            properties.put(setting.property() + MILLIS, Long.toString(span.toMillis()));
          }
          if (setting.isSecret()) {
            properties.remove(setting.property());
          }
        });
    return properties;
  }

  /** Whether the layer has a value that can be taken. */
  private boolean set(Setting setting, SettingLayer layer, Consumer<SettingProblem> problems) {
    String text = layer.values().get(setting.property()).trim();
    if (!setting.takes(text)) {
      problems.accept(
          new SettingProblem(
              setting.property() + " is '" + text + "'",
              layer.origin().apply(setting.property()),
              "it must be " + setting.type().wanted()));
      return false;
    }
    set(setting, text);
    return true;
  }

  private void set(Setting setting, String text) {
    Object value = setting.type().read().apply(text);
    values.put(setting, value);
    forCamel.put(setting.property(), value instanceof Long ? value.toString() : text);
  }

  private <T> T value(Setting setting, Class<T> type) {
    return type.cast(values.get(setting));
  }

  /** All settings with their values, as they would stand in a file; for logs and support. */
  @Override
  public String toString() {
    List<String> lines = new ArrayList<>();
    for (String property : new TreeSet<>(forCamel.keySet())) {
      Setting.named(property)
          .ifPresent(
              setting -> lines.add(property + "=" + (setting.isSecret() ? "***" : text(setting))));
    }
    return String.join("\n", lines);
  }
}
