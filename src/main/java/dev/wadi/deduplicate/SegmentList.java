package dev.wadi.deduplicate;

import java.util.ArrayList;
import java.util.List;

/**
 * The segments in use, oldest first. Readers take the list as it is at a moment; a segment that is
 * replaced meanwhile stays readable for them. Thread-safe.
 */
final class SegmentList {

  private volatile List<Segment> segments;

  SegmentList(List<Segment> segments) {
    this.segments = List.copyOf(segments);
  }

  List<Segment> now() {
    return segments;
  }

  synchronized void add(Segment segment) {
    List<Segment> next = new ArrayList<>(segments);
    next.add(segment);
    segments = List.copyOf(next);
  }

  /** Puts what was merged in the place of its inputs, which follow each other. */
  synchronized void replace(List<Segment> inputs, Segment merged) {
    List<Segment> next = new ArrayList<>(segments);
    int at = next.indexOf(inputs.get(0));
    next.subList(at, at + inputs.size()).clear();
    next.add(at, merged);
    segments = List.copyOf(next);
  }

  synchronized void clear() {
    segments = List.of();
  }
}
