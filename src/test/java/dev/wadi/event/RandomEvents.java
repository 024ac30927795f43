package dev.wadi.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wadi.shape.CatalogueExamples;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Random records of the shipped shapes: about half of them are events, written in all the ways that
 * JSON allows; the others have a wrong value, a member twice, or damaged bytes. Equal seeds give
 * equal records. Most have 100 bytes to 5 KB, and may have line ends in them; one in 300 is nested
 * 150 to 300 levels deep. None is beyond the default limits on bytes, texts and values.
 */
public final class RandomEvents {

  /** The shapes that there are records of. */
  public static final List<String> SHAPES =
      List.of("cdevents", "json", "named-event", "simulated-cdevents");

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final List<CatalogueExamples.Example> CDEVENTS = CatalogueExamples.all();

  private static final List<String> NAMES =
      List.of(
          "payment:order:completed", "payment:refund", "login", "a-b_c:d:e:f:g", "\u00e9t\u00e9");

  private static final List<String> ODD_NAMES =
      List.of(
          "user/created",
          "a b",
          "x.d@e+f",
          "payment::completed",
          ":order",
          "payment:",
          "",
          "..",
          "a//b",
          "payment:order:com\0pleted",
          "'; DROP TABLE events; --",
          "t".repeat(300));

  private static final List<String> ODD_TIMES =
      List.of(
          "2026-11-21 12:00",
          "2026-11-21t12:00:00.1z",
          "2026-11-21T12:00:00,25+01:00",
          "2026-11-21T12:00:00.123456999Z",
          "2024-02-29T23:59:59-0530",
          "2026-02-29T00:00:00Z",
          "2026-11-21T12:00:00+19:00",
          "0001-01-01T00:00:00+01:00",
          "9999-12-31T23:59:59.999999999Z",
          "1969-12-31T23:59:59.9999999Z",
          "2026-11-21",
          "yesterday",
          "");

  private final Random random;
  private final RandomJson values;
  private final ByteDamage damage;
  private final boolean validOnly;

  private RandomEvents(long seed, boolean validOnly) {
    this.random = new Random(seed);
    this.values = new RandomJson(random);
    this.damage = new ByteDamage(random);
    this.validOnly = validOnly;
  }

  /** Records of all shapes by turns, without end. */
  public static Iterator<byte[]> events(long seed) {
    RandomEvents events = new RandomEvents(seed, false);
    return Stream.generate(() -> events.next(events.values.one(SHAPES))).iterator();
  }

  /** Records of one shape, without end. */
  public static Iterator<byte[]> events(String shape, long seed) {
    RandomEvents events = new RandomEvents(seed, false);
    return Stream.generate(() -> events.next(shape)).iterator();
  }

  /** Records of one shape, all of which are events, without end. */
  public static Iterator<byte[]> valid(String shape, long seed) {
    RandomEvents events = new RandomEvents(seed, true);
    return Stream.generate(() -> events.next(shape)).iterator();
  }

  private byte[] next(String shape) {
    ObjectNode event = event(shape);
    for (int n = random.nextInt(4); n > 0; n--) {
      extend(event);
    }
    if (isBad(5)) {
      spoil(event);
    }
    if (isBad(300)) {
      event.set("deep", values.nested(150 + random.nextInt(150)));
    }
    String text = new RandomStyle(random, isBad(20) ? 10 : 0).write(event);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return isBad(4) ? damage.damaged(bytes) : bytes;
  }

  private ObjectNode event(String shape) {
    return switch (shape) {
      case "cdevents" -> shuffled(cdevent());
      case "json" -> shuffled(json());
      case "named-event" -> shuffled(namedEvent());
      case "simulated-cdevents" -> shuffled(simulated());
      default -> throw new IllegalArgumentException("no events of the shape " + shape);
    };
  }

  private ObjectNode cdevent() {
    CatalogueExamples.Example example = values.one(CDEVENTS);
    ObjectNode event = (random.nextBoolean() ? example.least() : example.whole()).deepCopy();
    ObjectNode context = event.withObject("/context");
    context.put("id", filled()).put("source", filled()).put("timestamp", iso8601());
    if (oneIn(20)) {
      context.put("type", "dev.cdeventsx.acme-ship.landed.0.1.0");
    } else if (oneIn(20)) {
      context.put("type", "dev.cdevents.ship.landed.0.1.0-draft");
    } else if (oneIn(20)) {
      context.put(context.has("version") ? "version" : "specversion", "0.6.0");
    }
    if (oneIn(4)) {
      event.set("customData", random.nextBoolean() ? values.object(3) : text(values.text()));
    }
    return event;
  }

  private ObjectNode json() {
    ObjectNode event = JSON.objectNode();
    event.set("id", id());
    event.put("type", isBad(3) ? values.one(ODD_NAMES) : values.one(NAMES)).put("time", iso8601());
    if (random.nextBoolean()) {
      event.set("source", values.value(1));
    }
    return event;
  }

  private ObjectNode namedEvent() {
    ObjectNode event = JSON.objectNode();
    event.set("event_uuid", id());
    event.put("event_name", isBad(4) ? values.one(ODD_NAMES) : values.one(NAMES));
    event.set("created_at", isBad(10) ? values.value(1) : unixSeconds());
    event.set("data", values.object(2));
    return event;
  }

  private ObjectNode simulated() {
    String environment = isBad(8) ? values.text() : values.one(List.of("dev", "prod", "test-2"));
    ObjectNode event = JSON.objectNode();
    event.set("event_id", id());
    event
        .withObject("/context")
        .put("id", "run-" + random.nextInt(1_500))
        .put("source", filled())
        .put("type", environment + ".simulated_events.pipelinerun.started")
        .put("timestamp", iso8601());
    event.withObject("/subject").put("id", filled()).set("content", values.object(2));
    return event;
  }

  /** A text that isn't blank, or a number. */
  private JsonNode id() {
    return oneIn(4) ? values.number() : text(filled());
  }

  private String filled() {
    return values.text() + random.nextInt(100_000);
  }

  private String iso8601() {
    if (isBad(6)) {
      return values.one(ODD_TIMES);
    }
    String time = instant().toString();
    return oneIn(3) ? time.replace('T', ' ').replace("Z", "") : time;
  }

  private JsonNode unixSeconds() {
    long seconds = instant().getEpochSecond();
    String number =
        switch (random.nextInt(4)) {
          case 0 -> Long.toString(seconds);
          case 1 -> seconds + ".%03d".formatted(random.nextInt(1_000));
          case 2 -> seconds / 1e9 + "e9";
          default -> seconds + ".%06d".formatted(random.nextInt(1_000_000));
        };
    return oneIn(4) && !number.contains("e") ? text(number) : RandomJson.raw(number);
  }

  /** From 2020 to 2030, in whole microseconds, milliseconds, seconds or minutes. */
  private Instant instant() {
    long micros = 1_577_836_800_000_000L + (long) (random.nextDouble() * 3.15e14);
    long unit = values.one(List.of(1L, 1_000L, 1_000_000L, 60_000_000L));
    return Instant.EPOCH.plusNanos(micros / unit * unit * 1_000);
  }

  /** Adds a member to one of the objects in the event. */
  private void extend(ObjectNode event) {
    ObjectNode object = anyObject(event);
    String name = validOnly ? "undeclared " + values.name() : values.name();
    if (!object.has(name)) {
      object.set(name, values.value(3));
    }
  }

  /** Takes a member away, or gives it another value. */
  private void spoil(ObjectNode event) {
    ObjectNode object = anyObject(event);
    if (object.isEmpty()) {
      return;
    }
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    String name = values.one(names);
    switch (random.nextInt(6)) {
      case 0 -> object.remove(name);
      case 1 -> object.putNull(name);
      case 2 -> object.set(name, values.badNumber());
      case 3 -> object.put(name, values.one(List.of("", " ", "\ud800", "x\udc00")));
      default -> object.set(name, values.value(2));
    }
  }

  private ObjectNode anyObject(ObjectNode event) {
    ObjectNode object = event;
    while (random.nextBoolean()) {
      List<ObjectNode> inner = new ArrayList<>();
      for (JsonNode member : object) {
        if (member instanceof ObjectNode next) {
          inner.add(next);
        }
      }
      if (inner.isEmpty()) {
        return object;
      }
      object = values.one(inner);
    }
    return object;
  }

  private ObjectNode shuffled(ObjectNode event) {
    List<String> names = new ArrayList<>();
    event.fieldNames().forEachRemaining(names::add);
    if (random.nextBoolean()) {
      Collections.shuffle(names, random);
    }
    ObjectNode other = JSON.objectNode();
    names.forEach(name -> other.set(name, event.get(name)));
    return other;
  }

  private static JsonNode text(String text) {
    return JSON.textNode(text);
  }

  /** Whether one in so many is to be bad, if any is. */
  private boolean isBad(int n) {
    return !validOnly && oneIn(n);
  }

  private boolean oneIn(int n) {
    return random.nextInt(n) == 0;
  }
}
