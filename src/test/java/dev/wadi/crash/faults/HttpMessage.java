package dev.wadi.crash.faults;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A request or an answer of HTTP/1.1, with its whole body.
 *
 * @param start the first line
 * @param headers the other lines of its head, as they came
 */
record HttpMessage(String start, List<String> headers, byte[] body) {

  private static final String LENGTH = "content-length";
  private static final String CODING = "transfer-encoding";

  HttpMessage {
    headers = List.copyOf(headers);
  }

  /** Makes an answer. */
  static HttpMessage answer(int status, String contentType, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return new HttpMessage(
        "HTTP/1.1 " + status + " Fault",
        List.of("Content-Type: " + contentType, "Content-Length: " + bytes.length),
        bytes);
  }

  /**
   * Reads a request.
   *
   * @param client told to send the body, if it waits for that
   * @return null at the end of the connection
   */
  static HttpMessage request(InputStream in, OutputStream client) throws IOException {
    String start = line(in);
    if (start.isEmpty()) {
      return null;
    }
    HttpMessage head = new HttpMessage(start, headers(in), new byte[0]);
    if (head.header("expect") != null) {
      client.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      client.flush();
    }
    boolean empty = head.header(LENGTH) == null && head.header(CODING) == null;
    return empty ? head : head.without("expect").withBody(in);
  }

  /** Reads the answer to a request. */
  static HttpMessage answerTo(HttpMessage request, InputStream in) throws IOException {
    while (true) {
      String start = line(in);
      if (start.isEmpty()) {
        throw new EOFException("no answer");
      }
      HttpMessage head = new HttpMessage(start, headers(in), new byte[0]);
      String status = start.split(" ")[1];
      if (status.startsWith("1")) {
        continue;
      }
      boolean empty =
          request.start.startsWith("HEAD ") || status.equals("204") || status.equals("304");
      return empty ? head : head.withBody(in);
    }
  }

  /** The value of a header, or null. */
  String header(String name) {
    for (String header : headers) {
      int colon = header.indexOf(':');
      if (colon == name.length() && header.substring(0, colon).equalsIgnoreCase(name)) {
        return header.substring(colon + 1).trim();
      }
    }
    return null;
  }

  /** The same without a header. */
  HttpMessage without(String name) {
    return new HttpMessage(start, headersBut(name), body);
  }

  /** The same with another header, at its end. */
  HttpMessage with(String name, String value) {
    List<String> more = new ArrayList<>(headersBut(name));
    more.add(name + ": " + value);
    return new HttpMessage(start, more, body);
  }

  /** Whether a text stands in its first line or its body. */
  boolean mentions(String text) {
    return start.contains(text) || new String(body, StandardCharsets.ISO_8859_1).contains(text);
  }

  void write(OutputStream to) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes((start + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    for (String header : headers) {
      bytes.writeBytes((header + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }
    bytes.writeBytes("\r\n".getBytes(StandardCharsets.ISO_8859_1));
    bytes.writeBytes(body);
    to.write(bytes.toByteArray());
    to.flush();
  }

  private List<String> headersBut(String name) {
    String prefix = name.toLowerCase(Locale.ROOT) + ":";
    return headers.stream()
        .filter(header -> !header.toLowerCase(Locale.ROOT).startsWith(prefix))
        .toList();
  }

  private HttpMessage withBody(InputStream in) throws IOException {
    if ("chunked".equalsIgnoreCase(header(CODING))) {
      byte[] content = chunks(in);
      return new HttpMessage(start, headersBut(CODING), content)
          .with("Content-Length", Integer.toString(content.length));
    }
    String length = header(LENGTH);
    if (length == null) {
      byte[] content = in.readAllBytes();
      return new HttpMessage(start, headers, content)
          .with("Content-Length", Integer.toString(content.length));
    }
    return new HttpMessage(start, headers, exactly(in, Integer.parseInt(length)));
  }

  private static byte[] chunks(InputStream in) throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    while (true) {
      int size = Integer.parseInt(line(in).replaceFirst(";.*", "").trim(), 16);
      if (size == 0) {
        headers(in);
        return content.toByteArray();
      }
      content.writeBytes(exactly(in, size));
      line(in);
    }
  }

  private static byte[] exactly(InputStream in, int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the body ends after " + bytes.length + " of " + length + " bytes");
    }
    return bytes;
  }

  private static List<String> headers(InputStream in) throws IOException {
    List<String> headers = new ArrayList<>();
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      headers.add(header);
    }
    return headers;
  }

  /** Empty at the end of the stream too. */
  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      if (b != '\r') {
        line.write(b);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }
}
