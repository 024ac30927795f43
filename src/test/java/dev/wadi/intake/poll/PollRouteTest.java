package dev.wadi.intake.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonPointer;
import dev.wadi.ops.Backoff;
import dev.wadi.ops.HealthCheck;
import dev.wadi.ops.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadBucketResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** The route as it is, before a bucket that answers as a test says. */
@Tag("unit")
class PollRouteTest {

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final DefaultCamelContext camel = new DefaultCamelContext();

  /** A bucket; every put is answered with this status. */
  private static final class Bucket implements S3Client {
    private volatile int status;

    private Bucket(int status) {
      this.status = status;
    }

    @Override
    public PutObjectResponse putObject(PutObjectRequest request, RequestBody body) {
      if (status != 200) {
        throw S3Exception.builder().statusCode(status).message("answered with " + status).build();
      }
      return PutObjectResponse.builder().build();
    }

    @Override
    public HeadBucketResponse headBucket(HeadBucketRequest request) {
      return HeadBucketResponse.builder().build();
    }

    @Override
    public String serviceName() {
      return "s3";
    }

    @Override
    public void close() {
      // nothing is open
    }
  }

  private static final class Forgetful implements StateStore {
    @Override
    public Optional<byte[]> get() {
      return Optional.empty();
    }

    @Override
    public void put(byte[] state) {
      // the next process begins anew
    }
  }

  @AfterEach
  void stop() {
    camel.stop();
  }

  @Test
  void countsWhatItPuts() throws Exception {
    start(new Bucket(200));
    await().untilAsserted(() -> assertThat(objects("put")).isEqualTo(1));
    assertThat(objects("known")).isZero();
  }

  @Test
  void countsWhatTheBucketHadAndGoesOn() throws Exception {
    Poller poller = start(new Bucket(412));
    await().untilAsserted(() -> assertThat(objects("known")).isEqualTo(1));
    await().untilAsserted(() -> assertThat(poller.check().detail()).contains("last whole sweep"));
    assertThat(objects("put")).isZero();
  }

  @Test
  void isDegradedWhileTheBucketRefusesAndThenCountsAPut() throws Exception {
    Bucket bucket = new Bucket(403);
    Poller poller = start(bucket);
    await()
        .untilAsserted(
            () -> assertThat(poller.check().detail()).contains("could not be put into raw"));
    assertThat(poller.check().state()).isEqualTo(HealthCheck.State.DEGRADED);
    bucket.status = 200;
    await().untilAsserted(() -> assertThat(objects("put")).isEqualTo(1));
    await().until(() -> poller.check().state() == HealthCheck.State.UP);
    assertThat(objects("known")).isZero();
  }

  private Poller start(Bucket bucket) throws Exception {
    Poller poller =
        new Poller(
            "poll:test",
            options(),
            (url, etag, lastModified) -> page(url),
            new Forgetful(),
            new Metrics(registry, Clock.systemUTC()),
            Clock.systemUTC(),
            new Random(1));
    Properties properties = new Properties();
    properties.put("wadi.poll.tick", "10ms");
    properties.put("wadi.poll.bucket", "raw");
    properties.put("wadi.land.retry-attempts", "1");
    properties.put("wadi.land.retry-delay.millis", "1");
    camel.getPropertiesComponent().setInitialProperties(properties);
    camel.getRegistry().bind("s3Client", bucket);
    camel.getRegistry().bind("poll", new PollStep("poll:test", poller, Clock.systemUTC()));
    camel.getRegistry().bind("pollStored", new PollStoredStep(poller));
    PluginHelper.getRoutesLoader(camel)
        .loadRoutes(
            ResourceHelper.resolveMandatoryResource(
                camel, "classpath:routes/13-poll-api.camel.yaml"));
    camel.start();
    return poller;
  }

  private double objects(String outcome) {
    return registry.find("wadi.poll.objects").tag("outcome", outcome).counters().stream()
        .mapToDouble(counter -> counter.count())
        .sum();
  }

  private static Api.Answer page(URI url) {
    return new Api.Answer(
        url,
        200,
        Map.of("content-type", List.of("application/json")),
        "[{}]".getBytes(StandardCharsets.UTF_8),
        true);
  }

  private static PollOptions options() {
    return new PollOptions(
        URI.create("http://api.example/items"),
        new Paging(Paging.Scheme.NONE, "", 0, "", 0, null),
        JsonPointer.empty(),
        false,
        "",
        Duration.ZERO,
        List.of("application/json"),
        "raw",
        "poll/",
        new PollOptions.Limits(
            Duration.ofHours(1),
            1_000,
            10,
            4,
            new Backoff(Duration.ofMillis(1), Duration.ofMillis(2))));
  }
}
