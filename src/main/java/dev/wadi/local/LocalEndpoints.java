package dev.wadi.local;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Properties;
import java.util.Set;

/**
 * Where a running Wadi's queue and store answer and what opens them, in a file that only its owner
 * reads: other commands and the {@code aws} command line find them there.
 *
 * @param queue the queue's endpoint
 * @param store the store's endpoint
 * @param region what both call their region
 */
public record LocalEndpoints(URI queue, URI store, String region, Credentials credentials) {

  /** Writes the file, whole or not at all. */
  public void write(Path file) throws IOException {
    Properties properties = new Properties();
    properties.setProperty("queue.endpoint", queue.toString());
    properties.setProperty("store.endpoint", store.toString());
    properties.setProperty("region", region);
    properties.setProperty("access.key", credentials.accessKey());
    properties.setProperty("secret.key", credentials.secretKey());
    StringWriter text = new StringWriter();
    properties.store(text, null);
    write(file, text.toString());
  }

  /**
   * Writes a file that a shell reads with {@code .}, so that the {@code aws} command line talks to
   * this Wadi; {@code $QUEUE_URL} is the queue's.
   */
  public void writeShell(Path file, String queueUrl) throws IOException {
    write(
        file,
        """
        export AWS_ENDPOINT_URL_SQS=%s
        export AWS_ENDPOINT_URL_S3=%s
        export AWS_DEFAULT_REGION=%s
        export AWS_ACCESS_KEY_ID=%s
        export AWS_SECRET_ACCESS_KEY=%s
        export QUEUE_URL=%s
        """
            .formatted(
                queue, store, region, credentials.accessKey(), credentials.secretKey(), queueUrl));
  }

  /** Reads what {@link #write} wrote. */
  public static LocalEndpoints read(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    }
    return new LocalEndpoints(
        URI.create(value(properties, "queue.endpoint", file)),
        URI.create(value(properties, "store.endpoint", file)),
        value(properties, "region", file),
        new Credentials(
            value(properties, "access.key", file), value(properties, "secret.key", file)));
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    // a temporary file is its owner's alone from the moment it exists
    Path written = Files.createTempFile(file.toAbsolutePath().getParent(), "endpoints", null);
    Files.writeString(written, text);
    if (Files.getFileStore(written).supportsFileAttributeView("posix")) {
      Files.setPosixFilePermissions(
          written, Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));
    }
    Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static String value(Properties properties, String name, Path file) throws IOException {
    String value = properties.getProperty(name);
    if (value == null) {
      throw new IOException(file + " has no " + name);
    }
    return value;
  }
}
