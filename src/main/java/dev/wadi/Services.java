package dev.wadi;

import dev.wadi.event.SetupException;
import dev.wadi.lake.LakeFolder;
import dev.wadi.local.Credentials;
import dev.wadi.local.EmbeddedQueue;
import dev.wadi.local.EmbeddedStore;
import dev.wadi.local.LocalEndpoints;
import dev.wadi.ops.Closing;
import dev.wadi.ops.Setting;
import dev.wadi.ops.Settings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.SqsClientBuilder;

/**
 * The clients of the queue and the object store, and in the local profile the embedded servers that
 * they talk to.
 */
final class Services implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Services.class);

  /** More than all receivers, extenders and putters use at a time. */
  private static final int MAX_CONNECTIONS = 128;

  /** Longer than SQS's longest poll of 20 s. */
  private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(40);

  private final SqsClient sqs;
  private final S3Client s3;
  private final Closing closing;

  private Services(SqsClient sqs, S3Client s3, Closing closing) {
    this.sqs = sqs;
    this.s3 = s3;
    this.closing = closing;
  }

  /**
   * Starts what the profile embeds, and makes the clients.
   *
   * @throws SetupException if a port is taken or a file can't be used
   */
  static Services open(Settings settings, DataFolder data) {
    return settings.profile().equals("local") ? local(settings, data) : aws(settings);
  }

  /** Clients that are there already; closed with this. */
  static Services of(SqsClient sqs, S3Client s3) {
    Closing closing = new Closing();
    closing.opened(sqs);
    closing.opened(s3);
    return new Services(sqs, s3, closing);
  }

  /**
   * The clients of the servers that the {@code wadi run} of a data folder has started, or of AWS.
   *
   * @throws SetupException if nothing has been started there
   */
  static Services running(Settings settings, Path data) {
    if (!settings.profile().equals("local")) {
      return aws(settings);
    }
    try {
      LocalEndpoints endpoints =
          LocalEndpoints.read(data.resolve(".wadi").resolve("endpoints.properties"));
      Credentials credentials = endpoints.credentials();
      return clients(
          Region.of(endpoints.region()),
          StaticCredentialsProvider.create(
              AwsBasicCredentials.create(credentials.accessKey(), credentials.secretKey())),
          endpoints.queue(),
          endpoints.store(),
          new Closing());
    } catch (IOException e) {
      throw new SetupException(
          "no queue answers for the data folder "
              + data
              + ", since no `wadi run` has been started there: start `wadi run --data "
              + data
              + "` and try again",
          e);
    }
  }

  private static Services local(Settings settings, DataFolder data) {
    Closing closing = new Closing();
    Credentials credentials = Credentials.random(new SecureRandom());
    String bucket = settings.text(Setting.LAND_BUCKET);
    requireOneLake(data, bucket);
    CompletableFuture<EmbeddedStore> starting =
        CompletableFuture.supplyAsync(
            () ->
                EmbeddedStore.open(
                    data.root(),
                    List.of(bucket, Drops.BUCKET),
                    settings.count(Setting.LOCAL_STORE_PORT),
                    credentials));
    try {
      EmbeddedQueue queue =
          EmbeddedQueue.open(
              data.state("queue.sqlite"),
              settings.count(Setting.LOCAL_QUEUE_PORT),
              queues(settings),
              () -> halt(data));
      closing.opened(queue);
      EmbeddedStore store = starting.join();
      closing.opened(store);
      LocalEndpoints endpoints =
          new LocalEndpoints(queue.endpoint(), store.endpoint(), EmbeddedQueue.REGION, credentials);
      endpoints.write(data.state("endpoints.properties"));
      Services services =
          clients(
              Region.of(EmbeddedQueue.REGION),
              StaticCredentialsProvider.create(
                  AwsBasicCredentials.create(credentials.accessKey(), credentials.secretKey())),
              queue.endpoint(),
              store.endpoint(),
              closing);
      String events = settings.text(Setting.INTAKE_QUEUE);
      endpoints.writeShell(
          data.state("aws.sh"),
          services.sqs().getQueueUrl(get -> get.queueName(events)).queueUrl());
      return services;
    } catch (RuntimeException e) {
      starting.thenAccept(EmbeddedStore::close);
      closing.close();
      throw e instanceof CompletionException && e.getCause() instanceof RuntimeException cause
          ? cause
          : e;
    } catch (IOException e) {
      closing.close();
      throw new SetupException("can't write to the data folder " + data.root() + ": " + e, e);
    }
  }

  private static List<String> queues(Settings settings) {
    List<String> queues = new ArrayList<>(new Drops(settings).queues());
    queues.addAll(new Outbound(settings).queues());
    queues.add(settings.text(Setting.INTAKE_QUEUE));
    queues.add(settings.text(Setting.DEAD_LETTERS_QUEUE));
    return queues;
  }

  /** The ledger is of one lake, and readers are to find it without being told its name. */
  private static void requireOneLake(DataFolder data, String bucket) {
    for (Path lake : LakeFolder.in(data.root())) {
      String other = lake.getFileName().toString();
      if (!other.equals(bucket)) {
        throw new SetupException(
            "the data folder %s has the lake '%s', and %s is '%s': choose another folder with --data"
                .formatted(data.root(), other, Setting.LAND_BUCKET.property(), bucket));
      }
    }
  }

  /** Going on would be waiting for ever; the protocol stands a kill at any moment. */
  private static void halt(DataFolder data) {
    LOG.error(
        "the embedded queue can't store messages any more, so wadi ends at once: see the lines above,"
            + " make sure that {} has space and can be written, and start it again; nothing is lost",
        data.root());
    Runtime.getRuntime().halt(1);
  }

  static Services aws(Settings settings) {
    AwsClients aws = new AwsClients(settings);
    return clients(
        aws.region(),
        aws.credentials(),
        aws.endpoint(Setting.AWS_SQS_ENDPOINT).orElse(null),
        aws.endpoint(Setting.AWS_S3_ENDPOINT).orElse(null),
        new Closing());
  }

  private static Services clients(
      Region region, AwsCredentialsProvider credentials, URI queue, URI store, Closing closing) {
    SdkHttpClient http =
        ApacheHttpClient.builder()
            .maxConnections(MAX_CONNECTIONS)
            .socketTimeout(SOCKET_TIMEOUT)
            .build();
    closing.opened(http);
    SqsClientBuilder sqs =
        SqsClient.builder().region(region).credentialsProvider(credentials).httpClient(http);
    S3ClientBuilder s3 =
        S3Client.builder().region(region).credentialsProvider(credentials).httpClient(http);
    if (queue != null) {
      sqs.endpointOverride(queue);
    }
    if (store != null) {
      s3.endpointOverride(store)
          .forcePathStyle(true)
          // emulators know the checksums that S3 itself has come to expect only in part
          .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
          .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
    }
    SqsClient sqsClient = sqs.build();
    S3Client s3Client = s3.build();
    closing.opened(sqsClient);
    closing.opened(s3Client);
    return new Services(sqsClient, s3Client, closing);
  }

  SqsClient sqs() {
    return sqs;
  }

  S3Client s3() {
    return s3;
  }

  @Override
  public void close() {
    closing.close();
  }
}
