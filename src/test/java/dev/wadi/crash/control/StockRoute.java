package dev.wadi.crash.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import org.apache.camel.main.Main;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * {@code aws2-sqs -> split -> idempotentConsumer -> aggregate -> aws2-s3}, each with its defaults
 * but for the sizes, in a process of its own: events as JSON lines in objects of at most 100.
 */
public final class StockRoute extends RouteBuilder {

  /** After which an object is put with what has come. */
  public static final long MOST_MILLIS = 1000;

  private static final int MOST_EVENTS = 100;
  private static final int REMEMBERED = 1_000_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String queue;
  private final String bucket;

  private StockRoute(String queue, String bucket) {
    this.queue = queue;
    this.bucket = bucket;
  }

  /** Runs until it is told to stop: {@code <queue endpoint> <store endpoint> <queue> <bucket>}. */
  public static void main(String[] arguments) throws Exception {
    Main main = new Main();
    main.bind("sqsClient", sqs(URI.create(arguments[0])));
    main.bind("s3Client", s3(URI.create(arguments[1])));
    // the properties on the class path are Wadi's
    main.setDefaultPropertyPlaceholderLocation("false");
    main.configure().addRoutesBuilder(new StockRoute(arguments[2], arguments[3]));
    main.addMainListener(new SaysWhenReady());
    main.run();
  }

  @Override
  public void configure() {
    from("aws2-sqs:" + queue + "?amazonSQSClient=#sqsClient&maxMessagesPerPoll=10&delay=50")
        .split(method(StockRoute.class, "events"))
        .idempotentConsumer(
            method(StockRoute.class, "key"),
            MemoryIdempotentRepository.memoryIdempotentRepository(REMEMBERED))
        .aggregate(constant(true), new JoinLines())
        .completionSize(MOST_EVENTS)
        .completionTimeout(MOST_MILLIS)
        .setHeader(AWS2S3Constants.KEY, () -> "events/" + UUID.randomUUID() + ".jsonl")
        .to("aws2-s3:" + bucket + "?amazonS3Client=#s3Client");
  }

  /** The events of a message: one, or those of an array. What is no event is left out. */
  public static List<String> events(String message) {
    List<String> events = new ArrayList<>();
    try {
      JsonNode content = JSON.readTree(message);
      for (JsonNode event : content.isArray() ? content : List.of(content)) {
        if (event.path("context").hasNonNull("source")) {
          events.add(event.toString());
        }
      }
    } catch (JsonProcessingException poison) {
      return List.of();
    }
    return events;
  }

  /** Source and id. */
  public static String key(String event) throws JsonProcessingException {
    JsonNode context = JSON.readTree(event).path("context");
    return context.path("source").asText() + "#" + context.path("id").asText();
  }

  /** One event a line. */
  private static final class JoinLines implements AggregationStrategy {

    @Override
    public Exchange aggregate(Exchange lines, Exchange event) {
      String line = event.getMessage().getBody(String.class) + "\n";
      if (lines == null) {
        event.getMessage().setBody(line);
        return event;
      }
      lines.getMessage().setBody(lines.getMessage().getBody(String.class) + line);
      return lines;
    }
  }

  private static SqsClient sqs(URI endpoint) {
    return SqsClient.builder()
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(DefaultCredentialsProvider.builder().build())
        .httpClient(ApacheHttpClient.create())
        .build();
  }

  private static S3Client s3(URI endpoint) {
    return S3Client.builder()
        .endpointOverride(endpoint)
        .forcePathStyle(true)
        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
        .region(Region.US_EAST_1)
        .credentialsProvider(DefaultCredentialsProvider.builder().build())
        .httpClient(ApacheHttpClient.create())
        .build();
  }
}
