package dev.wadi.simulator;

import java.nio.charset.StandardCharsets;

/**
 * JSON, written from left to right into a buffer that is used again. A tree would cost more than
 * the simulation itself. Not thread-safe.
 */
final class JsonText {

  /** Members that are written into an open object. */
  interface Members {
    void write(JsonText json);
  }

  private static final String HEX = "0123456789abcdef";

  private final StringBuilder out = new StringBuilder(2048);

  JsonText clear() {
    out.setLength(0);
    return this;
  }

  JsonText open() {
    separate();
    out.append('{');
    return this;
  }

  JsonText open(String name) {
    name(name);
    out.append('{');
    return this;
  }

  JsonText close() {
    out.append('}');
    return this;
  }

  JsonText openArray(String name) {
    name(name);
    out.append('[');
    return this;
  }

  JsonText closeArray() {
    out.append(']');
    return this;
  }

  JsonText text(String name, String value) {
    name(name);
    out.append('"');
    escape(value);
    out.append('"');
    return this;
  }

  JsonText element(String value) {
    separate();
    out.append('"');
    escape(value);
    out.append('"');
    return this;
  }

  /** A value of a form that needs no escaping. */
  JsonText plain(String name, String value) {
    name(name);
    out.append('"').append(value).append('"');
    return this;
  }

  JsonText number(String name, long value) {
    name(name);
    out.append(value);
    return this;
  }

  JsonText number(String name, double value) {
    name(name);
    out.append(value);
    return this;
  }

  /** Millionths as a decimal of six digits, without an exponent. */
  JsonText millionths(String name, long value) {
    name(name);
    out.append(value / 1_000_000).append('.');
    String fraction = Long.toString(value % 1_000_000);
    out.append("0".repeat(6 - fraction.length())).append(fraction);
    return this;
  }

  JsonText flag(String name, boolean value) {
    name(name);
    out.append(value);
    return this;
  }

  JsonText members(Members members) {
    members.write(this);
    return this;
  }

  byte[] bytes() {
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Names are ours and need no escaping. */
  private void name(String name) {
    separate();
    out.append('"').append(name).append("\":");
  }

  /** A comma, unless this is the first of its object, array or text. */
  private void separate() {
    if (out.isEmpty()) {
      return;
    }
    char last = out.charAt(out.length() - 1);
    if (last != '{' && last != '[') {
      out.append(',');
    }
  }

  private void escape(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c == '\n') {
        out.append("\\n");
      } else if (c == '\t') {
        out.append("\\t");
      } else if (c < ' ') {
        out.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xF));
      } else {
        out.append(c);
      }
    }
  }
}
