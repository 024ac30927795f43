package dev.wadi.intake.http;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** Reads a CloudEvent in its JSON format, in which attributes and data are members. */
final class StructuredEvent {

  private final JsonCursor json;
  private final Map<String, String> attributes = new HashMap<>();
  private byte[] data;
  private boolean isObject;
  private String base64;
  private String notText;
  private String tooDeep;

  private StructuredEvent(JsonCursor json) {
    this.json = json;
  }

  /**
   * Reads the value that the cursor is at, and goes to its end.
   *
   * @throws IOException if it isn't JSON
   */
  static Read read(JsonCursor json, Envelope envelope) throws IOException {
    int from = json.start();
    if (json.token() != JsonToken.START_OBJECT) {
      byte[] value = json.bytes(from, json.skip());
      return Read.noCloudEvent(value, null, "a CloudEvent must be a JSON object");
    }
    StructuredEvent event = new StructuredEvent(json);
    int to = event.members();
    return event.check(json.bytes(from, to), envelope);
  }

  /** Reads all members, and answers where the object ends. */
  private int members() throws IOException {
    while (json.next() == JsonToken.FIELD_NAME) {
      String name = json.text();
      JsonToken token = json.next();
      switch (name) {
        case "data" -> data(token);
        case "data_base64" -> base64 = json.text();
        case "specversion", "id", "source", "type", "time" -> attribute(name, token);
        default -> {}
      }
      json.skip();
      if (json.wasTooDeep()) {
        tooDeep = name;
      }
    }
    return json.skip();
  }

  private void attribute(String name, JsonToken token) throws IOException {
    if (token == JsonToken.VALUE_STRING) {
      attributes.put(name, json.text());
    } else if (token != JsonToken.VALUE_NULL) {
      notText = name;
    }
  }

  private void data(JsonToken token) throws IOException {
    if (token != JsonToken.VALUE_NULL) {
      isObject = token == JsonToken.START_OBJECT;
      int from = json.start();
      data = json.bytes(from, json.skip());
      if (json.wasTooDeep()) {
        tooDeep = "data";
      }
    }
  }

  private Read check(byte[] whole, Envelope envelope) {
    if (notText != null) {
      return Read.noCloudEvent(whole, notText, notText + " must be a string");
    }
    if (tooDeep != null) {
      return Read.noCloudEvent(whole, tooDeep, OneLine.tooDeep(tooDeep));
    }
    Attributes.Fault fault = Attributes.check(attributes);
    if (fault != null) {
      return Read.noCloudEvent(whole, fault.attribute(), fault.attribute() + " " + fault.detail());
    }
    if (envelope == Envelope.KEEP) {
      return Read.event(whole);
    }
    if (data == null && base64 != null) {
      return decoded(whole);
    }
    return data != null && isObject
        ? Read.event(data)
        : Read.noCloudEvent(whole, "data", "data " + missing());
  }

  private String missing() {
    return (data == null ? "is missing" : "is no JSON object")
        + ": the event that the CloudEvent carries is looked for there";
  }

  private Read decoded(byte[] whole) {
    try {
      byte[] event = Base64.getDecoder().decode(base64);
      return JsonObject.isOne(event)
          ? Read.event(event)
          : Read.noCloudEvent(whole, "data_base64", "data_base64 holds no JSON object");
    } catch (IllegalArgumentException e) {
      return Read.noCloudEvent(whole, "data_base64", "data_base64 is not base 64");
    }
  }
}
