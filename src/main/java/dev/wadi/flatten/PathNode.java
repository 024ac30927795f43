package dev.wadi.flatten;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A place in a document, in a tree of member names, so that a value's column is found without
 * building its path. A node is in the tree only if it or a node under it has a column; so the tree
 * is bounded by the columns, whatever names events bring.
 */
final class PathNode {

  private final PathNode parent;
  private final String member;
  private final boolean pointers;
  private final Map<String, PathNode> members = new ConcurrentHashMap<>(4);

  /** Null while there is none. Written by {@link Columns} alone, under its lock. */
  volatile Column column;

  /** The column's number in the order in which columns came; set with the column. */
  volatile int number;

  private PathNode(PathNode parent, String member, boolean pointers) {
    this.parent = parent;
    this.member = member;
    this.pointers = pointers;
  }

  /** The root of the places in documents, whose paths are JSON Pointers. */
  static PathNode ofDocuments() {
    return new PathNode(null, "", true);
  }

  /** The root of names that shapes and steps give, which are paths by themselves. */
  static PathNode ofGivenNames() {
    return new PathNode(null, "", false);
  }

  /** The node of a member, which may be outside the tree. */
  PathNode of(String name) {
    PathNode known = members.get(name);
    return known == null ? new PathNode(this, name, pointers) : known;
  }

  /** The node of a JSON Pointer under this one, which may be outside the tree. */
  PathNode at(String pointer) {
    PathNode node = this;
    for (String escaped : pointer.substring(1).split("/", -1)) {
      node = node.of(escaped.replace("~1", "/").replace("~0", "~"));
    }
    return node;
  }

  /** The node of this path in the tree, or null if the tree has none. */
  PathNode inTree() {
    if (parent == null) {
      return this;
    }
    PathNode parentInTree = parent.inTree();
    return parentInTree == null ? null : parentInTree.members.get(member);
  }

  /** Puts this path into the tree. */
  PathNode attached() {
    if (parent == null) {
      return this;
    }
    PathNode home = parent.attached();
    return home.members.computeIfAbsent(
        member, name -> home == parent ? this : new PathNode(home, name, pointers));
  }

  /** Whether the path has more characters than this. */
  boolean isLongerThan(int characters) {
    int left = characters;
    for (PathNode node = this; node.parent != null && left >= 0; node = node.parent) {
      left -= node.member.length() + 1;
    }
    return left < 0;
  }

  List<String> names() {
    Deque<String> names = new ArrayDeque<>();
    for (PathNode node = this; node.parent != null; node = node.parent) {
      names.addFirst(node.member);
    }
    return new ArrayList<>(names);
  }

  String path() {
    if (!pointers) {
      return member;
    }
    StringBuilder pointer = new StringBuilder();
    for (String name : names()) {
      pointer.append('/').append(name.replace("~", "~0").replace("/", "~1"));
    }
    return pointer.toString();
  }
}
