package dev.wadi.crash.run;

import dev.wadi.crash.faults.FaultProxy;
import dev.wadi.crash.faults.Weather;
import dev.wadi.process.Servers;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * What one run has to itself: two queues, a bucket and the proxies before their servers. All are
 * named by the run, so that nothing of an earlier one can disturb it.
 */
final class Arena implements AutoCloseable {

  /** How long a commit of one of many writers may take before others may give it up. */
  static final Duration LEASE = Duration.ofSeconds(6);

  /** How long the queues hide what was received. */
  static final Duration VISIBILITY = Duration.ofSeconds(3);

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration LOOK = Duration.ofMillis(20);
  private static final List<QueueAttributeName> HELD =
      List.of(
          QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
          QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE);

  private final String name;
  private final Path folder;
  private final SqsClient sqs;
  private final S3Client s3;
  private final FaultProxy queueProxy;
  private final FaultProxy storeProxy;
  private final FaultProxy senderProxy;
  private final FaultProxy tableProxy;
  private final List<String> queueUrls = new CopyOnWriteArrayList<>();

  Arena(String name, Path folder, Servers servers) {
    this.name = name;
    this.folder = folder;
    sqs = servers.sqs();
    s3 = servers.s3();
    queueProxy = new FaultProxy(servers.endpoint(Servers.Service.SQS));
    storeProxy = new FaultProxy(servers.endpoint(Servers.Service.S3));
    senderProxy = new FaultProxy(servers.endpoint(Servers.Service.SQS));
    URI tables = servers.endpoint(Servers.Service.DYNAMODB);
    tableProxy = tables == null ? null : new FaultProxy(tables);
    queueUrls.addAll(List.of(create(queue()), create(deadLetterQueue())));
    s3.createBucket(create -> create.bucket(bucket()));
  }

  String queue() {
    return "events-" + name;
  }

  String deadLetterQueue() {
    return "dead-" + name;
  }

  /** A further queue. */
  String another(String role) {
    String queue = role + "-" + name;
    queueUrls.add(create(queue));
    return queue;
  }

  /** The URL of a queue, by its name. */
  String url(String queue) {
    return sqs.getQueueUrl(get -> get.queueName(queue)).queueUrl();
  }

  SqsClient sqs() {
    return sqs;
  }

  /** The table of claims, where several write. */
  String table() {
    return "claims-" + name;
  }

  String bucket() {
    return "lake-" + name;
  }

  /** For whatever the run leaves; kept if it fails. */
  Path folder() {
    return folder;
  }

  S3Client s3() {
    return s3;
  }

  /** Before the queues, on the way of what is tested. */
  FaultProxy queueProxy() {
    return queueProxy;
  }

  /** Before the store, on the way of what is tested. */
  FaultProxy storeProxy() {
    return storeProxy;
  }

  /** Before the queues, on the way of the generator. */
  FaultProxy senderProxy() {
    return senderProxy;
  }

  /** Before the table of claims, on the way of what is tested; null if there is none. */
  FaultProxy tableProxy() {
    return tableProxy;
  }

  /** How many messages all queues hold, visible or not. */
  int held() {
    return queueUrls.stream().mapToInt(this::held).sum();
  }

  /** How many requests of what is tested met with a fault. */
  long faults() {
    long ofTable = tableProxy == null ? 0 : tableProxy.faults();
    return queueProxy.faults() + storeProxy.faults() + ofTable;
  }

  /** Ends all faults of the network. */
  void clear() {
    queueProxy.set(Weather.CLEAR);
    storeProxy.set(Weather.CLEAR);
    senderProxy.set(Weather.CLEAR);
    if (tableProxy != null) {
      tableProxy.set(Weather.CLEAR);
    }
  }

  /**
   * Waits for what a fault is waited for by: without it the run would show nothing.
   *
   * @throws IllegalStateException if it doesn't come
   */
  static void await(String what, BooleanSupplier come) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!come.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("no sign of " + what);
      }
      pass(LOOK);
    }
  }

  /** Lets time pass. */
  static void pass(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  @Override
  public void close() throws IOException {
    queueProxy.close();
    storeProxy.close();
    senderProxy.close();
    if (tableProxy != null) {
      tableProxy.close();
    }
    queueUrls.forEach(url -> sqs.deleteQueue(delete -> delete.queueUrl(url)));
    sqs.close();
    s3.close();
  }

  private String create(String queue) {
    Map<QueueAttributeName, String> attributes =
        Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, Long.toString(VISIBILITY.toSeconds()));
    return sqs.createQueue(create -> create.queueName(queue).attributes(attributes)).queueUrl();
  }

  private int held(String url) {
    return sqs
        .getQueueAttributes(get -> get.queueUrl(url).attributeNames(HELD))
        .attributes()
        .values()
        .stream()
        .mapToInt(Integer::parseInt)
        .sum();
  }
}
