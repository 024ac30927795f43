package dev.wadi;

import dev.wadi.event.SetupException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A pipeline that is ready to run: a folder with {@code flow.properties} and, where it needs them,
 * {@code routes}, {@code shapes} and other files that these name.
 *
 * @param name as the command line gives it
 * @param folder in the application's jar, or on disk
 */
public record Flow(String name, Path folder) {

  /** The flows that come with Wadi, in the order in which they are shown. */
  public static final List<String> SHIPPED =
      List.of("cdevents", "cdevents-files", "named-events", "bronze-to-staging", "web-sessions");

  /** The property by which a flow's routes name its folder. */
  public static final String FOLDER_PROPERTY = "flow.folder";

  private static final String PROPERTIES = "flow.properties";

  /**
   * Finds a flow.
   *
   * @param nameOrFolder a shipped one's name, or else a folder of the user's
   * @throws SetupException if there is none
   */
  public static Flow named(String nameOrFolder) {
    if (SHIPPED.contains(nameOrFolder)) {
      return new Flow(nameOrFolder, shipped(nameOrFolder));
    }
    Path folder = Path.of(nameOrFolder);
    if (Files.isRegularFile(folder.resolve(PROPERTIES))) {
      return new Flow(nameOrFolder, folder);
    }
    String why =
        Files.isDirectory(folder)
            ? "the folder " + folder + " is no flow, since it has no " + PROPERTIES
            : "there is no flow '" + nameOrFolder + "'";
    throw new SetupException(
        why + ": use one of " + String.join(", ", SHIPPED) + ", or a folder with " + PROPERTIES);
  }

  /** What it is, in one line: the first one of its README; empty if it has none. */
  public String title() {
    Path readme = folder.resolve("README.md");
    try {
      return Files.exists(readme)
          ? Files.readAllLines(readme).get(0).replaceFirst("^#+ *([\\w-]+: *)?", "")
          : "";
    } catch (IOException e) {
      throw new SetupException("can't read " + readme + ": save it as UTF-8", e);
    }
  }

  /** Its folder as Camel's components take it, to name files by in a route. */
  public String location() {
    return location(folder);
  }

  /** A file or folder as Camel takes it: in the jar by the class path, else as a file. */
  static String location(Path path) {
    return path.getFileSystem() == FileSystems.getDefault()
        ? "file:" + path.toAbsolutePath()
        : "classpath:" + path.toString().replaceFirst("^/", "");
  }

  /** Its folder of routes; null if it has none. */
  Path routes() {
    return folderOrNull("routes");
  }

  /** Its folder of shapes; null if it has none. */
  Path shapes() {
    return folderOrNull("shapes");
  }

  private Path folderOrNull(String part) {
    Path found = folder.resolve(part);
    return Files.isDirectory(found) ? found : null;
  }

  private static Path shipped(String name) {
    URL properties = Flow.class.getResource("/flows/" + name + "/" + PROPERTIES);
    if (properties == null) {
      throw new IllegalStateException("the application has no flow " + name);
    }
    try {
      return inside(properties.toURI()).getParent();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the application lies at " + properties, e);
    } catch (IOException e) {
      throw new UncheckedIOException("the application's own flow " + name, e);
    }
  }

  /** The jar stays open as long as the process lives, as it does for the class loader. */
  private static Path inside(URI resource) throws IOException {
    if (resource.getScheme().equals("jar")) {
      try {
        return FileSystems.newFileSystem(resource, Map.of()).provider().getPath(resource);
      } catch (FileSystemAlreadyExistsException opened) {
        return Path.of(resource);
      }
    }
    return Path.of(resource);
  }
}
