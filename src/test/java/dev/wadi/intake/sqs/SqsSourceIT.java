package dev.wadi.intake.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.wadi.event.SetupException;
import dev.wadi.intake.ParkingRoute.Parked;
import dev.wadi.ops.Metrics.Term;
import dev.wadi.process.FreePort;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The batch calls as AWS's own dialect has them, against {@code moto_server}. It is found on the
 * PATH; where it isn't, these tests are skipped.
 */
@Tag("integration")
class SqsSourceIT {

  private static final Duration LONG = Duration.ofMinutes(10);

  @TempDir static Path folder;
  private static Process server;
  private static SqsClient client;
  private TestQueue queue;

  @BeforeAll
  static void start() throws IOException {
    Optional<Path> moto = onThePath("moto_server");
    assumeThat(moto).as("moto_server on the PATH (pip install 'moto[server]')").isPresent();
    int port = FreePort.find();
    server =
        new ProcessBuilder(
                moto.orElseThrow().toString(), "-H", "127.0.0.1", "-p", Integer.toString(port))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("moto.log").toFile())
            .start();
    client = TestQueue.client(URI.create("http://127.0.0.1:" + port));
    await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptionsInstanceOf(SdkException.class)
        .until(() -> client.listQueues().queueUrls().isEmpty());
  }

  @AfterAll
  static void stop() throws InterruptedException {
    if (server != null) {
      client.close();
      List<ProcessHandle> children = server.descendants().toList();
      server.destroy();
      children.forEach(ProcessHandle::destroy);
      server.waitFor();
    }
  }

  @BeforeEach
  void makeAQueue(TestInfo test) {
    queue = new TestQueue(client, test.getTestMethod().orElseThrow().getName());
  }

  @Test
  void receivesAndDeletesInBatches() throws Exception {
    queue.sendEvents(23);
    SqsSettings settings = SourceFixture.settings(queue, 23, LONG, LONG, 4);
    try (SourceFixture fixture = new SourceFixture(client, settings).start()) {
      Parked parked = fixture.route.next();
      assertThat(parked.batch().deliveries()).hasSize(23).doesNotHaveDuplicates();
      assertThat(queue.hidden()).isEqualTo(23);
      parked.commit();
    }
    assertThat(queue.size()).isZero();
  }

  @Test
  void keepsAParkedBatchHiddenAndTriesItAgainWhenItFails() throws Exception {
    queue.sendEvents(12);
    SqsSettings settings = SourceFixture.settings(queue, 12, LONG, Duration.ofSeconds(15), 4);
    try (SourceFixture fixture = new SourceFixture(client, settings).start()) {
      Parked parked = fixture.route.next();
      await()
          .during(Duration.ofSeconds(20))
          .atMost(Duration.ofSeconds(120))
          .until(() -> queue.receive().isEmpty());
      parked.fail("the store is down");

      Parked again = fixture.route.next();
      assertThat(again.batch().records())
          .hasSize(12)
          .as("held all the time, so the queue has delivered them once")
          .allSatisfy(record -> assertThat(record.attempts()).isEqualTo(1));
      again.commit();
    }
    assertThat(queue.size()).isZero();
  }

  @Test
  void deletesWhatIsCommittedAlready() throws Exception {
    List<String> known = queue.send("{\"known\":1}");
    try (SourceFixture fixture = new SourceFixture(client, SourceFixture.settings(queue))) {
      fixture.committed.addAll(known);
      fixture.start();
      await().until(() -> fixture.total(Term.REDELIVERED) == 1);
    }
    assertThat(queue.size()).isZero();
  }

  @Test
  void saysWhichQueueIsMissing() {
    assertThatThrownBy(() -> SqsQueue.find(client, "nowhere"))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("there is no queue nowhere");
  }

  private static Optional<Path> onThePath(String program) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
