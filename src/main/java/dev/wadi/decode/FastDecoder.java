package dev.wadi.decode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.wadi.event.EventKey;
import dev.wadi.event.ValueSink;
import dev.wadi.ops.Metrics;
import dev.wadi.shape.EventType;
import dev.wadi.shape.Familiarity;
import dev.wadi.shape.JsonPath;
import dev.wadi.shape.Shape;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads records as {@link Decoder} does, several times as fast, and without making an object of
 * them: the values go straight into a sink, and the event's own fields can be asked for until the
 * next record. What it is not sure of it declines, above all everything that is wrong; a record
 * that it takes is the same event by both.
 *
 * <p>Not thread-safe: each thread has its own.
 */
public final class FastDecoder {

  private final Shape shape;
  private final ValueSink sink;
  private final Metrics metrics;
  private final FastScanner scanner;
  private final MemberNode root;
  private final MemberNode[] key;
  private final MemberNode id;
  private final MemberNode source;
  private final MemberNode type;
  private final MemberNode time;
  private final MemberNode catalogueType;
  private final MemberNode[] versions;
  private final EventKey.Hasher hasher;
  private final Map<Long, Known> known = new HashMap<>();

  private Known last;
  private Instant lastTime;

  /** What a type and a version, by their texts, mean. */
  private record Known(
      byte[] typeText,
      byte[] versionText,
      byte[] catalogueText,
      EventType type,
      CheckPlan[] checks,
      Familiarity familiarity) {}

  private static final int MAX_KNOWN = 10_000;

  /** What texts that are longer mean, in bytes, is not remembered. */
  private static final int MAX_KNOWN_TEXT = 512;

  /**
   * @param maxLevel an object that is so many members deep is declined, since it becomes text
   * @param sink gets the values of the records that are taken
   * @param metrics as {@link Decoder} has them
   */
  public FastDecoder(
      Shape shape, DecodeLimits limits, int maxLevel, ValueSink sink, Metrics metrics) {
    this.shape = shape;
    this.sink = sink;
    this.metrics = metrics;
    this.root = MemberNode.root(shape.ignoredInHash());
    this.scanner = new FastScanner(limits, maxLevel, root);
    this.key = nodes(shape.key());
    this.id = node(shape.id());
    this.source = shape.source() == null ? null : node(shape.source());
    this.type = node(shape.type().path());
    this.time = node(shape.time().path());
    this.catalogueType = shape.catalogueType() == null ? null : node(shape.catalogueType());
    this.versions = nodes(shape.versions());
    this.hasher = new EventKey.Hasher(shape.keySpace());
  }

  /**
   * Reads a record that is a part of an array. If it is taken, the sink has got its values.
   *
   * @return whether it is taken; if not, the sink has got nothing, and {@link Decoder} says what it
   *     is
   */
  public boolean decode(byte[] bytes, int from, int to) {
    if (!scanner.read(bytes, from, to) || !hasParts()) {
      return false;
    }
    Known what = known();
    if (what == null || !CheckPlan.hold(what.checks, scanner)) {
      return false;
    }
    JsonNode written = timeNode();
    Instant when = written == null ? null : shape.time().read(written);
    if (when == null) {
      return false;
    }
    last = what;
    lastTime = when;
    hasher.begin();
    for (MemberNode part : key) {
      hasher.add(part.buffer, part.from, part.length);
    }
    hasher.end();
    if (what.familiarity != Familiarity.KNOWN) {
      metrics.count(Decoder.UNKNOWN, "kind", what.familiarity.label(), 1);
    }
    give();
    return true;
  }

  /** The first 64 bits of the last record's key. */
  public long keyHigh() {
    return hasher.high();
  }

  /** The last 64 bits of the last record's key. */
  public long keyLow() {
    return hasher.low();
  }

  public long payloadHash() {
    return scanner.hash();
  }

  public EventType type() {
    return last.type;
  }

  public Instant time() {
    return lastTime;
  }

  public String id() {
    return id.text();
  }

  /** The event's own source, or null. */
  public String source() {
    return hasSource() ? source.text() : null;
  }

  /** Gives the event's id to the sink, as the value of a place. */
  public void giveId(Object place) {
    sink.text(place, id.buffer, id.from, id.length);
  }

  /** Gives the event's own source to the sink, as the value of a place, if it has one. */
  public void giveSource(Object place) {
    if (hasSource()) {
      sink.text(place, source.buffer, source.from, source.length);
    }
  }

  /** The columns that the shape derives; often empty. */
  public Map<String, Object> derived() {
    return shape.derivesNothing() ? Map.of() : shape.derive(id(), last.type, lastTime);
  }

  private boolean hasSource() {
    return source != null && scanner.has(source);
  }

  private boolean hasParts() {
    for (MemberNode part : key) {
      if (!scanner.hasText(part)) {
        return false;
      }
    }
    return scanner.hasText(id)
        && scanner.hasText(type)
        && !CheckPlan.isBlank(type)
        && scanner.has(time)
        && (source == null || !scanner.has(source) || scanner.hasText(source))
        && (catalogueType == null || scanner.hasText(catalogueType));
  }

  private Known known() {
    MemberNode version = version();
    if (versions.length > 0 && version == null) {
      return null;
    }
    // the hashes of the texts, which the scanner has made already
    long hash = type.number * 31 + (version == null ? 0 : version.number);
    if (catalogueType != null) {
      hash = hash * 31 + catalogueType.number;
    }
    Known found = known.get(hash);
    if (found == null) {
      found = learn(version);
      if (found != null && known.size() < MAX_KNOWN && isShort(version)) {
        known.put(hash, found);
      }
      return found;
    }
    // the hash is one that an author of events could construct collisions of
    return same(type, found.typeText)
            && same(version, found.versionText)
            && same(catalogueType, found.catalogueText)
        ? found
        : null;
  }

  private boolean isShort(MemberNode version) {
    return type.length <= MAX_KNOWN_TEXT
        && (version == null || version.length <= MAX_KNOWN_TEXT)
        && (catalogueType == null || catalogueType.length <= MAX_KNOWN_TEXT);
  }

  private static boolean same(MemberNode node, byte[] text) {
    return node == null
        ? text == null
        : text != null
            && Arrays.equals(text, 0, text.length, node.buffer, node.from, node.from + node.length);
  }

  private static byte[] copy(MemberNode node) {
    return node == null
        ? null
        : Arrays.copyOfRange(node.buffer, node.from, node.from + node.length);
  }

  private Known learn(MemberNode version) {
    EventType read = shape.type().read(type.text());
    if (read == null) {
      return null;
    }
    String byCatalogue = catalogueType == null ? type.text() : catalogueType.text();
    Shape.Checks checks = shape.checks(byCatalogue, version == null ? null : version.text());
    return new Known(
        copy(type),
        copy(version),
        copy(catalogueType),
        read,
        CheckPlan.of(root, checks.fields()),
        checks.familiarity());
  }

  private MemberNode version() {
    for (MemberNode one : versions) {
      if (scanner.hasText(one) && !CheckPlan.isBlank(one)) {
        return one;
      }
    }
    return null;
  }

  /** The time as it is written, or null if it is nothing that can be one. */
  private JsonNode timeNode() {
    return switch (time.kind) {
      case MemberNode.TEXT -> TextNode.valueOf(time.text());
      case MemberNode.INTEGER -> LongNode.valueOf(time.number);
      case MemberNode.DECIMAL -> DoubleNode.valueOf(Double.longBitsToDouble(time.number));
      default -> null;
    };
  }

  private void give() {
    MemberNode[] values = scanner.values();
    for (int i = 0; i < scanner.count(); i++) {
      MemberNode node = values[i];
      Object place = node.place;
      if (place == null) {
        place = sink.place(node.names());
        node.place = place;
      }
      switch (node.kind) {
        case MemberNode.TEXT -> sink.text(place, node.buffer, node.from, node.length);
        case MemberNode.ARRAY -> sink.json(place, node.buffer, node.from, node.length);
        case MemberNode.INTEGER -> sink.integer(place, node.number);
        case MemberNode.DECIMAL -> sink.decimal(place, Double.longBitsToDouble(node.number));
        default -> sink.bool(place, node.kind == MemberNode.TRUE);
      }
    }
  }

  private MemberNode[] nodes(List<JsonPath> paths) {
    return paths.stream().map(this::node).toArray(MemberNode[]::new);
  }

  private MemberNode node(JsonPath path) {
    MemberNode node = root;
    for (String name : path.names()) {
      node = node.at(name);
    }
    return node;
  }
}
