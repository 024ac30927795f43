package dev.wadi.intake.poll;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What is polled. */
@FunctionalInterface
public interface Api {

  /**
   * An answer.
   *
   * @param url that it is of, which a redirect may have led to
   * @param headers by names in lower case
   * @param whole false if the body was longer than may be, and this is its beginning
   */
  record Answer(
      URI url, int status, Map<String, List<String>> headers, byte[] body, boolean whole) {

    /** A header's first value. */
    Optional<String> header(String name) {
      return all(name).stream().findFirst();
    }

    /** All of a header's values. */
    List<String> all(String name) {
      return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }
  }

  /**
   * Asks for a page.
   *
   * @param etag what was there, and lastModified when it had changed; null if it isn't known
   * @throws IOException if no answer has come in time; its message has no secret in it
   * @throws InterruptedException if the process stops
   */
  Answer get(URI url, String etag, String lastModified) throws IOException, InterruptedException;
}
