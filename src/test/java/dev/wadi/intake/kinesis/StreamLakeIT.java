package dev.wadi.intake.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wadi.process.Servers.Service;
import dev.wadi.process.SharedLake;
import dev.wadi.process.WadiProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes of the packaged application that read one stream into one lake: one is killed, another
 * joins, shards are split and merged.
 */
@Tag("integration")
class StreamLakeIT {

  @TempDir Path folder;
  private SharedLake lake;
  private StreamClients clients;
  private TestStream stream;
  private int sent;

  @BeforeEach
  void open() throws Exception {
    lake = new SharedLake(folder, Service.KINESIS, Service.DYNAMODB);
    URI kinesis = lake.servers().endpoint(Service.KINESIS);
    clients = TestStream.clients(kinesis);
    stream = new TestStream(clients.sending(), 4);
  }

  @AfterEach
  void close() throws IOException {
    if (lake != null) {
      clients.close();
      lake.close();
    }
  }

  @Test
  void landsEachEventOnceWhileProcessesDieAndJoinAndShardsChange() throws Exception {
    run("a");
    WadiProcess second = run("b");
    send(200);
    lake.awaitReceived(200);

    send(100);
    second.kill();
    send(100);
    run("c");
    send(100);
    stream.split(stream.open().get(0));
    send(100);
    stream.merge(stream.open().get(0), stream.open().get(1));
    send(100);

    lake.awaitReceived(sent);
    assertThat(lake.totals())
        .containsEntry("landed", (long) sent)
        .containsEntry("duplicates", 0L)
        .containsEntry("conflicts", 0L)
        .containsEntry("rejected", 0L);
  }

  private WadiProcess run(String data) throws Exception {
    Map<String, String> environment = lake.environment("dynamodb");
    environment.put("WADI_DEDUPLICATE_LEASE", "10s");
    environment.put("WADI_INTAKE_STREAM", stream.name());
    environment.put("WADI_INTAKE_QUICK_LEASES", "true");
    return lake.run(data, environment);
  }

  private void send(int events) {
    for (int n = 0; n < events; n++, sent++) {
      stream.send("key-" + sent, SharedLake.event(sent).getBytes(StandardCharsets.UTF_8));
    }
  }
}
