package dev.wadi.intake.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.http.HttpMessageFactory;
import io.cloudevents.jackson.JsonFormat;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the CloudEvents SDK for Java, and the senders of CDEvents, send. */
@Tag("unit")
@Timeout(60)
class CloudEventsSdkTest {

  private static final String CDEVENT =
      "{\"context\":{\"version\":\"0.4.1\",\"id\":\"271069a8-fc18-44f1-b38f-9d70a1695819\","
          + "\"source\":\"/event/source/123\",\"type\":\"dev.cdevents.pipelinerun.queued.0.2.0\","
          + "\"timestamp\":\"2023-03-20T14:27:05.315384Z\"},\"subject\":{\"id\":\"mySubject123\","
          + "\"source\":\"/event/source/123\",\"type\":\"pipelineRun\",\"content\":{"
          + "\"pipelineName\":\"myPipeline\",\"url\":\"https://www.example.com/mySubject123\"}}}";

  @TempDir Path folder;
  private ServedLog served;

  @AfterEach
  void stop() {
    served.close();
  }

  @Test
  void sendsInBinaryMode() throws Exception {
    serve(Envelope.DATA);
    assertThat(sendBinary(event())).isEqualTo(202);
    assertThat(logged()).isEqualTo(CDEVENT);
  }

  @Test
  void sendsInStructuredMode() throws Exception {
    serve(Envelope.DATA);
    HttpURLConnection connection = connection();
    HttpMessageFactory.createWriter(connection::setRequestProperty, body -> send(connection, body))
        .writeStructured(event(), new JsonFormat());
    assertThat(connection.getResponseCode()).isEqualTo(202);
    assertThat(logged()).isEqualTo(CDEVENT);
  }

  @Test
  void sendsInBatchedMode() throws Exception {
    serve(Envelope.DATA);
    // the SDK writes single events; a batch is an array of them
    String one = new String(new JsonFormat().serialize(event()), StandardCharsets.UTF_8);
    assertThat(
            served
                .post(
                    BodyPublishers.ofString("[" + one + "," + one + "]"),
                    "Content-Type",
                    "application/cloudevents-batch+json")
                .statusCode())
        .isEqualTo(202);
    try (LogReader reader = served.log.reader()) {
      assertThat(LogFixture.texts(LogFixture.read(reader, 2))).containsExactly(CDEVENT, CDEVENT);
    }
  }

  @Test
  void readsWhatWasKeptAsTheSameEvent() throws Exception {
    serve(Envelope.KEEP);
    CloudEvent event =
        CloudEventBuilder.from(event())
            .withSubject("a subject")
            .withExtension("tenant", "é")
            .build();
    assertThat(sendBinary(event)).isEqualTo(202);
    CloudEvent kept = new JsonFormat().deserialize(logged().getBytes(StandardCharsets.UTF_8));
    assertThat(kept.getId()).isEqualTo(event.getId());
    assertThat(kept.getSource()).isEqualTo(event.getSource());
    assertThat(kept.getType()).isEqualTo(event.getType());
    assertThat(kept.getTime()).isEqualTo(event.getTime());
    assertThat(kept.getSubject()).isEqualTo("a subject");
    assertThat(new ObjectMapper().readTree(kept.getData().toBytes()))
        .isEqualTo(new ObjectMapper().readTree(CDEVENT));
  }

  @Test
  void takesWhatJenkinsSends() throws Exception {
    serve(Envelope.DATA);
    // its CDEvents plugin sends in binary mode by the CDEvents SDK for Java
    assertThat(
            served
                .post(
                    BodyPublishers.ofString(CDEVENT),
                    "ce-specversion",
                    "1.0",
                    "ce-id",
                    "271069a8-fc18-44f1-b38f-9d70a1695819",
                    "ce-source",
                    "http://jenkins.example/job/build/",
                    "ce-type",
                    "dev.cdevents.pipelinerun.queued.0.2.0",
                    "ce-time",
                    "2023-03-20T14:27:05.315384Z",
                    "Content-Type",
                    "application/json")
                .statusCode())
        .isEqualTo(202);
    assertThat(logged()).isEqualTo(CDEVENT);
  }

  @Test
  void takesWhatTektonSends() throws Exception {
    serve(Envelope.DATA);
    // its controllers send in binary mode by the SDK for Go, which writes header names so
    assertThat(
            served
                .post(
                    BodyPublishers.ofString(CDEVENT),
                    "Ce-Specversion",
                    "1.0",
                    "Ce-Id",
                    "77f78ae7-ff6d-4e39-9d05-b9a0b7850527",
                    "Ce-Source",
                    "/apis/tekton.dev/v1/namespaces/default/pipelineruns/curl-run-6gplk",
                    "Ce-Subject",
                    "curl-run-6gplk",
                    "Ce-Type",
                    "dev.cdevents.pipelinerun.queued.0.2.0",
                    "Ce-Time",
                    "2021-01-29T14:47:58.157819Z",
                    "Content-Type",
                    "application/json; charset=utf-8",
                    "User-Agent",
                    "Go-http-client/1.1")
                .statusCode())
        .isEqualTo(202);
    assertThat(logged()).isEqualTo(CDEVENT);
  }

  private void serve(Envelope envelope) throws Exception {
    served = new ServedLog(folder, "", envelope);
  }

  private int sendBinary(CloudEvent event) throws Exception {
    HttpURLConnection connection = connection();
    HttpMessageFactory.createWriter(connection::setRequestProperty, body -> send(connection, body))
        .writeBinary(event);
    return connection.getResponseCode();
  }

  private HttpURLConnection connection() throws Exception {
    HttpURLConnection connection = (HttpURLConnection) served.uri().toURL().openConnection();
    connection.setRequestMethod("POST");
    connection.setDoOutput(true);
    return connection;
  }

  private static void send(HttpURLConnection connection, byte[] body) {
    try {
      connection.getOutputStream().write(body);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static CloudEvent event() {
    return CloudEventBuilder.v1()
        .withId("271069a8-fc18-44f1-b38f-9d70a1695819")
        .withSource(URI.create("/event/source/123"))
        .withType("dev.cdevents.pipelinerun.queued.0.2.0")
        .withTime(OffsetDateTime.of(2023, 3, 20, 14, 27, 5, 0, ZoneOffset.UTC))
        .withDataContentType("application/json")
        .withData(CDEVENT.getBytes(StandardCharsets.UTF_8))
        .build();
  }

  private String logged() throws Exception {
    try (LogReader reader = served.log.reader()) {
      return LogFixture.texts(LogFixture.read(reader, 1)).get(0);
    }
  }
}
