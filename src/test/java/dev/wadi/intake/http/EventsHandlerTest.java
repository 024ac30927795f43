package dev.wadi.intake.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wadi.event.TransientException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
@Timeout(60)
class EventsHandlerTest {

  private static final String JSON = "application/json";

  @TempDir Path folder;
  private ServedLog served;

  @BeforeEach
  void serve() throws Exception {
    served = new ServedLog(folder.resolve("open"), "", Envelope.DATA);
  }

  @AfterEach
  void stop() {
    served.close();
  }

  @Test
  void answers202WhenTheEventIsInTheLog() throws Exception {
    HttpResponse<String> answer = served.post(JSON, "{\"a\":1}");
    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(json(answer).path("accepted").asInt()).isEqualTo(1);
    assertThat(logged(1)).isEqualTo("{\"a\":1}");
    assertThat(counted(202)).isEqualTo(1);
  }

  @Test
  void listsWhatOfABatchBecomesADeadLetter() throws Exception {
    HttpResponse<String> answer =
        served.post(
            MediaType.CLOUD_EVENTS,
            "[{\"specversion\":\"1.0\",\"id\":\"1\",\"type\":\"t\",\"data\":{}},"
                + "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/\",\"type\":\"t\",\"data\":{\"a\":1}}]");
    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(json(answer).path("accepted").asInt()).isEqualTo(1);
    assertThat(json(answer).path("rejected").asInt()).isEqualTo(1);
    assertThat(json(answer).at("/problems/0/index").asInt()).isZero();
    assertThat(json(answer).at("/problems/0/field").asText()).isEqualTo("source");
    try (LogReader reader = served.log.reader()) {
      assertThat(LogFixture.read(reader, 2))
          .anyMatch(frame -> frame.isolation() != null)
          .anyMatch(frame -> frame.isolation() == null);
    }
  }

  @Test
  void explainsARefusalAsProblemDetails() throws Exception {
    HttpResponse<String> answer = served.post(MediaType.CLOUD_EVENT, "{\"specversion\":\"1.0\"}");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(json(answer).path("status").asInt()).isEqualTo(400);
    assertThat(json(answer).path("title").asText()).isEqualTo("Bad Request");
    assertThat(json(answer).path("detail").asText()).isEqualTo("id is missing");
    assertThat(json(answer).path("field").asText()).isEqualTo("id");
    assertThat(served.log.bytes()).isZero();
  }

  @Test
  void takesPostAlone() throws Exception {
    HttpResponse<String> answer = served.send(HttpRequest.newBuilder(served.uri()).GET().build());
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).contains("POST");
  }

  @Test
  void takesNothingWithoutTheTokenAndReadsNoBody() throws Exception {
    try (ServedLog closed = new ServedLog(folder.resolve("closed"), "s3cret", Envelope.DATA)) {
      for (String shown : new String[] {"Bearer wrong", "s3cret", "Basic s3cret", "Bearer"}) {
        HttpResponse<String> answer =
            closed.post(
                BodyPublishers.ofString("{}"), "Content-Type", JSON, "Authorization", shown);
        assertThat(answer.statusCode()).as(shown).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        assertThat(answer.body()).doesNotContain("s3cret");
      }
      assertThat(
              closed
                  .post(
                      BodyPublishers.ofString("{}"),
                      "Content-Type",
                      JSON,
                      "Authorization",
                      "bearer s3cret")
                  .statusCode())
          .isEqualTo(202);
    }
  }

  @Test
  void takesGzipAndNoBomb() throws Exception {
    HttpResponse<String> answer =
        served.post(
            BodyPublishers.ofByteArray(gzip("{\"a\":1}")),
            "Content-Type",
            JSON,
            "Content-Encoding",
            "gzip");
    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(logged(1)).isEqualTo("{\"a\":1}");
    String bomb = "{\"a\":\"" + "x".repeat(50_000_000) + "\"}";
    assertThat(
            served
                .post(
                    BodyPublishers.ofByteArray(gzip(bomb)),
                    "Content-Type",
                    JSON,
                    "Content-Encoding",
                    "gzip")
                .statusCode())
        .isEqualTo(413);
    assertThat(
            served
                .post(BodyPublishers.ofString("{}"), "Content-Type", JSON, "Content-Encoding", "br")
                .statusCode())
        .isEqualTo(415);
    assertThat(
            served
                .post(
                    BodyPublishers.ofString("{}"), "Content-Type", JSON, "Content-Encoding", "gzip")
                .statusCode())
        .isEqualTo(400);
  }

  @Test
  void refusesWhatIsNestedSoDeeplyThatItWouldFillTheMemory() throws Exception {
    try (ServedLog large =
        new ServedLog(folder.resolve("large"), "", Envelope.DATA, ServedLog.MAX_BODY * 200)) {
      for (String type : new String[] {JSON, MediaType.CLOUD_EVENT, MediaType.CLOUD_EVENTS}) {
        HttpResponse<String> answer =
            large.post(
                BodyPublishers.ofByteArray(gzip("[".repeat(10 << 20))),
                "Content-Type",
                type,
                "Content-Encoding",
                "gzip");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).path("detail").asText())
            .isEqualTo("the body is nested deeper than 1000");
      }
      assertThat(large.handler.underway()).isZero();
    }
  }

  @Test
  void answersWhatEndsInAnErrorAndForgetsItsBytes() throws Exception {
    served.error = new StackOverflowError("something within");
    for (String body : new String[] {"{}", "{\"a\":\"" + "x".repeat(90_000) + "\"}"}) {
      HttpResponse<String> answer = served.post(JSON, body);
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.headers().firstValue("Retry-After")).isPresent();
      assertThat(answer.body()).doesNotContain("something within");
      assertThat(served.handler.underway()).isZero();
    }
    assertThat(counted(503)).isEqualTo(2);
  }

  @Test
  void takesABodyUpToItsBoundHoweverItIsSent() throws Exception {
    String most = "{\"a\":\"" + "x".repeat(ServedLog.MAX_BODY - 8) + "\"}";
    assertThat(served.post(JSON, most).statusCode()).isEqualTo(202);
    assertThat(served.post(JSON, most + " ").statusCode()).isEqualTo(413);
    byte[] chunked = (most + " ").getBytes(StandardCharsets.UTF_8);
    assertThat(
            served
                .post(
                    BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(chunked)),
                    "Content-Type",
                    JSON)
                .statusCode())
        .isEqualTo(413);
  }

  @Test
  void asksForALengthWhereThereIsNoBody() throws Exception {
    assertThat(raw("POST /events HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n\r\n"))
        .startsWith("HTTP/1.1 411 ");
  }

  @Test
  void refusesALargeBodyBeforeItIsSent() throws Exception {
    assertThat(
            raw(
                "POST /events HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                    + "Content-Length: 999999999999\r\n\r\n"))
        .startsWith("HTTP/1.1 413 ");
  }

  @Test
  void saysWhenToSendAgainWhatItCantTake() throws Exception {
    served.failure = new TransientException("the intake log is full", null);
    HttpResponse<String> full = served.post(JSON, "{}");
    assertThat(full.statusCode()).isEqualTo(503);
    assertThat(full.headers().firstValue("Retry-After")).isPresent();
    assertThat(full.body()).contains("the intake log is full");
    served.failure = new BusyException("more comes in than the disk can take");
    HttpResponse<String> busy = served.post(JSON, "{}");
    assertThat(busy.statusCode()).isEqualTo(429);
    assertThat(busy.headers().firstValue("Retry-After")).isPresent();
    served.failure = new IllegalStateException("something within");
    HttpResponse<String> bug = served.post(JSON, "{}");
    assertThat(bug.statusCode()).isEqualTo(503);
    assertThat(bug.body()).doesNotContain("something within");
  }

  @Test
  void takesNothingWhileTheProcessEnds() throws Exception {
    served.open = false;
    HttpResponse<String> answer = served.post(JSON, "{}");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
  }

  @Test
  void takesNothingWhoseBodyComesWhileTheProcessEnds() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", served.port())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          ("POST /events HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                  + "Content-Length: 2\r\nExpect: 100-continue\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      out.flush();
      assertThat(answer(socket)).startsWith("HTTP/1.1 100 ");

      served.open = false;
      out.write("{}".getBytes(StandardCharsets.US_ASCII));
      out.flush();

      assertThat(answer(socket)).startsWith("HTTP/1.1 503 ");
      assertThat(served.log.bytes()).isZero();
    }
  }

  private String logged(int events) throws Exception {
    try (LogReader reader = served.log.reader()) {
      return String.join("\n", LogFixture.texts(LogFixture.read(reader, events)));
    }
  }

  private long counted(int status) {
    return (long)
        served
            .metrics
            .registry()
            .get("wadi.http.requests")
            .tag("status", Integer.toString(status))
            .counter()
            .count();
  }

  /** The first line that such a request is answered with. */
  private String raw(String request) throws Exception {
    try (Socket socket = new Socket("127.0.0.1", served.port())) {
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(StandardCharsets.US_ASCII));
      out.flush();
      return answer(socket);
    }
  }

  private static String answer(Socket socket) throws Exception {
    byte[] answer = new byte[200];
    int read = socket.getInputStream().read(answer);
    return new String(answer, 0, read, StandardCharsets.US_ASCII);
  }

  private static byte[] gzip(String text) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private static JsonNode json(HttpResponse<String> answer) throws Exception {
    return new ObjectMapper().readTree(answer.body());
  }
}
