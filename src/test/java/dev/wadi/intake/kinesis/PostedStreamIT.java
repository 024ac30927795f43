package dev.wadi.intake.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wadi.process.Servers.Service;
import dev.wadi.process.SharedLake;
import dev.wadi.process.WadiProcess;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events that are posted, and go to a stream before they land. */
@Tag("integration")
class PostedStreamIT {

  @TempDir Path folder;

  @Test
  void landsEachOnce() throws Exception {
    try (SharedLake lake = new SharedLake(folder, Service.KINESIS, Service.DYNAMODB);
        StreamClients clients = TestStream.clients(lake.servers().endpoint(Service.KINESIS))) {
      TestStream stream = new TestStream(clients.sending(), 2);
      Map<String, String> environment = lake.environment("dynamodb");
      environment.put("WADI_INTAKE_STREAM", stream.name());
      environment.put("WADI_INTAKE_QUICK_LEASES", "true");
      environment.put("WADI_HTTP_EVENTS_TO", "stream");
      // with a unit, which only the settings understand
      environment.put("WADI_HTTP_EVENTS_MAX_BODY", "32MB");
      WadiProcess wadi = lake.run("a", environment);

      String several = "[" + SharedLake.event(1) + "," + SharedLake.event(2) + "]";
      assertThat(post(wadi, several)).isEqualTo(202);
      assertThat(post(wadi, several)).as("sent again").isEqualTo(202);
      assertThat(post(wadi, SharedLake.event(3))).isEqualTo(202);
      assertThat(post(wadi, "[" + SharedLake.event(4) + ",7]")).isEqualTo(400);
      lake.awaitReceived(5);
      assertThat(lake.totals()).containsEntry("landed", 3L).containsEntry("duplicates", 2L);
    }
  }

  private static int post(WadiProcess wadi, String body) throws Exception {
    URI events =
        wadi.errors().stream()
            .filter(line -> line.startsWith("ready at "))
            .map(line -> URI.create(line.split(" ")[2]).resolve("/events"))
            .findFirst()
            .orElseThrow();
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(events)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}
