package dev.wadi.crash.load;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

/**
 * What is to be sent, made from a seed: the shares of copies, conflicts and poison, how many events
 * a message carries, and the order are the seed's too.
 */
public final class Load {

  private static final int DAYS = 2;

  private final Random random;
  private final long seed;
  private final double copies;
  private final double conflicts;
  private final double poisons;
  private final int mostInMessage;
  private final List<Item> firsts = new ArrayList<>();
  private final Set<String> conflicting = new HashSet<>();

  private Load(long seed) {
    this.seed = seed;
    random = new Random(seed);
    copies = 0.02 + random.nextDouble() * 0.15;
    conflicts = 0.01 + random.nextDouble() * 0.06;
    poisons = 0.02 + random.nextDouble() * 0.05;
    mostInMessage = 1 + random.nextInt(20);
  }

  /**
   * The messages, in the order of sending.
   *
   * @param items how many events and poisons together
   */
  public static List<Message> of(long seed, int items) {
    Load load = new Load(seed);
    List<Message> messages = new ArrayList<>();
    for (int left = items; left > 0; ) {
      List<Item> some = new ArrayList<>();
      int size = Math.min(left, 1 + load.random.nextInt(load.mostInMessage));
      for (int n = 0; n < size; n++) {
        some.add(load.next(items - left + n, size > 1));
      }
      messages.add(new Message(messages.size(), some));
      left -= size;
    }
    return messages;
  }

  private Item next(int n, boolean inArray) {
    double kind = random.nextDouble();
    if (kind < poisons) {
      return poison(n, inArray);
    }
    if (kind < poisons + copies && !firsts.isEmpty()) {
      Item first = firsts.get(random.nextInt(firsts.size()));
      String body = random.nextBoolean() ? first.body() : respelled(first.body());
      return new Item(Kind.COPY, first.key(), first.hash(), "", body);
    }
    if (kind < poisons + copies + conflicts && !firsts.isEmpty()) {
      Item first = firsts.get(random.nextInt(firsts.size()));
      if (conflicting.add(first.key())) {
        String body = first.body().replace("\"outcome\":\"first\"", "\"outcome\":\"other\"");
        return new Item(Kind.CONFLICT, first.key(), PayloadHash.ofJson(body), "", body);
      }
    }
    Item event = event(n);
    firsts.add(event);
    return event;
  }

  /** The same id comes from two sources now and then: the key is both together. */
  private Item event(int n) {
    boolean twin = n > 0 && random.nextInt(20) == 0;
    String id = "e-" + seed + "-" + (twin ? n - 1 : n);
    String source = twin ? "/crash/twin/" + n : "/crash/test";
    String predicate = random.nextBoolean() ? "started" : "queued";
    String body =
        String.format(
            Locale.ROOT,
            "{\"context\":{\"specversion\":\"0.5.1\",\"id\":\"%s\",\"source\":\"%s\","
                + "\"type\":\"dev.cdevents.pipelinerun.%s.0.3.0\",\"timestamp\":\"2026-10-%02dT10:00:00Z\"},"
                + "\"subject\":{\"id\":\"run-%d\",\"source\":\"/crash/test\",\"content\":{\"pipelineName\":\"p%d\","
                + "\"uri\":\"https://ci.example/%s\"}},\"customData\":{\"outcome\":\"first\",\"weight\":%d.50,\"n\":%d}}",
            id,
            source,
            predicate,
            1 + random.nextInt(DAYS),
            random.nextInt(1000),
            random.nextInt(9),
            id,
            random.nextInt(100),
            n);
    return new Item(Kind.UNIQUE, source + "#" + id, PayloadHash.ofJson(body), "", body);
  }

  /** The same by other characters. */
  private static String respelled(String body) {
    return body.replace(".50,", ".5,").replace("\":\"", "\" : \"");
  }

  private Item poison(int n, boolean inArray) {
    String id = "poison-" + seed + "-" + n;
    String reason;
    String body;
    switch (random.nextInt(inArray ? 3 : 4)) {
      case 0 -> {
        reason = "missing_field";
        body = "{\"context\":{\"specversion\":\"0.5.1\",\"id\":\"" + id + "\"}}";
      }
      case 1 -> {
        reason = "bad_time";
        body = event(n).body().replace("T10:00:00Z", "T10:61:00Z").replace("e-" + seed, id);
      }
      case 2 -> {
        reason = "not_an_object";
        body = "\"" + id + "\"";
      }
      default -> {
        reason = "not_json";
        body = "{\"context\": {\"id\": \"" + id + "\", broken";
      }
    }
    String hash = PayloadHash.ofBytes(body.getBytes(StandardCharsets.UTF_8));
    return new Item(Kind.POISON, id, hash, reason, body);
  }
}
