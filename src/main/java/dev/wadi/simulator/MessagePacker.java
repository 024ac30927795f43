package dev.wadi.simulator;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Packs events into bodies of queue messages: one event a message as long as there are few, else
 * JSON arrays. What is no JSON is always a message of its own, since it would spoil an array.
 */
final class MessagePacker implements Packer {

  private final int mostSingles;
  private final int maxBytes;

  /**
   * @param mostSingles up to so many events travel one a message
   * @param maxBytes the queue's limit for a body, in bytes of UTF-8; SQS takes 262,144 everywhere
   */
  MessagePacker(int mostSingles, int maxBytes) {
    this.mostSingles = mostSingles;
    this.maxBytes = maxBytes;
  }

  @Override
  public List<Message> pack(List<Emission> emissions) {
    List<Message> messages = new ArrayList<>();
    List<byte[]> open = new ArrayList<>();
    int size = 1;
    for (Emission emission : emissions) {
      byte[] event = emission.bytes();
      if (emissions.size() <= mostSingles || !emission.json()) {
        messages.add(new Message(text(event), 1));
        continue;
      }
      // each event costs a comma or the closing bracket besides itself
      if (size + event.length + 1 > maxBytes) {
        close(open, messages);
        size = 1;
      }
      open.add(event);
      size += event.length + 1;
    }
    close(open, messages);
    return messages;
  }

  private static void close(List<byte[]> open, List<Message> messages) {
    if (open.isEmpty()) {
      return;
    }
    StringBuilder body = new StringBuilder();
    for (byte[] event : open) {
      body.append(body.isEmpty() ? '[' : ',').append(text(event));
    }
    messages.add(new Message(body.append(']').toString(), open.size()));
    open.clear();
  }

  private static String text(byte[] event) {
    return new String(event, StandardCharsets.UTF_8);
  }
}
