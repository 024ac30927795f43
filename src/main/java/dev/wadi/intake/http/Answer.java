package dev.wadi.intake.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * What a request is answered with.
 *
 * @param body JSON
 */
record Answer(int status, String mediaType, Map<String, String> headers, String body) {

  private static final JsonFactory JSON = new JsonFactory();
  private static final Answer ONE =
      new Answer(202, "application/json", Map.of(), "{\"accepted\":1}\n");

  /** The most rejected events that an answer names; it always counts them. */
  private static final int MOST_NAMED = 100;

  private interface Members {
    void write(JsonGenerator json) throws IOException;
  }

  /** All of it is durable. */
  static Answer accepted(Posted posted) {
    if (posted.accepted() == 1 && posted.rejected().isEmpty()) {
      return ONE;
    }
    return new Answer(202, "application/json", Map.of(), json(json -> counts(json, posted)));
  }

  /** Nothing of it was taken. */
  static Answer refused(Problem problem) {
    String body =
        json(
            json -> {
              json.writeStringField("type", "about:blank");
              json.writeStringField("title", problem.title());
              json.writeNumberField("status", problem.status());
              json.writeStringField("detail", problem.detail());
              if (problem.field() != null) {
                json.writeStringField("field", problem.field());
              }
            });
    return new Answer(problem.status(), Problem.MEDIA_TYPE, problem.headers(), body);
  }

  private static void counts(JsonGenerator json, Posted posted) throws IOException {
    json.writeNumberField("accepted", posted.accepted());
    if (!posted.rejected().isEmpty()) {
      json.writeNumberField("rejected", posted.rejected().size());
      json.writeArrayFieldStart("problems");
      for (Posted.Rejection rejection :
          posted.rejected().subList(0, Math.min(MOST_NAMED, posted.rejected().size()))) {
        json.writeStartObject();
        json.writeNumberField("index", rejection.index());
        if (rejection.field() != null) {
          json.writeStringField("field", rejection.field());
        }
        json.writeStringField("detail", rejection.detail());
        json.writeEndObject();
      }
      json.writeEndArray();
    }
  }

  private static String json(Members members) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      members.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a text takes whatever is written", e);
    }
    return text.append('\n').toString();
  }
}
