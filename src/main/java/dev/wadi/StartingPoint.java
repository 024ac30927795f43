package dev.wadi;

import dev.wadi.event.SetupException;
import dev.wadi.ops.Settings;
import dev.wadi.shape.Shapes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Files to begin with, that hold as they are by {@code wadi check} and {@code wadi test}.
 *
 * @param kind of what
 * @param name what it is to be called
 * @param from where a source takes from, an endpoint of Camel's; null where nothing is taken
 */
public record StartingPoint(Kind kind, String name, String from) {

  private static final String TEMPLATES = "/new/";
  private static final String NAME = "NAME";
  private static final String OWN_EVENT = "/routes/31-event.camel.yaml";
  private static final String COMPONENTS = "/META-INF/services/org/apache/camel/component/";

  /** In front of it in Wadi's own route stand the steps of a user. */
  private static final String BEHIND_STEPS = "                - idempotentConsumer:\n";

  /** What there is to begin. */
  public enum Kind {
    SOURCE("routes/NAME.camel.yaml", "cases/NAME.yaml"),
    SHAPE("shapes/NAME.yaml", "cases/NAME.yaml"),
    FLOW("flow.properties", "README.md", "shapes/NAME.yaml", "cases/NAME.yaml");

    private final List<String> files;

    Kind(String... files) {
      this.files = List.of(files);
    }

    /** As the command line has it. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Takes only names that are a file's, a route's and a setting's without further ado, and that
   * none of Wadi's own has.
   *
   * @throws SetupException for others
   */
  public StartingPoint {
    if (!name.matches("[a-z][a-z0-9]*(-[a-z0-9]+)*")) {
      throw new SetupException(
          "'" + name + "' is no name for it: use lower-case letters, digits and dashes");
    }
    if (taken(kind).contains(name)) {
      throw new SetupException(
          "Wadi has a %s '%s' itself: choose another name".formatted(kind.label(), name));
    }
  }

  /**
   * Writes the files, or none.
   *
   * @param folder made if it isn't there
   * @return those that were written
   * @throws SetupException if one is there already, or can't be written
   */
  public List<Path> write(Path folder) {
    Map<Path, String> texts = texts(folder);
    for (Path file : texts.keySet()) {
      if (Files.exists(file)) {
        throw new SetupException(
            file + " is there already, and is left as it is: choose another name, or --dir");
      }
    }
    texts.forEach(StartingPoint::write);
    return List.copyOf(texts.keySet());
  }

  /** Whether what a source takes from needs a jar that isn't here. */
  public boolean lacksComponent() {
    return from != null && StartingPoint.class.getResource(COMPONENTS + scheme()) == null;
  }

  /** The component that a source takes from. */
  public String scheme() {
    return from.replaceFirst(":.*", "");
  }

  private static Set<String> taken(Kind kind) {
    return switch (kind) {
      case SOURCE ->
          RouteFiles.OWN.stream().map(file -> file.substring(3)).collect(Collectors.toSet());
      case SHAPE ->
          Set.copyOf(
              new Shapes(null, DecodeSettings.ofShapes(Settings.load("local", Map.of(), null)))
                  .names());
      case FLOW -> Set.copyOf(Flow.SHIPPED);
    };
  }

  private Map<Path, String> texts(Path folder) {
    Path root = kind == Kind.FLOW ? folder.resolve(name) : folder;
    Map<Path, String> texts = new LinkedHashMap<>();
    for (String file : kind.files) {
      texts.put(root.resolve(filled(file)), filled(read(TEMPLATES + kind.label() + "/" + file)));
    }
    if (kind == Kind.FLOW) {
      texts.put(root.resolve("routes/31-event.camel.yaml"), eventRoute());
    }
    return texts;
  }

  /** Wadi's own, with a step in its place. */
  private String eventRoute() {
    String own = read(OWN_EVENT);
    int place = own.indexOf(BEHIND_STEPS);
    if (place < 0) {
      throw new IllegalStateException(OWN_EVENT + " has no place for steps");
    }
    String step = read(TEMPLATES + kind.label() + "/step.yaml");
    return own.substring(0, place) + step + own.substring(place);
  }

  private String filled(String text) {
    String named = text.replace(NAME, name);
    return from == null ? named : named.replace("FROM", from);
  }

  private static String read(String resource) {
    try (InputStream in = StartingPoint.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the application has no " + resource);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(resource, e);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
    } catch (IOException e) {
      throw new SetupException("can't write " + file + " (" + e + "): choose another --dir", e);
    }
  }
}
