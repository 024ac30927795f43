package dev.wadi.simulator;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Processor;

/**
 * Gives a route the queue messages that are due. At each tick the body becomes the list of their
 * bodies; the route splits it, sends each and confirms it with {@link #sent}. What isn't confirmed
 * by the next tick is handed out again, alone, so that no event is lost while the queue is away and
 * nothing piles up. A message that was sent but not confirmed reaches the queue twice.
 *
 * <p>Ticks come one after another; {@link #emitted} and {@link #done} can be asked by any thread.
 */
public final class SimulateStep implements Processor {

  /** Up to so many events a tick are sent one a message to a queue. */
  public static final int MOST_SINGLES = 50;

  /** The largest body that every SQS takes. */
  private static final int MAX_MESSAGE_BYTES = 256 * 1024;

  private static final int MAX_FILE_BYTES = 8 * 1024 * 1024;

  private final Simulator simulator;
  private final Rate rate;
  private final long events;
  private final Packer packer;
  private final AtomicLong emitted = new AtomicLong();
  private final BitSet sent = new BitSet();
  private List<Message> messages = List.of();
  private long taken;

  /**
   * @param events after how many events to stop; {@link Long#MAX_VALUE} for never
   * @param mostSingles up to so many events a tick are sent one a message, more as arrays
   */
  public SimulateStep(Simulator simulator, Rate rate, long events, int mostSingles) {
    this(simulator, rate, events, new MessagePacker(mostSingles, MAX_MESSAGE_BYTES));
  }

  private SimulateStep(Simulator simulator, Rate rate, long events, Packer packer) {
    this.packer = packer;
    this.simulator = simulator;
    this.rate = rate;
    this.events = events;
  }

  /**
   * The same for files of JSON lines, one a tick.
   *
   * @param events after how many events to stop; {@link Long#MAX_VALUE} for never
   */
  public static SimulateStep ofFiles(Simulator simulator, Rate rate, long events) {
    return new SimulateStep(simulator, rate, events, new LinePacker(MAX_FILE_BYTES));
  }

  @Override
  public synchronized void process(Exchange exchange) {
    messages = unsent();
    sent.clear();
    if (messages.isEmpty()) {
      messages = packer.pack(take(Math.min(rate.due(), events - taken)));
    }
    exchange.getMessage().setBody(messages.stream().map(Message::body).toList());
  }

  /**
   * Confirms that the queue has taken a message.
   *
   * @param index where the message stands in the list of the current tick
   */
  public synchronized void sent(@ExchangeProperty(Exchange.SPLIT_INDEX) int index) {
    if (!sent.get(index)) {
      sent.set(index);
      emitted.addAndGet(messages.get(index).events());
    }
  }

  /** How many events the queue has taken. */
  public long emitted() {
    return emitted.get();
  }

  /** Whether the queue has taken all events that there are to be. */
  public boolean done() {
    return emitted.get() >= events;
  }

  /** The faults and their counts so far. */
  public Simulator simulator() {
    return simulator;
  }

  private List<Message> unsent() {
    List<Message> left = new ArrayList<>();
    for (int i = sent.nextClearBit(0); i < messages.size(); i = sent.nextClearBit(i + 1)) {
      left.add(messages.get(i));
    }
    return left;
  }

  private List<Emission> take(long count) {
    List<Emission> emissions = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      emissions.add(simulator.next());
    }
    taken += count;
    return emissions;
  }
}
