package dev.wadi.intake.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads a CloudEvent whose attributes are headers, and whose data is the body. */
final class BinaryEvent {

  private static final String PREFIX = "ce-";

  /** Headers that would stand where the body does. */
  private static final Set<String> NO_ATTRIBUTES = Set.of("data", "data_base64", "datacontenttype");

  private static final JsonFactory JSON = new JsonFactory();

  private BinaryEvent() {}

  /** Whether a request is one, or tries to be. */
  static boolean isMeant(Map<String, String> headers) {
    return headers.containsKey("ce-specversion")
        || headers.containsKey("ce-id")
        || headers.containsKey("ce-type")
        || headers.containsKey("ce-source");
  }

  /**
   * @param headers by their names, whatever case these have
   */
  static Read read(Map<String, String> headers, MediaType type, byte[] body, Envelope envelope) {
    Map<String, String> attributes = attributes(headers);
    Attributes.Fault fault = Attributes.check(attributes);
    if (fault != null) {
      String header = PREFIX + fault.attribute();
      return Read.noCloudEvent(body, header, "the header " + header + " " + fault.detail());
    }
    boolean json = type.isNone() || type.isJson();
    if (envelope == Envelope.KEEP && !json) {
      return Read.event(structured(attributes, type, body, false));
    }
    if (envelope == Envelope.KEEP && body.length == 0) {
      return Read.event(structured(attributes, MediaType.NONE, body, false));
    }
    try {
      String wrong = JsonObject.fault(body);
      if (envelope == Envelope.KEEP) {
        return Read.event(structured(attributes, type, body, true));
      }
      return wrong == null
          ? Read.event(body)
          : Read.noCloudEvent(body, "data", "the body " + wrong);
    } catch (IOException e) {
      return Read.noCloudEvent(body, "data", OneLine.of("the body", e));
    }
  }

  private static Map<String, String> attributes(Map<String, String> headers) {
    Map<String, String> attributes = new TreeMap<>();
    headers.forEach(
        (name, value) -> {
          String attribute = name.toLowerCase(Locale.ROOT);
          if (attribute.startsWith(PREFIX)) {
            attributes.put(attribute.substring(PREFIX.length()), decoded(value));
          }
        });
    attributes.keySet().removeAll(NO_ATTRIBUTES);
    return attributes;
  }

  /** Header values are percent-encoded where they aren't ASCII. */
  private static String decoded(String value) {
    if (value.indexOf('%') < 0) {
      return value;
    }
    try {
      return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return value;
    }
  }

  private static byte[] structured(
      Map<String, String> attributes, MediaType type, byte[] body, boolean json) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.length + 512);
    try (JsonGenerator event = JSON.createGenerator(bytes)) {
      event.writeStartObject();
      for (Map.Entry<String, String> attribute : attributes.entrySet()) {
        event.writeStringField(attribute.getKey(), attribute.getValue());
      }
      if (!type.isNone()) {
        event.writeStringField("datacontenttype", type.text());
      }
      if (json) {
        event.writeFieldName("data");
        event.writeRawValue(new String(body, StandardCharsets.UTF_8));
      } else if (type.isText()) {
        event.writeStringField("data", new String(body, StandardCharsets.UTF_8));
      } else if (body.length > 0) {
        event.writeStringField("data_base64", Base64.getEncoder().encodeToString(body));
      }
      event.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("an array takes whatever is written", e);
    }
    return bytes.toByteArray();
  }
}
