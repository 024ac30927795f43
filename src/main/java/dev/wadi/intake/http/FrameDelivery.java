package dev.wadi.intake.http;

import dev.wadi.event.Isolation;
import dev.wadi.event.SourceRecord;
import dev.wadi.intake.Delivery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A frame of the log on its way. A record's position is {@code <segment>@<offset>#<index>}. */
record FrameDelivery(Frame frame, List<SourceRecord> records) implements Delivery {

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
    return new FrameDelivery(frame, records);
  }

  @Override
  public String id() {
    return frame.id();
  }

  @Override
  public Instant sentAt() {
    return frame.at();
  }

  @Override
  public Isolation isolation() {
    return frame.isolation();
  }

  /** The frames that brought these. */
  static List<Frame> frames(List<FrameDelivery> deliveries) {
    return deliveries.stream().map(FrameDelivery::frame).toList();
  }
}
