package dev.wadi.decode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wadi.shape.PathTree;

/**
 * Builds a document and its hash from values as they come. The containers that are open are a chain
 * of its own, so that no nesting can overflow the thread's stack. Made for one document.
 */
final class DocumentBuilder {

  /** A container that is open; exactly one of object and array is set. */
  private static final class Level {
    private final Level outer;

    /** The level below, kept to be used again by the next container there. */
    private Level inner;

    private ObjectNode object;
    private ArrayNode array;
    private String name;
    private long nameHash;

    /** The sum over the members, or what the elements have made of the array's seed. */
    private long hash;

    private int count;

    /** The ignored paths that lead through this container, and through its current member. */
    private PathTree ignored;

    private PathTree ignoredMember;

    private Level(Level outer) {
      this.outer = outer;
    }
  }

  private final PathTree ignoredPaths;
  private final Level root = new Level(null);
  private Level current;
  private int depth;

  /**
   * @param ignoredPaths what to leave out of the hash; null for nothing
   */
  DocumentBuilder(PathTree ignoredPaths) {
    this.ignoredPaths = ignoredPaths;
  }

  /** How many containers are open. */
  int depth() {
    return depth;
  }

  /** The name of the member that comes next, and its hash. */
  void name(String name, long hash) {
    Level level = current;
    level.name = name;
    level.nameHash = hash;
    if (level.ignored != null) {
      level.ignoredMember = level.ignored.below(name);
    }
  }

  /** Adds a value that is no container; returns false if its name was there before. */
  boolean add(JsonNode value, long hash) {
    boolean fresh = attach(value);
    addHash(hash);
    return fresh;
  }

  /** Opens an object, the first one being the document; returns as {@link #add} does. */
  boolean openObject() {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    if (!attach(object)) {
      return false;
    }
    open(0);
    current.object = object;
    return true;
  }

  /** Opens an array; returns as {@link #add} does. */
  boolean openArray() {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    if (!attach(array)) {
      return false;
    }
    open(PayloadHash.ARRAY_SEED);
    current.array = array;
    return true;
  }

  /** Closes the innermost container; the document is complete when the first is closed. */
  void close() {
    Level level = current;
    depth--;
    current = level.outer;
    if (current != null) {
      addHash(
          level.object != null
              ? PayloadHash.object(level.hash, level.count)
              : PayloadHash.array(level.hash, level.count));
    }
  }

  /** The complete document. */
  Parsed.Document document() {
    return new Parsed.Document(root.object, PayloadHash.payload(root.hash, root.count));
  }

  /** Where the current value stands, such as {@code subject.content.labels[]}. */
  String path() {
    StringBuilder path = new StringBuilder();
    for (Level level = root; level != current.inner; level = level.inner) {
      if (level.object == null) {
        path.append("[]");
      } else {
        path.append(level == root ? "" : ".").append(level.name);
      }
    }
    return Shown.text(path);
  }

  private void open(long seed) {
    Level outer = current;
    Level level = outer == null ? root : outer.inner;
    if (level == null) {
      level = new Level(outer);
      outer.inner = level;
    }
    level.object = null;
    level.array = null;
    level.hash = seed;
    level.count = 0;
    level.ignored = outer == null ? ignoredPaths : outer.ignoredMember;
    level.ignoredMember = null;
    current = level;
    depth++;
  }

  private boolean attach(JsonNode value) {
    Level level = current;
    if (level == null) {
      return true;
    }
    if (level.object != null) {
      return level.object.replace(level.name, value) == null;
    }
    level.array.add(value);
    return true;
  }

  private void addHash(long hash) {
    Level level = current;
    if (level.object == null) {
      level.hash = PayloadHash.element(level.hash, hash);
    } else if (level.ignoredMember == null || !level.ignoredMember.isEnd()) {
      level.hash += PayloadHash.member(level.nameHash, hash);
    } else {
      return;
    }
    level.count++;
  }
}
