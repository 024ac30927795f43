package dev.wadi.crash.run;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wadi.intake.drop.Dropped;
import dev.wadi.process.PublicApi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Makes items of an API of the messages that a load is sent as, and tells of the objects that Wadi
 * puts, as S3 does: at least once. Nothing happens to it.
 */
final class PolledFeed implements AutoCloseable {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final Arena arena;
  private final PublicApi api;
  private final String bucket;
  private final String noItems;
  private final String notices;
  private final Set<String> told = new HashSet<>();
  private final LoadTaker taker;

  /**
   * @param bucket made by it
   * @param noItems the queue of what no list of JSON can hold
   * @param notices what tells of objects
   */
  PolledFeed(Arena arena, PublicApi api, String bucket, String noItems, String notices) {
    this.arena = arena;
    this.api = api;
    this.bucket = bucket;
    this.noItems = arena.url(noItems);
    this.notices = arena.url(notices);
    arena.s3().createBucket(create -> create.bucket(bucket));
    this.taker = new LoadTaker(arena, message -> add(message.body()), this::tell);
    taker.start();
  }

  /** Tells of what is new in the bucket; answers how many objects that was. */
  synchronized int tell() {
    List<Dropped> fresh = new ArrayList<>();
    for (S3Object object :
        arena.s3().listObjectsV2Paginator(list -> list.bucket(bucket)).contents()) {
      // others are puts of the embedded store that are not done yet
      if (object.key().endsWith(".jsonl") && !told.contains(object.key())) {
        fresh.add(new Dropped(bucket, object.key(), "1", object.size(), Instant.EPOCH));
      }
    }
    for (Dropped one : fresh) {
      String notification = Dropped.notification(List.of(one));
      arena.sqs().sendMessage(send -> send.queueUrl(notices).messageBody(notification));
      told.add(one.key());
    }
    return fresh.size();
  }

  @Override
  public void close() {
    taker.close();
  }

  private void add(String body) {
    try {
      JSON.readTree(body);
      api.add(body.startsWith("[") ? elements(body) : List.of(body));
    } catch (JsonProcessingException e) {
      arena.sqs().sendMessage(send -> send.queueUrl(noItems).messageBody(body));
    }
  }

  /** The texts of an array's elements, as they are spelt. */
  private static List<String> elements(String array) {
    List<String> elements = new ArrayList<>();
    try (JsonParser parser = JSON.getFactory().createParser(array)) {
      parser.nextToken();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        int begin = (int) parser.currentTokenLocation().getCharOffset();
        parser.skipChildren();
        parser.finishToken();
        elements.add(array.substring(begin, (int) parser.currentLocation().getCharOffset()));
      }
      return elements;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
