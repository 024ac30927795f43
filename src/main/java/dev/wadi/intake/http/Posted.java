package dev.wadi.intake.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a request has brought.
 *
 * @param entries all of it; empty if it was an empty list
 * @param rejected those of several that can't be events, of which dead letters are made
 */
public record Posted(List<Entry> entries, List<Rejection> rejected) {

  public Posted {
    entries = List.copyOf(entries);
    rejected = List.copyOf(rejected);
  }

  /** Below the 256 KB that a message of SQS had for long. */
  private static final int MESSAGE_BYTES = 200 << 10;

  /**
   * What is wrong with one of several.
   *
   * @param index its place among those of the request, from 0
   * @param field the field that is wrong; null if it is none
   */
  public record Rejection(int index, String field, String detail) {}

  /** How many events there are, without what was rejected. */
  public int accepted() {
    return entries.size() - rejected.size();
  }

  /** Whether one of them is so large that it is a message by itself. */
  boolean isLarge() {
    return entries.stream().anyMatch(entry -> entry.bytes().length > MESSAGE_BYTES);
  }

  /** Its events as texts, in their order. */
  public List<String> texts() {
    return entries.stream()
        .map(entry -> new String(entry.bytes(), StandardCharsets.UTF_8))
        .toList();
  }

  /** The bodies of the messages that a queue takes them in: an event, or a JSON array of some. */
  public List<String> messages() {
    List<String> messages = new ArrayList<>();
    StringBuilder message = new StringBuilder();
    int size = 0;
    for (Entry entry : entries) {
      String event = new String(entry.bytes(), StandardCharsets.UTF_8);
      if (size > 0 && size + entry.bytes().length > MESSAGE_BYTES) {
        messages.add(message.append(']').toString());
        message.setLength(0);
        size = 0;
      }
      message.append(size == 0 ? '[' : ',').append(event);
      size += entry.bytes().length + 1;
    }
    if (size > 0) {
      messages.add(message.append(']').toString());
    }
    return entries.size() == 1 ? texts() : messages;
  }
}
