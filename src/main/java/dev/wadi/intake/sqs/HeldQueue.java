package dev.wadi.intake.sqs;

import dev.wadi.event.Batch;
import dev.wadi.intake.SourceThreads;
import dev.wadi.ops.Backoff;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.IntConsumer;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * A queue whose messages tell of something else that is to be taken in: what was received stays
 * hidden until it is deleted or shown again, however long that takes. Thread-safe.
 */
public final class HeldQueue {

  private static final Backoff DELETE_PAUSES =
      new Backoff(Duration.ofMillis(200), Duration.ofSeconds(10));
  private static final int TENDING_THREADS = 4;

  /**
   * A message that is held.
   *
   * @param attempts how often the queue has delivered it
   */
  public record Received(String id, String body, Instant sentAt, int attempts, Handle handle) {}

  /** By what the queue knows a message. */
  public static final class Handle {

    private final HeldMessage message;

    private Handle(HeldMessage message) {
      this.message = message;
    }
  }

  private final SqsQueue queue;
  private final Duration visibility;
  private final Duration receiveWait;
  private final Clock clock;
  private final HeldMessages held = new HeldMessages();
  private final ScheduledExecutorService threads;
  private final ScheduledExecutorService deleting;
  private final Acknowledger acknowledger;
  private final ShowAgain showAgain;
  private final VisibilityExtender extender;

  private HeldQueue(
      SqsQueue queue, String source, Duration visibility, Duration receiveWait, Clock clock) {
    this.queue = queue;
    this.visibility = visibility;
    this.receiveWait = receiveWait;
    this.clock = clock;
    SourceThreads named = new SourceThreads(source);
    this.threads = Executors.newScheduledThreadPool(TENDING_THREADS, named);
    this.deleting = Executors.newScheduledThreadPool(TENDING_THREADS, named);
    this.acknowledger = new Acknowledger(queue, DELETE_PAUSES, deleting);
    this.showAgain = new ShowAgain(queue, held);
    this.extender = new VisibilityExtender(queue, held, visibility, clock, threads);
  }

  /**
   * Finds a queue by its name.
   *
   * @param setting what names it, for the message if there is none
   * @param source the name of whose messages these are
   * @param visibility how long the queue hides what was received, extended while it is held
   * @param receiveWait how long a call waits for messages, at most 20 seconds
   * @throws dev.wadi.event.SetupException if there is none, or it can't be asked for
   */
  public static HeldQueue find(
      SqsClient client,
      String name,
      String setting,
      String source,
      Duration visibility,
      Duration receiveWait,
      Clock clock) {
    SqsQueue queue = SqsQueue.find(client, name, setting);
    return new HeldQueue(queue, source, visibility, receiveWait, clock);
  }

  /** Begins to keep hidden what is held. */
  public void start() {
    extender.start();
  }

  /** Waits for messages, and holds those that come and were not held before. */
  public List<Received> receive() {
    List<Received> fresh = new ArrayList<>();
    for (Message message : queue.receive(receiveWait, visibility)) {
      Instant now = clock.instant();
      HeldMessage one =
          new HeldMessage(
              message.messageId(),
              new HeldMessage.Receipt(message.receiptHandle(), now, now.plus(visibility)));
      if (held.hold(one)) {
        fresh.add(received(message, one, now));
      }
    }
    return fresh;
  }

  /** Whether the queue lets so many more be held. */
  public boolean mayHold(int more) {
    return held.size() <= SqsSettings.MOST_IN_FLIGHT - more;
  }

  /** How many messages are held. */
  public int held() {
    return held.size();
  }

  /**
   * Begins to delete messages for a batch whose account is closed, and goes on until that is given
   * up.
   *
   * @param done told once when that is over, with the number of those that are left
   */
  public void acknowledge(Batch batch, Collection<Received> messages, IntConsumer done) {
    List<HeldMessage> known = known(messages);
    acknowledger.acknowledge(
        batch,
        known,
        undeleted -> {
          held.letGo(known);
          done.accept(undeleted);
        });
  }

  /** Deletes messages that need nothing more; what can't be deleted now comes again. */
  public void delete(Collection<Received> messages) {
    List<HeldMessage> known = known(messages);
    acknowledger.delete(known);
    held.letGo(known);
  }

  /**
   * Lets go of messages.
   *
   * @param delay how long the queue still hides them
   */
  public void showAgain(Duration delay, Collection<Received> messages) {
    showAgain.in(delay, known(messages));
  }

  /**
   * Keeps nothing hidden any more.
   *
   * @param ended whether nothing is left to be deleted
   */
  public void stop(boolean ended) {
    threads.shutdownNow();
    if (ended) {
      deleting.shutdown();
    }
  }

  @Override
  public String toString() {
    return queue.toString();
  }

  private static Received received(Message message, HeldMessage held, Instant now) {
    Map<MessageSystemAttributeName, String> attributes = message.attributes();
    String count = attributes.get(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT);
    String sent = attributes.get(MessageSystemAttributeName.SENT_TIMESTAMP);
    return new Received(
        message.messageId(),
        message.body(),
        sent == null ? now : Instant.ofEpochMilli(Long.parseLong(sent)),
        count == null ? 1 : Math.max(1, Integer.parseInt(count)),
        new Handle(held));
  }

  private static List<HeldMessage> known(Collection<Received> messages) {
    return messages.stream().map(received -> received.handle().message).toList();
  }
}
