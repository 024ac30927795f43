package dev.wadi.intake.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wadi.process.Servers.Service;
import dev.wadi.process.SharedLake;
import dev.wadi.process.WadiProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The flow named-events on AWS: through a stream into a bucket. */
@Tag("integration")
class NamedEventsIT {

  @TempDir Path folder;

  @Test
  void landFromAStreamAsTheyDoFromTheQueue() throws Exception {
    try (SharedLake lake = new SharedLake(folder, Service.KINESIS, Service.DYNAMODB);
        StreamClients clients = TestStream.clients(lake.servers().endpoint(Service.KINESIS))) {
      Map<String, String> environment = lake.environment("caffeine");
      environment.remove("WADI_DECODE_SHAPE");
      environment.put("WADI_INTAKE_QUEUE", "events");
      environment.put("WADI_DEAD_LETTERS_QUEUE", "events-dlq");
      environment.put("WADI_INTAKE_STREAM", new TestStream(clients.sending(), 2).name());
      environment.put("WADI_INTAKE_QUICK_LEASES", "true");

      assertThat(run(lake, environment).log())
          .as("without a key for its hashes")
          .contains("wadi: the routes can't start", "WADI_HASH_KEY");
      environment.put("WADI_HASH_KEY", "of-this-test-and-long-enough-for-it");
      WadiProcess wadi = run(lake, environment);
      assertThat(wadi.waitFor()).as(wadi.log()).isZero();

      Map<String, Long> totals = lake.totals();
      assertThat(totals.get("duplicates")).isPositive();
      assertThat(totals.get("landed") + totals.get("duplicates") + totals.get("conflicts"))
          .as("%s", totals)
          .isGreaterThan(180);
      assertThat(keys(lake))
          .anyMatch(key -> key.startsWith("events/event_type=catalog/event_subtype=product/"))
          .anyMatch(key -> key.startsWith("duplicated/received_date="))
          .noneMatch(key -> key.startsWith("duplicates/"));
    }
  }

  private static WadiProcess run(SharedLake lake, Map<String, String> environment)
      throws Exception {
    WadiProcess wadi =
        WadiProcess.start(
            environment,
            List.of(
                    "run",
                    "--profile",
                    "aws",
                    "--flow",
                    "named-events",
                    "--events",
                    "200",
                    "--rate",
                    "100",
                    "--seed",
                    "5",
                    "--duplicates",
                    "0.1",
                    "--port",
                    "0",
                    "--data",
                    lake.data("a").toString())
                .toArray(String[]::new));
    wadi.waitFor();
    return wadi;
  }

  private static List<String> keys(SharedLake lake) {
    try (S3Client s3 = lake.servers().s3()) {
      return s3.listObjectsV2Paginator(list -> list.bucket("lake")).contents().stream()
          .map(S3Object::key)
          .toList();
    }
  }
}
