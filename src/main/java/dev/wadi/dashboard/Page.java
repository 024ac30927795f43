package dev.wadi.dashboard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The files of the page, which are loaded once. Only what is listed here is served. */
final class Page {

  private static final Map<String, String> CONTENT_TYPES =
      Map.of(
          "/", "text/html; charset=utf-8",
          "/page.css", "text/css; charset=utf-8",
          "/page.js", "text/javascript; charset=utf-8");

  private final Map<String, Reply> replies =
      Map.of("/", load("/"), "/page.css", load("/page.css"), "/page.js", load("/page.js"));

  Reply reply(String path) {
    return replies.getOrDefault(path, Reply.notFound());
  }

  private static Reply load(String path) {
    String file = "/dashboard" + (path.equals("/") ? "/page.html" : path);
    try (InputStream in = Page.class.getResourceAsStream(file)) {
      return Reply.ok(
          CONTENT_TYPES.get(path), new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(file, e);
    }
  }
}
