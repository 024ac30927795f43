package dev.wadi.intake.http;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The segments that there are, how far each is durable, and which frames are being read. A segment
 * goes when nothing more is written to it and all of its frames are done with. Thread-safe.
 */
final class LogSegments {

  private static final Logger LOG = LoggerFactory.getLogger(LogSegments.class);

  /** Where a frame is in the log; in the order of the log. */
  private record Place(long segment, long offset) implements Comparable<Place> {

    static Place of(Frame frame) {
      return new Place(frame.segment().number(), frame.offset());
    }

    @Override
    public int compareTo(Place other) {
      int first = Long.compare(segment, other.segment);
      return first != 0 ? first : Long.compare(offset, other.offset);
    }
  }

  private final Deque<Segment> segments = new ArrayDeque<>();
  private final TreeMap<Place, Instant> reading = new TreeMap<>();
  private final Deque<LogReader.Next> again = new ArrayDeque<>();
  private long lastNumber;
  private long waiting;
  private int recovered;
  private Segment readFrom;
  private long readTo;

  /** What stands at readTo is being read; a reader that is ending may read beside the next one. */
  private boolean isTaken;

  private boolean ended;

  /** The number of the next segment. */
  synchronized long nextNumber() {
    return lastNumber + 1;
  }

  /** Adds a segment behind all others. */
  synchronized void add(Segment segment) {
    segments.add(segment);
    waiting += segment.synced - SegmentFile.HEAD;
    recovered += segment.isRecovered() ? segment.frames : 0;
    lastNumber = segment.number();
    notifyAll();
  }

  /** More of a segment is durable. */
  synchronized void synced(Segment segment, long to, int frames) {
    waiting += to - segment.synced;
    segment.synced = to;
    segment.frames += frames;
    notifyAll();
  }

  /** Nothing more is written to a segment. */
  synchronized void seal(Segment segment) {
    segment.sealed = true;
    removeOver();
    notifyAll();
  }

  /** Whether each frame of a segment is done with. */
  synchronized boolean isDone(Segment segment) {
    return segment.done == segment.frames;
  }

  /** How many bytes lie on the disk. */
  synchronized long bytes() {
    return segments.stream().mapToLong(segment -> segment.synced).sum();
  }

  /** How many bytes of frames are not done with. */
  synchronized long waiting() {
    return waiting;
  }

  /** How many frames that an earlier process has left are not done with. */
  synchronized int recovered() {
    return recovered;
  }

  /** When the oldest frame was written that is being read; empty if there is none. */
  synchronized Optional<Instant> oldest() {
    return reading.isEmpty() ? Optional.empty() : Optional.of(reading.firstEntry().getValue());
  }

  /**
   * Where the next frame begins; waits until there is one, and answers null at the end. No other
   * call answers the same until it was {@linkplain #read read}, or {@linkplain #failed could not
   * be}.
   */
  synchronized LogReader.Next next(LogReader reader) throws InterruptedException {
    while (!ended && !reader.hasEnded()) {
      if (!again.isEmpty()) {
        return again.remove();
      }
      advance();
      if (!isTaken && readFrom != null && readTo < readFrom.synced) {
        isTaken = true;
        return new LogReader.Next(readFrom, readTo);
      }
      wait();
    }
    return null;
  }

  /** A frame was read and is on its way. */
  synchronized void read(Frame frame) {
    reading.put(Place.of(frame), frame.at());
    if (frame.segment() == readFrom && frame.offset() == readTo) {
      readTo = frame.end();
      isTaken = false;
      notifyAll();
    }
  }

  /** A frame is to be read another time. */
  synchronized void again(Frame frame) {
    // not the frame itself: its events would be held in memory for as long as the source is paused
    again.add(new LogReader.Next(frame.segment(), frame.offset()));
    notifyAll();
  }

  /** A frame that {@link #next} gave could not be read. */
  synchronized void failed(LogReader.Next next) {
    if (next.segment() == readFrom && next.offset() == readTo) {
      isTaken = false;
    } else {
      again.addFirst(next);
    }
    notifyAll();
  }

  /** Frames are accounted for: they are never read again. */
  synchronized void done(Frame frame) {
    if (reading.remove(Place.of(frame)) != null) {
      frame.segment().done++;
      waiting -= frame.length();
      recovered -= frame.segment().isRecovered() ? 1 : 0;
      removeOver();
    }
  }

  /** Lets nobody wait for another frame. */
  synchronized void end() {
    ended = true;
    notifyAll();
  }

  /** Lets a reader see that it has ended. */
  synchronized void wake() {
    notifyAll();
  }

  private void advance() {
    if (readFrom == null || readFrom.sealed && readTo == readFrom.synced) {
      for (Segment segment : segments) {
        if (readFrom == null || segment.number() > readFrom.number()) {
          readFrom = segment;
          readTo = SegmentFile.HEAD;
          return;
        }
      }
    }
  }

  private void removeOver() {
    List<Segment> over = new ArrayList<>();
    segments.stream().filter(Segment::isOver).forEach(over::add);
    for (Segment segment : over) {
      try {
        Files.deleteIfExists(segment.file());
        segments.remove(segment);
      } catch (IOException e) {
        LOG.warn(
            "can't delete {}, all of which has landed: {} (it is tried again)",
            segment,
            e.toString());
      }
    }
  }
}
