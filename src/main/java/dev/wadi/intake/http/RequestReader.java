package dev.wadi.intake.http;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Makes events of a request's headers and body. A request of one event is refused if that is none;
 * of several those that are none are told, and become dead letters. Thread-safe.
 */
final class RequestReader {

  /** So that a body of nothing but commas can't fill the memory. */
  static final int MOST_EVENTS = 50_000;

  static final String SUPPORTED =
      "send application/json, application/x-ndjson, application/cloudevents+json,"
          + " application/cloudevents-batch+json, or a CloudEvent in binary mode (ce- headers)";

  private final Envelope envelope;

  RequestReader(Envelope envelope) {
    this.envelope = envelope;
  }

  /**
   * Reads a request.
   *
   * @param headers by their names, whatever case these have
   * @param body unpacked already
   * @throws RefusedException if nothing of it can be taken in
   */
  Posted read(Map<String, String> headers, byte[] body) throws RefusedException {
    MediaType type = MediaType.of(headers.get("content-type"));
    requireKnown(headers, type);
    byte[] text = withoutMark(body);
    try {
      if (!type.isCloudEvent() && BinaryEvent.isMeant(headers)) {
        return one(BinaryEvent.read(headers, type, body, envelope));
      }
      if (type.isLines()) {
        return lines(text);
      }
      requireUtf8(text);
      return json(type, text);
    } catch (IOException e) {
      throw refused(null, OneLine.of("the body", e));
    }
  }

  private static void requireKnown(Map<String, String> headers, MediaType type)
      throws RefusedException {
    boolean binary = BinaryEvent.isMeant(headers);
    boolean known =
        type.isCloudEvent()
            ? type.name().equals(MediaType.CLOUD_EVENT)
                || type.name().equals(MediaType.CLOUD_EVENTS)
            : binary || type.isJson() || type.isLines();
    if (!known) {
      String what = type.isNone() ? "there is no Content-Type" : "this takes no " + type.name();
      throw new RefusedException(Problem.of(415, "Content-Type", what + ": " + SUPPORTED));
    }
    if (type.isForeignText()) {
      throw new RefusedException(
          Problem.of(415, "Content-Type", "JSON is in UTF-8: send it without another charset"));
    }
  }

  private Posted json(MediaType type, byte[] body) throws IOException, RefusedException {
    try (JsonCursor json = JsonCursor.ofSeveral(body)) {
      JsonToken first = json.next();
      if (first == null) {
        throw refused(null, "the body is empty");
      }
      Posted posted;
      if (type.name().equals(MediaType.CLOUD_EVENT)) {
        Read event = StructuredEvent.read(json, envelope);
        json.requireEnd();
        return one(event);
      }
      boolean cloudEvents = type.name().equals(MediaType.CLOUD_EVENTS);
      if (first == JsonToken.START_ARRAY) {
        posted = array(json, cloudEvents);
      } else if (first == JsonToken.START_OBJECT && !cloudEvents) {
        posted = one(element(json));
      } else {
        throw refused(
            null,
            cloudEvents
                ? "a batch must be a JSON array of CloudEvents"
                : "the body must be a JSON object, or an array of such");
      }
      json.requireEnd();
      return posted;
    }
  }

  private Posted array(JsonCursor json, boolean cloudEvents) throws IOException, RefusedException {
    List<Read> reads = new ArrayList<>();
    while (json.next() != JsonToken.END_ARRAY) {
      if (json.token() == null) {
        throw new IOException("the text ends too early");
      }
      requireRoom(reads);
      reads.add(cloudEvents ? StructuredEvent.read(json, envelope) : element(json));
    }
    return several(reads);
  }

  private static Read element(JsonCursor json) throws IOException {
    boolean object = json.token() == JsonToken.START_OBJECT;
    int from = json.start();
    byte[] bytes = json.bytes(from, json.skip());
    if (json.wasTooDeep()) {
      return Read.noEvent(bytes, OneLine.tooDeep("it"));
    }
    return object ? Read.event(bytes) : Read.noEvent(bytes, "it is no JSON object");
  }

  private static Posted lines(byte[] body) throws RefusedException {
    List<Read> reads = new ArrayList<>();
    int from = 0;
    while (from < body.length) {
      int to = from;
      while (to < body.length && body[to] != '\n') {
        to++;
      }
      byte[] line = Arrays.copyOfRange(body, from, to);
      if (!isBlank(line)) {
        requireRoom(reads);
        reads.add(line(line));
      }
      from = to + 1;
    }
    return several(reads);
  }

  private static Read line(byte[] line) {
    try {
      String wrong = JsonObject.fault(line);
      return wrong == null ? Read.event(line) : Read.noEvent(line, "it is no JSON object");
    } catch (IOException e) {
      return Read.noEvent(line, OneLine.of("it", e));
    }
  }

  private static Posted one(Read read) throws RefusedException {
    if (!read.isEvent()) {
      throw refused(read.field(), read.wrong());
    }
    return new Posted(List.of(read.entry()), List.of());
  }

  private static Posted several(List<Read> reads) {
    List<Entry> entries = new ArrayList<>(reads.size());
    List<Posted.Rejection> rejected = new ArrayList<>();
    for (Read read : reads) {
      if (!read.isEvent()) {
        rejected.add(new Posted.Rejection(entries.size(), read.field(), read.wrong()));
      }
      entries.add(read.entry());
    }
    return new Posted(entries, rejected);
  }

  private static void requireRoom(List<Read> reads) throws RefusedException {
    if (reads.size() == MOST_EVENTS) {
      throw new RefusedException(
          Problem.of(
              413, "a request has " + MOST_EVENTS + " events at most: send several requests"));
    }
  }

  private static void requireUtf8(byte[] body) throws RefusedException {
    boolean other = body.length > 1 && (body[0] == 0 || body[1] == 0 || (body[0] & 0xFE) == 0xFE);
    if (other) {
      throw refused(null, "JSON is in UTF-8, and the body is in another encoding");
    }
  }

  /** Some systems put a mark of three bytes before UTF-8, which JSON does not know. */
  private static byte[] withoutMark(byte[] body) {
    boolean marked =
        body.length > 2
            && (body[0] & 0xFF) == 0xEF
            && (body[1] & 0xFF) == 0xBB
            && (body[2] & 0xFF) == 0xBF;
    return marked ? Arrays.copyOfRange(body, 3, body.length) : body;
  }

  private static boolean isBlank(byte[] line) {
    for (byte b : line) {
      if (b != ' ' && b != '\t' && b != '\r') {
        return false;
      }
    }
    return true;
  }

  private static RefusedException refused(String field, String detail) {
    return new RefusedException(Problem.of(400, field, detail));
  }
}
