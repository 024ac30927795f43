package dev.wadi.dashboard;

import java.util.Objects;

/**
 * What an HTTP request is answered with.
 *
 * @param status the HTTP status
 * @param contentType with its charset
 * @param body UTF-8
 */
record Reply(int status, String contentType, String body) {

  static final String JSON = "application/json; charset=utf-8";

  Reply {
    Objects.requireNonNull(contentType, "contentType");
    Objects.requireNonNull(body, "body");
  }

  static Reply ok(String contentType, String body) {
    return new Reply(200, contentType, body);
  }

  static Reply notFound() {
    return new Reply(404, "text/plain; charset=utf-8", "nothing here\n");
  }
}
