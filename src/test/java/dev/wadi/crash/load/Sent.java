package dev.wadi.crash.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a send log says: how often each item was sent. */
public final class Sent {

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * How often something was sent.
   *
   * @param least with an answer of the queue, so it is there
   * @param most tries, each of which may have arrived
   */
  public record Times(int least, int most) {

    static final Times NEVER = new Times(0, 0);

    Times and(Times other) {
      return new Times(least + other.least, most + other.most);
    }

    /** Whether so many are accounted for by these. */
    public boolean allow(long count) {
      return count >= least && count <= most;
    }

    /** One fewer, of which it doesn't matter whether it was answered. */
    public Times butOne() {
      return new Times(Math.max(0, least - 1), Math.max(0, most - 1));
    }

    @Override
    public String toString() {
      return least == most ? Integer.toString(least) : least + " to " + most;
    }
  }

  /**
   * A poison that was sent.
   *
   * @param reason the code that it should be rejected with
   */
  public record Poison(String hash, String reason) {}

  private final Map<String, Map<String, Times>> events = new TreeMap<>();
  private final Map<Poison, Times> poisons = new HashMap<>();

  private Sent() {}

  /**
   * Reads what was sent by one way or by several, each with a log.
   *
   * @throws IllegalStateException if a writer has not come to its end
   */
  public static Sent read(Path... logs) throws IOException {
    Sent sent = new Sent();
    for (Path log : logs) {
      sent.take(log);
    }
    return sent;
  }

  /** The same, where whoever passed it on may have brought each so many more times. */
  public Sent broughtAgain(int times) {
    Sent again = new Sent();
    events.forEach(
        (key, payloads) -> {
          Map<String, Times> more = new HashMap<>();
          payloads.forEach((hash, sent) -> more.put(hash, sent.and(new Times(0, times))));
          again.events.put(key, more);
        });
    poisons.forEach((poison, sent) -> again.poisons.put(poison, sent.and(new Times(0, times))));
    return again;
  }

  private void take(Path log) throws IOException {
    Map<Integer, JsonNode> items = new TreeMap<>();
    Map<Integer, Times> messages = new HashMap<>();
    boolean ended = false;
    for (String line : Files.readAllLines(log)) {
      JsonNode entry = JSON.readTree(line);
      if (entry.has("try")) {
        items.put(entry.get("message").intValue(), entry.get("items"));
        messages.merge(entry.get("message").intValue(), new Times(0, 1), Times::and);
      } else if (entry.has("answered")) {
        messages.merge(entry.get("answered").intValue(), new Times(1, 0), Times::and);
      } else {
        ended = true;
      }
    }
    if (!ended) {
      throw new IllegalStateException(log + " has no end: its generator died");
    }
    items.forEach((number, some) -> some.forEach(item -> add(item, messages.get(number))));
  }

  private void add(JsonNode item, Times times) {
    String hash = item.get("hash").textValue();
    if (item.get("kind").textValue().equals(Kind.POISON.name())) {
      poisons.merge(new Poison(hash, item.get("reason").textValue()), times, Times::and);
    } else {
      events
          .computeIfAbsent(item.get("key").textValue(), key -> new HashMap<>())
          .merge(hash, times, Times::and);
    }
  }

  /** The payloads of each key, by hash, and how often each was sent. */
  public Map<String, Map<String, Times>> events() {
    return events;
  }

  /** Each poison and how often it was sent. */
  public Map<Poison, Times> poisons() {
    return poisons;
  }

  /** Everything together. */
  public Times total() {
    List<Times> all = new ArrayList<>(poisons.values());
    events.values().forEach(payloads -> all.addAll(payloads.values()));
    return all.stream().reduce(Times.NEVER, Times::and);
  }
}
