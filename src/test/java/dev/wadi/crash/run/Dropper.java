package dev.wadi.crash.run;

import dev.wadi.intake.drop.Dropped;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * Makes objects of the messages that a load is sent as, and tells of them in the queue of drops, of
 * some twice. Nothing happens to it: a message is there until what tells of its object is.
 */
final class Dropper implements AutoCloseable {

  private static final double TOLD_TWICE = 0.2;

  private final Arena arena;
  private final String bucket;
  private final String to;
  private final Random random;
  private final LoadTaker taker;

  /**
   * @param bucket made by it
   * @param queue what tells of objects
   */
  Dropper(Arena arena, String bucket, String queue, Random random) {
    this.arena = arena;
    this.bucket = bucket;
    this.random = random;
    this.to = arena.url(queue);
    arena.s3().createBucket(create -> create.bucket(bucket));
    taker = new LoadTaker(arena, this::drop, () -> {});
    taker.start();
  }

  @Override
  public void close() {
    taker.close();
  }

  private void drop(Message message) {
    byte[] body = message.body().getBytes(StandardCharsets.UTF_8);
    String key = "in/" + message.messageId() + (body[0] == '[' ? ".json" : ".jsonl");
    arena.s3().putObject(put -> put.bucket(bucket).key(key), RequestBody.fromBytes(body));
    String notification =
        Dropped.notification(List.of(new Dropped(bucket, key, "1", body.length, Instant.EPOCH)));
    for (int times = random.nextDouble() < TOLD_TWICE ? 2 : 1; times > 0; times--) {
      arena.sqs().sendMessage(send -> send.queueUrl(to).messageBody(notification));
    }
  }
}
