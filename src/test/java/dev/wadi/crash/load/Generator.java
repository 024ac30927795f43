package dev.wadi.crash.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Sends loads to queues, in a process of its own. It reads a job a line, {@code <seed> <items>
 * <millis> <endpoint> <queue> <log>}, and answers each with {@code sent} or {@code failed}. A
 * message without an answer is sent again until there is one; each try stands in the log first.
 */
public final class Generator {

  private static final Duration NO_ANSWER = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final int MOST_TRIES = 300;

  private Generator() {}

  /** Works off the jobs on standard input until it ends. */
  public static void main(String[] arguments) throws IOException {
    BufferedReader jobs =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String job = jobs.readLine(); job != null; job = jobs.readLine()) {
      try {
        work(job.split(" ", 6));
        System.out.println("sent");
      } catch (IOException | RuntimeException e) {
        System.out.println("failed " + e);
      }
    }
  }

  private static void work(String[] job) throws IOException {
    List<Message> messages = Load.of(Long.parseLong(job[0]), Integer.parseInt(job[1]));
    long nanosEach = Duration.ofMillis(Long.parseLong(job[2])).toNanos() / messages.size();
    try (SqsClient sqs = client(URI.create(job[3]));
        SendLogWriter log = new SendLogWriter(Path.of(job[5]))) {
      String url = null;
      long began = System.nanoTime();
      for (Message message : messages) {
        LockSupport.parkNanos(began + message.number() * nanosEach - System.nanoTime());
        for (int tries = 1; ; tries++) {
          try {
            if (url == null) {
              url = sqs.getQueueUrl(get -> get.queueName(job[4])).queueUrl();
            }
            log.trying(message, tries);
            send(sqs, url, message);
            log.answered(message);
            break;
          } catch (SdkException noAnswer) {
            if (tries == MOST_TRIES) {
              throw noAnswer;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
          }
        }
      }
      log.ended();
    }
  }

  private static void send(SqsClient sqs, String url, Message message) {
    sqs.sendMessage(send -> send.queueUrl(url).messageBody(message.body()));
  }

  /** It tries nothing again by itself: each try is to be in the log. */
  private static SqsClient client(URI endpoint) {
    return SqsClient.builder()
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(DefaultCredentialsProvider.builder().build())
        .httpClient(ApacheHttpClient.builder().socketTimeout(NO_ANSWER).build())
        .overrideConfiguration(
            ClientOverrideConfiguration.builder()
                .retryStrategy(DefaultRetryStrategy.doNotRetry())
                .build())
        .build();
  }
}
