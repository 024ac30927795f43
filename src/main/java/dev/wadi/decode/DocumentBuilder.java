package dev.wadi.decode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wadi.shape.PathTree;
import java.util.Arrays;

/**
 * Builds a document and its hash from values as they come. The containers that are open are on a
 * stack of its own, so that no nesting can overflow the thread's. Made for one document.
 */
final class DocumentBuilder {

  private static final int USUAL_DEPTH = 16;

  private final NameHashes nameHashes;
  private int depth;
  private ContainerNode<?>[] containers = new ContainerNode<?>[USUAL_DEPTH];
  private String[] names = new String[USUAL_DEPTH];
  private long[] hashes = new long[USUAL_DEPTH];
  private int[] counts = new int[USUAL_DEPTH];

  /** At each level the ignored paths that lead through its current member; null for none. */
  private PathTree[] ignored = new PathTree[USUAL_DEPTH];

  private final PathTree ignoredPaths;

  /**
   * @param ignoredPaths what to leave out of the hash; null for nothing
   */
  DocumentBuilder(PathTree ignoredPaths, NameHashes nameHashes) {
    this.ignoredPaths = ignoredPaths;
    this.nameHashes = nameHashes;
  }

  /** How many containers are open. */
  int depth() {
    return depth;
  }

  /** The name of the member that comes next. */
  void name(String name) {
    int top = depth - 1;
    names[top] = name;
    if (ignoredPaths != null) {
      PathTree outer = top == 0 ? ignoredPaths : ignored[top - 1];
      ignored[top] = outer == null ? null : outer.below(name);
    }
  }

  /** Adds a value that is no container; returns false if its name was there before. */
  boolean add(JsonNode value, long hash) {
    boolean fresh = attach(value);
    addHash(hash);
    return fresh;
  }

  boolean openObject() {
    return open(JsonNodeFactory.instance.objectNode(), 0);
  }

  boolean openArray() {
    return open(JsonNodeFactory.instance.arrayNode(), PayloadHash.ARRAY_SEED);
  }

  /** Closes the innermost container; the document is complete when the first is closed. */
  void close() {
    depth--;
    long hash =
        containers[depth] instanceof ObjectNode
            ? PayloadHash.object(hashes[depth], counts[depth])
            : PayloadHash.array(hashes[depth], counts[depth]);
    if (depth == 0) {
      hashes[0] = hash;
    } else {
      addHash(hash);
    }
  }

  /** The complete document. */
  Parsed.Document document() {
    return new Parsed.Document((ObjectNode) containers[0], hashes[0]);
  }

  /** Where the current value stands, such as {@code subject.content.labels[]}. */
  String path() {
    StringBuilder path = new StringBuilder();
    for (int level = 0; level < depth; level++) {
      if (containers[level] instanceof ArrayNode) {
        path.append("[]");
      } else {
        path.append(level == 0 ? "" : ".").append(names[level]);
      }
    }
    return Shown.text(path);
  }

  private boolean open(ContainerNode<?> container, long seed) {
    boolean fresh = depth == 0 || attach(container);
    if (depth == containers.length) {
      grow();
    }
    containers[depth] = container;
    names[depth] = null;
    hashes[depth] = seed;
    counts[depth] = 0;
    ignored[depth] = null;
    depth++;
    return fresh;
  }

  private boolean attach(JsonNode value) {
    int top = depth - 1;
    if (containers[top] instanceof ObjectNode object) {
      return object.replace(names[top], value) == null;
    }
    ((ArrayNode) containers[top]).add(value);
    return true;
  }

  private void addHash(long hash) {
    int top = depth - 1;
    if (!(containers[top] instanceof ObjectNode)) {
      hashes[top] = PayloadHash.element(hashes[top], hash);
    } else if (ignored[top] == null || !ignored[top].isEnd()) {
      hashes[top] += PayloadHash.member(nameHashes.of(names[top]), hash);
    } else {
      return;
    }
    counts[top]++;
  }

  private void grow() {
    int size = depth * 2;
    containers = Arrays.copyOf(containers, size);
    names = Arrays.copyOf(names, size);
    hashes = Arrays.copyOf(hashes, size);
    counts = Arrays.copyOf(counts, size);
    ignored = Arrays.copyOf(ignored, size);
  }
}
