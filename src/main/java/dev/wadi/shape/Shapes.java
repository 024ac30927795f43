package dev.wadi.shape;

import dev.wadi.event.SetupException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Where shapes are found: folders of the user's or of a flow, if there are any, and then the class
 * path, where the shipped ones are. A file {@code <name>.yaml} is the shape of that name; one in an
 * earlier folder replaces one in a later folder, and a shipped one.
 */
public final class Shapes {

  /** The names of the shapes that come with Wadi. */
  public static final List<String> SHIPPED =
      List.of("cdevents", "cloudevents", "json", "named-event", "row-change", "simulated-cdevents");

  private final List<ShapeFolder> folders;
  private final Map<String, String> settings;

  private Shapes(
      List<Path> folders, Map<String, String> settings, Consumer<SetupException> refusals) {
    this.settings = Map.copyOf(settings);
    this.folders = new ArrayList<>();
    for (Path folder : folders) {
      tell(() -> this.folders.add(new ShapeFolder(folder)), refusals);
    }
    for (ShapeFolder folder : this.folders) {
      List<String> names = tell(folder::names, refusals);
      if (names != null) {
        names.forEach(name -> tell(() -> named(name), refusals));
      }
    }
  }

  /**
   * Reads and checks every shape of the folder, so that a mistake is told before it matters.
   *
   * @param folder with the user's shape files; null for none
   * @param settings what replaces {@code {{setting:default}}} in the files, such as {@code
   *     wadi.shape.json.id-path}; may be empty
   * @throws SetupException if the folder isn't one, or something is wrong with a file in it
   */
  public Shapes(Path folder, Map<String, String> settings) {
    this(folder == null ? List.of() : List.of(folder), settings, Shapes::refuse);
  }

  /**
   * The same with several folders.
   *
   * @param folders the strongest first; may be empty
   */
  public static Shapes in(List<Path> folders, Map<String, String> settings) {
    return new Shapes(folders, settings, Shapes::refuse);
  }

  /**
   * The same, but tells what is wrong with files and goes on.
   *
   * @param refusals takes each in turn
   */
  public static Shapes check(
      List<Path> folders, Map<String, String> settings, Consumer<SetupException> refusals) {
    return new Shapes(folders, settings, refusals);
  }

  private static void refuse(SetupException refusal) {
    throw refusal;
  }

  private static <T> T tell(Supplier<T> reading, Consumer<SetupException> refusals) {
    try {
      return reading.get();
    } catch (SetupException e) {
      refusals.accept(e);
      return null;
    }
  }

  /** The names of all shapes there are, sorted. */
  public SortedSet<String> names() {
    SortedSet<String> known = new TreeSet<>(SHIPPED);
    folders.forEach(folder -> known.addAll(folder.names()));
    return known;
  }

  /**
   * The shape of this name, read and checked anew.
   *
   * @throws SetupException if there is none, or something is wrong with its file
   */
  public Shape named(String name) {
    YamlValue file = isName(name) ? read(name + ShapeFolder.EXTENSION) : null;
    if (file == null) {
      throw new SetupException("there is no shape '" + name + "'" + insteadOf(name));
    }
    return ShapeFile.read(name, file, this::catalogue);
  }

  /** Whether a shape can have this name. */
  static boolean isName(String name) {
    return name.matches("[A-Za-z0-9_-]+");
  }

  private YamlValue catalogue(YamlValue named) {
    String file = named.text();
    if (!file.matches("[A-Za-z0-9._-]+") || !file.endsWith(ShapeFolder.CATALOGUE_EXTENSION)) {
      throw named.error(
          "'"
              + file
              + "' is no catalogue's name: name a file beside this one that ends in "
              + ShapeFolder.CATALOGUE_EXTENSION);
    }
    YamlValue catalogue = read(file);
    if (catalogue == null) {
      throw named.error("there is no catalogue '" + file + "': put it beside this file");
    }
    return catalogue;
  }

  private YamlValue read(String file) {
    for (ShapeFolder folder : folders) {
      String yaml = folder.find(file);
      if (yaml != null) {
        return YamlValue.read(folder.path(file), yaml, settings);
      }
    }
    String shipped = shipped(file);
    return shipped == null ? null : YamlValue.read(file, shipped, settings);
  }

  private static String shipped(String file) {
    try (InputStream shipped = Shapes.class.getResourceAsStream("/shapes/" + file)) {
      return shipped == null ? null : new String(shipped.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the application's own file " + file, e);
    }
  }

  private String insteadOf(String name) {
    for (ShapeFolder folder : folders) {
      if (folder.otherwiseNamed().contains(name)) {
        return ": rename " + folder.path(name + ".yml") + " to " + name + ShapeFolder.EXTENSION;
      }
    }
    return ": use one of " + String.join(", ", names());
  }
}
