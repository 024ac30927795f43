package dev.wadi.intake.http;

import dev.wadi.event.Isolation;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The frames that are written in one go. Events share frames, up to a size; those that become dead
 * letters are in frames of their own, one for each reason.
 */
final class FrameGroup {

  /** So that a batch of usual size has several frames, and can be parted when it fails. */
  private static final int FRAME_EVENTS = 200;

  private static final int FRAME_BYTES = 1 << 20;

  private final FrameFormat format;
  private final Instant at;
  private final long syncedTo;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private int count;

  /**
   * @param at when it is written
   * @param syncedTo up to where the file is durable
   */
  FrameGroup(String segmentId, Instant at, long syncedTo) {
    this.format = new FrameFormat(segmentId);
    this.at = at;
    this.syncedTo = syncedTo;
  }

  void add(List<Entry> entries) {
    Map<Isolation, List<byte[]>> byReason = new LinkedHashMap<>();
    for (Entry entry : entries) {
      byReason.computeIfAbsent(entry.isolation(), why -> new ArrayList<>()).add(entry.bytes());
    }
    byReason.forEach(this::addFrames);
  }

  /** How many frames there are. */
  int count() {
    return count;
  }

  /** All of them, one behind the other. */
  byte[] bytes() {
    return bytes.toByteArray();
  }

  private void addFrames(Isolation why, List<byte[]> events) {
    int from = 0;
    while (from < events.size()) {
      int to = from;
      long size = 0;
      while (to < events.size()
          && to - from < FRAME_EVENTS
          && (to == from || size + events.get(to).length <= FRAME_BYTES)) {
        size += events.get(to++).length;
      }
      bytes.writeBytes(format.encode(events.subList(from, to), why, at, syncedTo));
      count++;
      from = to;
    }
  }
}
