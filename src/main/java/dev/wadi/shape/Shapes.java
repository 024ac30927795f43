package dev.wadi.shape;

import dev.wadi.event.SetupException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where shapes are found: a folder of the user's, if there is one, and then the class path, where
 * the shipped ones are. A file {@code <name>.yaml} is the shape of that name; one in the folder
 * replaces a shipped one.
 */
public final class Shapes {

  private static final String SHIPPED = "cdevents, json";

  private final Path folder;
  private final Map<String, String> settings;

  /**
   * @param folder with the user's shape files; null for none
   * @param settings what replaces {@code {{setting:default}}} in the files, such as {@code
   *     wadi.shape.json.id-path}; may be empty
   * @throws SetupException if the folder isn't one
   */
  public Shapes(Path folder, Map<String, String> settings) {
    if (folder != null && !Files.isDirectory(folder)) {
      throw new SetupException(
          "there is no folder of shapes " + folder + ": make it, or name another");
    }
    this.folder = folder;
    this.settings = Map.copyOf(settings);
  }

  /**
   * The shape of this name, read and checked anew.
   *
   * @throws SetupException if there is none, or something is wrong with its file
   */
  public Shape named(String name) {
    String file = name + ".yaml";
    String yaml = name.matches("[A-Za-z0-9_-]+") ? find(file) : null;
    if (yaml == null) {
      throw new SetupException("there is no shape '" + name + "': use one of " + known());
    }
    return ShapeFile.read(name, YamlValue.read(file, yaml, settings), this::catalogue);
  }

  private YamlValue catalogue(YamlValue named) {
    String file = named.text();
    String yaml = file.matches("[A-Za-z0-9._-]+") ? find(file) : null;
    if (yaml == null) {
      throw named.error("there is no catalogue '" + file + "': put it beside the shape's file");
    }
    return YamlValue.read(file, yaml, settings);
  }

  private String find(String file) {
    try {
      if (folder != null && Files.isRegularFile(folder.resolve(file))) {
        return Files.readString(folder.resolve(file));
      }
      try (InputStream shipped = Shapes.class.getResourceAsStream("/shapes/" + file)) {
        return shipped == null ? null : new String(shipped.readAllBytes(), StandardCharsets.UTF_8);
      }
    } catch (IOException e) {
      throw new SetupException("can't read " + file + " in " + folder + ": " + e.getMessage(), e);
    }
  }

  private String known() {
    if (folder == null) {
      return SHIPPED;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return Stream.concat(
              Stream.of(SHIPPED),
              files
                  .map(file -> file.getFileName().toString())
                  .filter(file -> file.endsWith(".yaml") && !file.endsWith(".catalogue.yaml"))
                  .map(file -> file.substring(0, file.length() - ".yaml".length()))
                  .sorted())
          .collect(Collectors.joining(", "));
    } catch (IOException e) {
      throw new SetupException("can't list " + folder + ": " + e.getMessage(), e);
    }
  }
}
