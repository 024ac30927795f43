package dev.wadi.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.wadi.event.ByteDamage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Makes of an event what senders, networks and attackers make of it: members of another type,
 * missing, doubled, renamed, nested deep, huge; or bytes flipped, cut, doubled and not UTF-8. Equal
 * seeds mutate equally.
 */
public final class Mutator {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** As they stand in the text. */
  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "false",
          "0",
          "-0.0",
          "-1",
          "1.5",
          "9223372036854775807",
          "9007199254740993",
          "0.1e-400",
          "1712511721.022075",
          "123456789012345678.5",
          "\"\"",
          "\" \"",
          "\"x\"",
          "\"\\u0000\"",
          "\"\ud83d\ude00\"",
          "\"../../etc/passwd\"",
          "\"'; DROP TABLE events; --\"",
          "\"a:b:c\"",
          "\"-5-01-01T00:00:00Z\"",
          "\"2026-02-30T10:00:00Z\"",
          "\"9999-12-31T23:59:59.999999999Z\"",
          "\"0001-01-01T00:00:00+18:00\"",
          "\"dev.cdevents.build.queued.99.0.0\"",
          "[]",
          "{}",
          "[[]]",
          "[null]",
          "[\"x\",1,{\"a\":[]}]",
          "{\"\":{}}",
          "{\"a\":null}");

  /** These no reader may take: no JSON, out of range, half a character, a member twice. */
  private static final List<String> BAD_VALUES =
      List.of(
          "1e400",
          "-1e999999999",
          "9223372036854775808",
          "-9223372036854775809",
          "NaN",
          "01",
          "\"\\ud800\"",
          "\"\\udc00x\"",
          "{\"a\":1,\"a\":2}");

  private static final List<String> NAMES =
      List.of("", " ", "_doc", "event_key", "ID", "Context", "a.b", "a/b", "\0", "\u00e9", "$ref");

  /** One in so many is huge: these take as much time as all the others. */
  private static final int HUGE = 2_000;

  private final Random random;
  private final ByteDamage damage;

  public Mutator(Random random) {
    this.random = random;
    this.damage = new ByteDamage(random);
  }

  /** The event after some mutations, which may be none; the given bytes are left as they are. */
  public byte[] mutated(byte[] event) {
    byte[] bytes = event.clone();
    int how = random.nextInt(100);
    if (how < 10) {
      return bytes;
    }
    if (how < 75) {
      bytes = restructured(bytes);
    }
    return how < 70 ? bytes : damage.damaged(bytes);
  }

  private byte[] restructured(byte[] event) {
    JsonNode tree;
    try {
      tree = JSON.readTree(event);
    } catch (IOException e) {
      return event;
    }
    if (!(tree instanceof ObjectNode root)) {
      return event;
    }
    for (int change = random.nextInt(3); change >= 0; change--) {
      change(root);
    }
    String text = root.toString();
    return switch (random.nextInt(30)) {
      case 0 -> bytes("[" + text + "]");
      case 1 -> bytes(text + text);
      case 2 -> bytes(twice(root, text));
      default -> bytes(text);
    };
  }

  private void change(ObjectNode root) {
    ObjectNode object = anyObject(root);
    if (object.isEmpty()) {
      object.put("a", 1);
    }
    String name = anyName(object);
    JsonNode value = object.get(name);
    switch (random.nextInt(11)) {
      case 0, 1, 2 ->
          object.putRawValue(name, new RawValue(one(random.nextInt(8) > 0 ? VALUES : BAD_VALUES)));
      case 3 -> object.remove(name);
      case 4 -> object.putNull(name);
      case 5 -> object.set(name, NODES.arrayNode().add(value));
      case 6 -> rename(object, name);
      case 7 -> swap(object, name, anyName(object));
      case 8 -> object.set(name, deep());
      case 9 -> object.set(one(NAMES) + random.nextInt(20), value.deepCopy());
      default -> grow(object, name);
    }
  }

  private void rename(ObjectNode object, String name) {
    JsonNode value = object.remove(name);
    String other =
        switch (random.nextInt(4)) {
          case 0 -> name.toUpperCase(Locale.ROOT);
          case 1 -> name + "_";
          case 2 -> one(NAMES);
          default ->
              random.nextInt(20) == 0
                  ? name.repeat(5_000) + random.nextInt()
                  : name.repeat(1 + random.nextInt(40));
        };
    object.set(other, value);
  }

  private static void swap(ObjectNode object, String one, String other) {
    JsonNode first = object.get(one);
    object.set(one, object.get(other));
    object.set(other, first);
  }

  /** On both sides of the limits of nesting, of flattening and of decoding. */
  private JsonNode deep() {
    int levels = random.nextInt(3) == 0 ? 150 + random.nextInt(300) : 1 + random.nextInt(30);
    JsonNode inner = NODES.textNode("deep");
    for (int level = 0; level < levels; level++) {
      inner =
          random.nextBoolean()
              ? NODES.arrayNode().add(inner)
              : NODES.objectNode().set("n" + level % 3, inner);
    }
    return inner;
  }

  private void grow(ObjectNode object, String name) {
    if (random.nextInt(HUGE / 50) != 0) {
      object.put(name, "x\u00e9\ud83d\ude00".repeat(random.nextInt(200)));
      return;
    }
    switch (random.nextInt(4)) {
      case 0 -> object.put(name, "huge ".repeat(210_000));
      case 1 -> object.put(name, "large ".repeat(50_000));
      case 2 -> {
        ArrayNode many = object.putArray(name);
        int elements = random.nextBoolean() ? 120_000 : 2_000;
        for (int n = 0; n < elements; n++) {
          many.add(n % 10);
        }
      }
      default -> {
        ObjectNode wide = object.putObject(name);
        for (int n = 0; n < 500; n++) {
          wide.put("w" + random.nextInt(2_000), n);
        }
      }
    }
  }

  /** The text with one of the root's members a second time, equal or not. */
  private String twice(ObjectNode root, String text) {
    if (root.isEmpty()) {
      return text;
    }
    String name = anyName(root);
    String value = random.nextBoolean() ? root.get(name).toString() : one(VALUES);
    return "{" + NODES.textNode(name) + ":" + value + "," + text.substring(1);
  }

  private ObjectNode anyObject(ObjectNode root) {
    ObjectNode object = root;
    while (random.nextInt(6) != 0) {
      List<ObjectNode> inner = new ArrayList<>();
      object.forEach(
          member -> {
            if (member instanceof ObjectNode next) {
              inner.add(next);
            }
          });
      if (inner.isEmpty()) {
        return object;
      }
      object = one(inner);
    }
    return object;
  }

  private String anyName(ObjectNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return one(names);
  }

  private <T> T one(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
