package dev.wadi.ops;

import dev.wadi.event.SetupException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.function.UnaryOperator;

/**
 * One place that settings come from.
 *
 * @param values by property name
 * @param origin where a property of it stands, as a person would look for it
 */
record SettingLayer(Map<String, String> values, UnaryOperator<String> origin) {

  static SettingLayer defaults() {
    Map<String, String> values = new HashMap<>();
    for (Setting setting : Setting.values()) {
      values.put(setting.property(), setting.defaultValue());
    }
    return new SettingLayer(values, property -> "its default");
  }

  static SettingLayer commandLine(Map<String, String> values) {
    return new SettingLayer(Map.copyOf(values), property -> "the command line");
  }

  static SettingLayer environment(Map<String, String> environment) {
    Map<String, String> values = new HashMap<>();
    for (Setting setting : Setting.values()) {
      String value = environment.get(setting.environmentVariable());
      if (value != null) {
        values.put(setting.property(), value);
      }
    }
    return new SettingLayer(
        values,
        property ->
            "environment variable "
                + Setting.named(property).map(Setting::environmentVariable).orElse(property));
  }

  /** A properties file of the application's own; empty if it has none of this name. */
  static SettingLayer classPath(String name) {
    try (InputStream in = SettingLayer.class.getResourceAsStream("/" + name)) {
      return in == null
          ? new SettingLayer(Map.of(), property -> name)
          : parse(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }

  /** A properties file of the user's; empty if it isn't there. */
  static SettingLayer fileIfThere(Path file) {
    return Files.exists(file) ? file(file) : new SettingLayer(Map.of(), property -> file + "");
  }

  /** A properties file that must be there. */
  static SettingLayer file(Path file) {
    try {
      return parse(file.toString(), Files.readString(file));
    } catch (IOException e) {
      throw new SetupException(
          "can't read the configuration file " + file + ": name one that is UTF-8 text", e);
    }
  }

  private static SettingLayer parse(String name, String text) {
    Properties properties = new Properties();
    try (Reader reader = new StringReader(text)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new SetupException(name + " is no properties file: " + e.getMessage(), e);
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (String property : properties.stringPropertyNames()) {
      values.put(property, properties.getProperty(property).trim());
    }
    return new SettingLayer(values, property -> name + lineOf(property, text));
  }

  /** The last line that sets the property, since the last one counts. */
  private static String lineOf(String property, String text) {
    String[] lines = text.split("\\R", -1);
    for (int i = lines.length - 1; i >= 0; i--) {
      String line = lines[i].strip();
      if (line.startsWith(property)
          && line.substring(property.length()).matches("(\\s*[=:\\s].*)?")) {
        return ":" + (i + 1);
      }
    }
    return "";
  }
}
