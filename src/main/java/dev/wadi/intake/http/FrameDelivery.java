package dev.wadi.intake.http;

import dev.wadi.event.Isolation;
import dev.wadi.event.SourceRecord;
import dev.wadi.intake.Delivery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A frame of the log on its way. A record's position is {@code <segment>@<offset>#<index>}.
 *
 * @param isAlone whether nothing else may be in its batch, since it may end the process
 * @param isolation why its events become dead letters unread; null if they don't
 */
record FrameDelivery(Frame frame, List<SourceRecord> records, boolean isAlone, Isolation isolation)
    implements Delivery {

  /**
   * @param source the source's name
   * @param attempts how often the frame has been read, as far as is known
   */
  static FrameDelivery of(Frame frame, String source, Instant receivedAt, int attempts) {
    List<SourceRecord> records = new ArrayList<>(frame.events().size());
    for (byte[] event : frame.events()) {
      String position = frame.id() + "#" + records.size();
      records.add(new SourceRecord(source, position, event, receivedAt, attempts));
    }
    return new FrameDelivery(frame, records, false, frame.isolation());
  }

  /** The same, to travel with nothing else. */
  FrameDelivery alone() {
    return new FrameDelivery(frame, records, true, isolation);
  }

  /** The same, to become dead letters. */
  FrameDelivery givenUp() {
    return new FrameDelivery(frame, records, false, Isolation.RECEIVED);
  }

  @Override
  public String id() {
    return frame.id();
  }

  @Override
  public Instant sentAt() {
    return frame.at();
  }

  /** The frames that brought these. */
  static List<Frame> frames(List<FrameDelivery> deliveries) {
    return deliveries.stream().map(FrameDelivery::frame).toList();
  }
}
