package dev.wadi.process;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;

/** The images of {@code .env}: those that docker-compose.yml runs, and Testcontainers too. */
public final class Images {

  private static final Properties NAMES = read();

  private Images() {}

  /**
   * @param variable such as {@code AWS_IMAGE}
   */
  public static String named(String variable) {
    String image = NAMES.getProperty(variable);
    if (image == null) {
      throw new IllegalArgumentException(".env has no " + variable);
    }
    return image;
  }

  /** The variables. */
  public static Set<String> variables() {
    return NAMES.stringPropertyNames();
  }

  private static Properties read() {
    Properties names = new Properties();
    try (Reader file = Files.newBufferedReader(Path.of(".env"))) {
      names.load(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return names;
  }
}
