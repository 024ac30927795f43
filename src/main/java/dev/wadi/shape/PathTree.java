package dev.wadi.shape;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A set of paths as a tree, to walk along with a parser. Immutable once built.
 *
 * <p>At an object, {@link #below} gives the tree for a member: null where no path of the set leads
 * through it, {@link #isEnd} where one ends at it.
 */
public final class PathTree {

  private final Map<String, PathTree> members = new HashMap<>();
  private boolean end;

  private PathTree() {}

  /** The tree of these paths; null where there are none. */
  public static PathTree of(Collection<JsonPath> paths) {
    if (paths.isEmpty()) {
      return null;
    }
    PathTree root = new PathTree();
    for (JsonPath path : paths) {
      root.add(path.names());
    }
    return root;
  }

  /** The part of the tree below a member, or null. */
  public PathTree below(String name) {
    return members.get(name);
  }

  /** Whether a path ends here. */
  public boolean isEnd() {
    return end;
  }

  private void add(List<String> names) {
    PathTree tree = this;
    for (String name : names) {
      tree = tree.members.computeIfAbsent(name, n -> new PathTree());
    }
    tree.end = true;
  }
}
