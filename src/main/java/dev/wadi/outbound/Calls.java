package dev.wadi.outbound;

import java.util.ArrayList;
import java.util.List;

/** Shares what is to be sent out among calls of bounded size, in its order. For one thread. */
final class Calls<T> {

  private final int maxCount;
  private final int maxBytes;
  private final List<List<T>> calls = new ArrayList<>();
  private List<T> last = List.of();
  private int bytes;

  /**
   * @param maxCount the most that one call takes
   * @param maxBytes the most bytes of all that are in one call
   */
  Calls(int maxCount, int maxBytes) {
    this.maxCount = maxCount;
    this.maxBytes = maxBytes;
  }

  void add(T one, int size) {
    if (calls.isEmpty() || last.size() == maxCount || bytes + size > maxBytes) {
      last = new ArrayList<>();
      calls.add(last);
      bytes = 0;
    }
    last.add(one);
    bytes += size;
  }

  List<List<T>> all() {
    return calls;
  }
}
