package dev.wadi.process;

import dev.wadi.local.Credentials;
import dev.wadi.local.EmbeddedQueue;
import dev.wadi.local.EmbeddedStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The servers that a test talks to: the one that {@code AWS_ENDPOINT_URL} names, for all services;
 * else for SQS and S3 the embedded queue and store, in this JVM, and for the others what {@link
 * MotoServer} finds.
 */
public final class Servers implements AutoCloseable {

  /** What a test may need. */
  public enum Service {
    SQS,
    S3,
    KINESIS,
    DYNAMODB,
    SNS
  }

  private static final String ELSEWHERE = System.getenv("AWS_ENDPOINT_URL");
  private static final Set<Service> EMBEDDED = EnumSet.of(Service.SQS, Service.S3);

  private static final Credentials CREDENTIALS = new Credentials("crash-test", "crash-test-secret");

  private final Map<Service, URI> endpoints = new EnumMap<>(Service.class);
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  private Servers() {}

  /**
   * Finds or starts what is needed; without a server for one of them, the test is skipped and says
   * what is lacking.
   *
   * @param folder an empty one, for what embedded servers keep
   */
  public static Servers open(Path folder, Service... needed)
      throws IOException, InterruptedException {
    Servers servers = new Servers();
    try {
      servers.find(folder, EnumSet.copyOf(List.of(needed)));
      return servers;
    } catch (IOException | InterruptedException | RuntimeException e) {
      servers.close();
      throw e;
    }
  }

  /** Where a service answers; null if it wasn't asked for. */
  public URI endpoint(Service service) {
    return endpoints.get(service);
  }

  /** What a process must have in its environment to be let in by all of them. */
  public static Map<String, String> credentials() {
    return Map.of(
        "AWS_ACCESS_KEY_ID", CREDENTIALS.accessKey(),
        "AWS_SECRET_ACCESS_KEY", CREDENTIALS.secretKey(),
        "AWS_REGION", EmbeddedQueue.REGION);
  }

  /** The same for a program that runs in this JVM. */
  public static void letThisProcessIn() {
    System.setProperty("aws.accessKeyId", CREDENTIALS.accessKey());
    System.setProperty("aws.secretAccessKey", CREDENTIALS.secretKey());
    System.setProperty("aws.region", EmbeddedQueue.REGION);
  }

  /** A client of the queues; to be closed by whoever asked for it. */
  public SqsClient sqs() {
    return SqsClient.builder()
        .endpointOverride(endpoint(Service.SQS))
        .region(Region.of(EmbeddedQueue.REGION))
        .credentialsProvider(own())
        .httpClient(ApacheHttpClient.create())
        .build();
  }

  /** A client of the store; to be closed by whoever asked for it. */
  public S3Client s3() {
    return S3Client.builder()
        .endpointOverride(endpoint(Service.S3))
        .forcePathStyle(true)
        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
        .region(Region.of(EmbeddedQueue.REGION))
        .credentialsProvider(own())
        .httpClient(ApacheHttpClient.create())
        .build();
  }

  /** A client of the tables; to be closed by whoever asked for it. */
  public DynamoDbClient dynamo() {
    return DynamoDbClient.builder()
        .endpointOverride(endpoint(Service.DYNAMODB))
        .region(Region.of(EmbeddedQueue.REGION))
        .credentialsProvider(own())
        .httpClient(ApacheHttpClient.create())
        .build();
  }

  @Override
  public void close() throws IOException {
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (IOException | RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IOException(e);
      }
    }
  }

  private void find(Path folder, Set<Service> needed) throws IOException, InterruptedException {
    if (ELSEWHERE != null && !ELSEWHERE.isBlank()) {
      assign(URI.create(ELSEWHERE), needed);
      return;
    }
    if (needed.contains(Service.SQS)) {
      EmbeddedQueue queue =
          EmbeddedQueue.open(folder.resolve("queue.sqlite"), 0, List.of(), Servers::queueStopped);
      opened.push(queue);
      assign(queue.endpoint(), Set.of(Service.SQS));
    }
    if (needed.contains(Service.S3)) {
      Files.createDirectories(folder.resolve("store"));
      EmbeddedStore store = EmbeddedStore.open(folder.resolve("store"), List.of(), 0, CREDENTIALS);
      opened.push(store);
      assign(store.endpoint(), Set.of(Service.S3));
    }
    Set<Service> others = EnumSet.copyOf(needed);
    others.removeAll(EMBEDDED);
    if (!others.isEmpty()) {
      MotoServer server = MotoServer.start();
      opened.push(server);
      assign(server.endpoint(), others);
    }
  }

  private void assign(URI endpoint, Collection<Service> services) {
    services.forEach(service -> endpoints.put(service, endpoint));
  }

  private static StaticCredentialsProvider own() {
    return StaticCredentialsProvider.create(
        AwsBasicCredentials.create(CREDENTIALS.accessKey(), CREDENTIALS.secretKey()));
  }

  private static void queueStopped() {
    throw new IllegalStateException("the embedded queue of the test can't store messages any more");
  }
}
