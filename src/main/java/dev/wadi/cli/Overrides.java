package dev.wadi.cli;

import dev.wadi.ops.Setting;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The settings that options of a command line set. */
final class Overrides {

  private final CommandSpec spec;
  private final Map<String, String> values = new TreeMap<>();

  Overrides(CommandSpec spec) {
    this.spec = spec;
  }

  /**
   * Takes an option's value; null where it wasn't given.
   *
   * @throws ParameterException if the setting doesn't take it: that is wrong usage here, while in a
   *     file it is a failure
   */
  Overrides with(Setting setting, String option, String value) {
    if (value == null) {
      return this;
    }
    if (!setting.takes(value)) {
      throw new ParameterException(
          spec.commandLine(), option + " is '" + value + "': it must be " + setting.wanted());
    }
    values.put(setting.property(), value);
    return this;
  }

  /** Takes what no setting is, for the placeholders of routes; null for nothing. */
  Overrides with(String property, String value) {
    if (value != null) {
      values.put(property, value);
    }
    return this;
  }

  /** The values by the settings' names. */
  Map<String, String> map() {
    return Map.copyOf(values);
  }
}
