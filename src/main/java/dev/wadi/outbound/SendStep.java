package dev.wadi.outbound;

import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** A step that sends the messages or records of the body, all of them or it fails. */
public final class SendStep<T> implements Processor {

  /** Sends a list as one call. */
  interface Sender<T> {
    void send(List<T> all, Refusals.Origin origin) throws InterruptedException;
  }

  private final Class<T> type;
  private final Sender<T> sender;

  private SendStep(Class<T> type, Sender<T> sender) {
    this.type = type;
    this.sender = sender;
  }

  /** Sends messages to a queue. */
  public static SendStep<QueueMessages.Entry> toQueue(QueueSender sender) {
    return new SendStep<>(QueueMessages.Entry.class, sender::send);
  }

  /** Puts records into a stream. */
  public static SendStep<StreamRecords.Entry> toStream(StreamSender sender) {
    return new SendStep<>(StreamRecords.Entry.class, (records, origin) -> sender.send(records));
  }

  @Override
  public void process(Exchange exchange) throws Exception {
    List<?> body = exchange.getMessage().getMandatoryBody(List.class);
    sender.send(body.stream().map(type::cast).toList(), RowsStep.origin(exchange.getMessage()));
  }
}
