package dev.wadi.cases;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/**
 * Something that comes in.
 *
 * @param line where it stands in its file
 * @param body the bytes of a message, which may be a JSON array of several events; null for a file
 * @param file events in a file; null for a body
 * @param source the name of the source that brings it
 * @param position where it stands in its source; null: made up
 * @param attempts how often the source has delivered it
 * @param headers those of its message, where it is given to a route of the user's
 */
public record Given(
    int line,
    byte[] body,
    Path file,
    String source,
    String position,
    int attempts,
    Map<String, String> headers) {

  public Given {
    Objects.requireNonNull(source, "source");
    headers = Map.copyOf(headers);
    if ((body == null) == (file == null)) {
      throw new IllegalArgumentException("it is a body or a file");
    }
  }
}
