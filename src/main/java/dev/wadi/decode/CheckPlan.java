package dev.wadi.decode;

import com.fasterxml.jackson.databind.node.JsonNodeType;
import dev.wadi.shape.FieldCheck;
import dev.wadi.shape.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The declared fields of one type of event, tied to the nodes where they stand. It only tells
 * whether all is well; what is wrong is for {@link dev.wadi.shape.Shape#check} to say.
 */
final class CheckPlan {

  private static final int ANY_KIND_BITS = 8;
  private static final CheckPlan[] NONE = {};

  private final MemberNode[] alternatives;

  /** The members' plans, for each alternative its own. */
  private final CheckPlan[][] members;

  private final boolean required;
  private final int kinds;
  private final boolean filled;
  private final byte[][] texts;

  private CheckPlan(MemberNode parent, FieldCheck check) {
    Kind kind = check.kind();
    this.alternatives = check.names().stream().map(parent::at).toArray(MemberNode[]::new);
    this.members =
        Arrays.stream(alternatives)
            .map(node -> of(node, check.members()))
            .toArray(CheckPlan[][]::new);
    this.required = check.isRequired();
    this.kinds = kinds(kind);
    this.filled = kind.filled();
    this.texts =
        kind.values() == null
            ? null
            : kind.values().stream()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
  }

  /** The plans for the members of what stands at a node. */
  static CheckPlan[] of(MemberNode parent, List<FieldCheck> checks) {
    return checks.stream()
        .map(check -> new CheckPlan(parent, check))
        .toArray(size -> size == 0 ? NONE : new CheckPlan[size]);
  }

  /** Whether the record that was read last has what the plans ask for. */
  static boolean hold(CheckPlan[] plans, FastScanner record) {
    for (CheckPlan plan : plans) {
      if (!plan.holds(record)) {
        return false;
      }
    }
    return true;
  }

  private boolean holds(FastScanner record) {
    for (int i = 0; i < alternatives.length; i++) {
      MemberNode node = alternatives[i];
      if (record.has(node)) {
        return (kinds & 1 << node.kind) != 0
            && (node.kind != MemberNode.TEXT || takesText(node))
            && (node.kind != MemberNode.OBJECT || hold(members[i], record));
      }
    }
    return !required;
  }

  private boolean takesText(MemberNode node) {
    if (filled && isBlank(node)) {
      return false;
    }
    if (texts == null) {
      return true;
    }
    for (byte[] text : texts) {
      if (Arrays.equals(text, 0, text.length, node.buffer, node.from, node.from + node.length)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a text is one of white space alone. */
  static boolean isBlank(MemberNode node) {
    if (node.length == 0) {
      return true;
    }
    byte first = node.buffer[node.from];
    return first >= 0 && first <= ' ' || first < 0 ? node.text().isBlank() : false;
  }

  private static int kinds(Kind kind) {
    int bits = 0;
    for (int one = 0; one < ANY_KIND_BITS; one++) {
      if (one != MemberNode.NULL && kind.types().contains(type(one))) {
        bits |= 1 << one;
      }
    }
    return bits;
  }

  private static JsonNodeType type(int kind) {
    return switch (kind) {
      case MemberNode.TEXT -> JsonNodeType.STRING;
      case MemberNode.INTEGER, MemberNode.DECIMAL -> JsonNodeType.NUMBER;
      case MemberNode.TRUE, MemberNode.FALSE -> JsonNodeType.BOOLEAN;
      case MemberNode.OBJECT -> JsonNodeType.OBJECT;
      case MemberNode.ARRAY -> JsonNodeType.ARRAY;
      default -> JsonNodeType.NULL;
    };
  }
}
