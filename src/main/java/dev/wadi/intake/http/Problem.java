package dev.wadi.intake.http;

import java.util.Map;
import java.util.Objects;

/**
 * Why a request is refused, as RFC 9457 has it: nothing of it was taken in.
 *
 * @param status the HTTP status
 * @param detail what is wrong and what to do, in one line
 * @param field the field or header that is wrong; null if it is none
 * @param headers what the answer needs beside it, such as {@code Retry-After}
 */
record Problem(int status, String detail, String field, Map<String, String> headers) {

  static final String MEDIA_TYPE = "application/problem+json";

  private static final Map<Integer, String> TITLES =
      Map.ofEntries(
          Map.entry(400, "Bad Request"),
          Map.entry(401, "Unauthorized"),
          Map.entry(403, "Forbidden"),
          Map.entry(405, "Method Not Allowed"),
          Map.entry(408, "Request Timeout"),
          Map.entry(411, "Length Required"),
          Map.entry(413, "Content Too Large"),
          Map.entry(415, "Unsupported Media Type"),
          Map.entry(429, "Too Many Requests"),
          Map.entry(503, "Service Unavailable"));

  Problem {
    Objects.requireNonNull(detail, "detail");
    if (!TITLES.containsKey(status)) {
      throw new IllegalArgumentException("no problem has the status " + status);
    }
  }

  static Problem of(int status, String detail) {
    return new Problem(status, detail, null, Map.of());
  }

  /** Something of the request itself is wrong. */
  static Problem of(int status, String field, String detail) {
    return new Problem(status, detail, field, Map.of());
  }

  static Problem of(int status, String detail, Map<String, String> headers) {
    return new Problem(status, detail, null, headers);
  }

  String title() {
    return TITLES.get(status);
  }
}
