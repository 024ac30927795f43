package dev.wadi.crash.run;

import java.util.List;
import java.util.function.Consumer;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * Takes the messages that a load is sent as out of their queue, for what brings them on in another
 * form. Nothing happens to it: a message is there until it has been brought on.
 */
final class LoadTaker implements AutoCloseable {

  private static final int PATIENCE_SECONDS = 1;

  private final Arena arena;
  private final String queue;
  private final Consumer<Message> next;
  private final Runnable between;
  private final Thread thread;
  private volatile boolean closed;

  /**
   * @param next brings one on, in a thread of this one's own
   * @param between is done after each look into the queue, in the same thread
   */
  LoadTaker(Arena arena, Consumer<Message> next, Runnable between) {
    this.arena = arena;
    this.next = next;
    this.between = between;
    this.queue = arena.url(arena.queue());
    this.thread = new Thread(this::run, "load-taker");
    this.thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  boolean isClosed() {
    return closed;
  }

  /** Ends behind the messages that it has. */
  @Override
  public void close() {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (!closed) {
      List<Message> messages =
          arena
              .sqs()
              .receiveMessage(
                  receive ->
                      receive
                          .queueUrl(queue)
                          .maxNumberOfMessages(10)
                          .visibilityTimeout(60)
                          .waitTimeSeconds(PATIENCE_SECONDS))
              .messages();
      messages.forEach(this::take);
      between.run();
    }
  }

  private void take(Message message) {
    next.accept(message);
    arena
        .sqs()
        .deleteMessage(delete -> delete.queueUrl(queue).receiptHandle(message.receiptHandle()));
  }
}
