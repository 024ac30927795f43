package dev.wadi.decode;

import dev.wadi.shape.PathTree;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A member that documents have at one path, found again by the bytes of its name. It also holds
 * what stands there in the record that is being read; so a tree of them belongs to one {@link
 * FastDecoder}.
 */
final class MemberNode {

  /** What stands at a node. */
  static final int TEXT = 0;

  static final int INTEGER = 1;
  static final int DECIMAL = 2;
  static final int TRUE = 3;
  static final int FALSE = 4;
  static final int NULL = 5;
  static final int OBJECT = 6;
  static final int ARRAY = 7;

  private static final int FIRST_SLOTS = 8;

  final MemberNode parent;
  final byte[] name;
  final long nameHash;

  /** How many members lead here; elements of arrays count as none. */
  final int level;

  /** The ignored paths that lead through this node. */
  final PathTree ignored;

  final boolean inArray;

  /** What the sink gave for this path; null until it was asked. */
  Object place;

  /** The object that this member was last seen in. */
  long seenIn;

  /** The record that the value is of. */
  long record;

  int kind;
  byte[] buffer;
  int from;
  int length;
  long number;

  /** What usually comes next in the object that this is in, or first in this object. */
  private MemberNode next;

  private MemberNode first;
  private MemberNode element;
  private MemberNode[] slots = new MemberNode[FIRST_SLOTS];
  private int members;

  private MemberNode(MemberNode parent, byte[] name, PathTree ignored, int level, boolean inArray) {
    this.parent = parent;
    this.name = name;
    this.nameHash = PayloadHash.text(name);
    this.ignored = ignored;
    this.level = level;
    this.inArray = inArray;
  }

  /** The document itself. */
  static MemberNode root(PathTree ignoredInHash) {
    return new MemberNode(null, new byte[0], ignoredInHash, 0, false);
  }

  /** The elements of the array that stands here, all of them. */
  MemberNode element() {
    if (element == null) {
      element = new MemberNode(this, new byte[0], null, level, true);
    }
    return element;
  }

  /** Whether the member is left out of the hash. */
  boolean isIgnored() {
    return ignored != null && ignored.isEnd();
  }

  /**
   * The member of this name, or null if there was none so far.
   *
   * @param before the member that came before it in the object; null if it is the first
   */
  MemberNode find(MemberNode before, byte[] bytes, int from, int to) {
    MemberNode guess = before == null ? first : before.next;
    if (guess != null && Arrays.equals(guess.name, 0, guess.name.length, bytes, from, to)) {
      return guess;
    }
    MemberNode found = lookUp(PayloadHash.text(bytes, from, to - from), bytes, from, to);
    follow(before, found);
    return found;
  }

  /** Makes the member of this name. */
  MemberNode add(MemberNode before, byte[] bytes, int from, int to) {
    byte[] own = Arrays.copyOfRange(bytes, from, to);
    PathTree below =
        ignored == null ? null : ignored.below(new String(own, StandardCharsets.UTF_8));
    MemberNode added = new MemberNode(this, own, below, level + 1, inArray);
    if (++members * 2 > slots.length) {
      MemberNode[] old = slots;
      slots = new MemberNode[old.length * 2];
      for (MemberNode one : old) {
        if (one != null) {
          put(one);
        }
      }
    }
    put(added);
    follow(before, added);
    return added;
  }

  /** The node of a member by its name, made if there is none. */
  MemberNode at(String memberName) {
    byte[] bytes = memberName.getBytes(StandardCharsets.UTF_8);
    MemberNode found = lookUp(PayloadHash.text(bytes), bytes, 0, bytes.length);
    return found != null ? found : add(null, bytes, 0, bytes.length);
  }

  /** The names that lead here. */
  List<String> names() {
    List<String> names = parent.parent == null ? new ArrayList<>() : parent.names();
    names.add(new String(name, StandardCharsets.UTF_8));
    return names;
  }

  /** The text that stands here. */
  String text() {
    return new String(buffer, from, length, StandardCharsets.UTF_8);
  }

  private void follow(MemberNode before, MemberNode found) {
    if (found == null) {
      return;
    }
    if (before == null) {
      first = found;
    } else {
      before.next = found;
    }
  }

  private MemberNode lookUp(long hash, byte[] bytes, int from, int to) {
    for (int slot = slot(hash); slots[slot] != null; slot = (slot + 1) & (slots.length - 1)) {
      MemberNode one = slots[slot];
      if (one.nameHash == hash && Arrays.equals(one.name, 0, one.name.length, bytes, from, to)) {
        return one;
      }
    }
    return null;
  }

  private void put(MemberNode node) {
    int slot = slot(node.nameHash);
    while (slots[slot] != null) {
      slot = (slot + 1) & (slots.length - 1);
    }
    slots[slot] = node;
  }

  private int slot(long hash) {
    return (int) (hash ^ (hash >>> 32)) & (slots.length - 1);
  }
}
