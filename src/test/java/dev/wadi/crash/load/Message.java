package dev.wadi.crash.load;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One message to the queue.
 *
 * @param number from 0 on
 * @param items one, or several that are sent as an array
 */
public record Message(int number, List<Item> items) {

  public Message {
    items = List.copyOf(items);
  }

  /** As sent. */
  public String body() {
    return items.size() == 1
        ? items.get(0).body()
        : items.stream().map(Item::body).collect(Collectors.joining(",", "[", "]"));
  }
}
