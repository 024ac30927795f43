package dev.wadi.cli;

import dev.wadi.ReadLake;
import dev.wadi.ops.Settings;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Opens the lake that a command's options name, to be read. */
final class LakeOfProfile {

  private LakeOfProfile() {}

  /**
   * @param config a properties file, or null
   * @throws dev.wadi.event.SetupException if there is no such lake
   */
  static ReadLake open(CommandSpec spec, String profile, Path config, DataOption data) {
    if (!Settings.PROFILES.contains(profile)) {
      throw new ParameterException(
          spec.commandLine(), "unknown profile '" + profile + "': choose local or aws");
    }
    return ReadLake.open(Settings.load(profile, Map.of(), config), data.folder());
  }
}
