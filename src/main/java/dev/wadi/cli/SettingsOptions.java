package dev.wadi.cli;

import dev.wadi.ops.Settings;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options {@code --profile} and {@code --config}, for every command that goes by settings. */
public final class SettingsOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  private String profile;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "A properties file; see docs/configuration.md.")
  private Path config;

  /**
   * Takes {@code --profile}.
   *
   * @throws ParameterException if there is no such profile
   */
  @Option(
      names = "--profile",
      paramLabel = "local|aws",
      defaultValue = "local",
      description = "Where queues and lake are: on this machine, or on AWS (default: local).")
  public void setProfile(String profile) {
    if (!Settings.PROFILES.contains(profile)) {
      throw new ParameterException(
          command.commandLine(),
          "unknown profile '" + profile + "': choose " + String.join(" or ", Settings.PROFILES));
    }
    this.profile = profile;
  }

  /** One of {@link Settings#PROFILES}. */
  public String profile() {
    return profile;
  }

  /** A properties file, which need not be there; null if none is named. */
  public Path config() {
    return config;
  }

  /** The settings by both. */
  public Settings load() {
    return load(Map.of());
  }

  /**
   * The settings by both.
   *
   * @param overrides what other options set, by the settings' names
   */
  public Settings load(Map<String, String> overrides) {
    return Settings.load(profile, overrides, config);
  }

  /**
   * The settings by both, and by a flow's own file.
   *
   * @param overrides what other options set, by the settings' names
   * @param flow the flow's folder; null for none
   */
  public Settings load(Map<String, String> overrides, Path flow) {
    return Settings.load(profile, overrides, config, flow);
  }
}
