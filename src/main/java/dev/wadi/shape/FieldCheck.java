package dev.wadi.shape;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** One declared field, compiled to check documents by. Immutable. */
public final class FieldCheck {

  private static final FieldCheck[] NONE = {};

  private final String[] names;
  private final String path;
  private final boolean required;
  private final Kind kind;
  private final FieldCheck[] members;

  private FieldCheck(String[] names, String path, FieldSpec spec, FieldCheck[] members) {
    this.names = names;
    this.path = path;
    this.required = spec.required();
    this.kind = spec.kind();
    this.members = members;
  }

  /** The checks of an object's members. */
  static FieldCheck[] compile(Map<String, FieldSpec> members) {
    return compile("", members);
  }

  private static FieldCheck[] compile(String prefix, Map<String, FieldSpec> members) {
    return members.entrySet().stream()
        .map(
            member -> {
              String path = prefix + member.getKey();
              return new FieldCheck(
                  interned(member.getKey().split("\\|")),
                  path,
                  member.getValue(),
                  compile(path + ".", member.getValue().members()));
            })
        .toArray(size -> size == 0 ? NONE : new FieldCheck[size]);
  }

  /** The parser interns names too, and looking up an equal name is quickest if it is the same. */
  private static String[] interned(String[] names) {
    return Arrays.stream(names).map(String::intern).toArray(String[]::new);
  }

  /** The names by which it may be there; the first that is there, and not null, is the one. */
  public List<String> names() {
    return List.of(names);
  }

  /** Whether it must be there once the object is that it is in. */
  public boolean isRequired() {
    return required;
  }

  /** What its value may be. */
  public Kind kind() {
    return kind;
  }

  /** What must be in it, if it is an object. */
  public List<FieldCheck> members() {
    return List.of(members);
  }

  /** Checks the members of an object. */
  static void check(FieldCheck[] checks, ObjectNode object, Violations into) {
    for (FieldCheck check : checks) {
      check.check(object, into);
    }
  }

  private void check(ObjectNode parent, Violations into) {
    JsonNode value = find(parent);
    if (value == null) {
      if (required) {
        missing(into);
      }
    } else if (!kind.admits(value)) {
      if (required && kind.isUnfilled(value)) {
        into.missing(path);
      } else {
        into.wrong(path, kind.wanted(), value);
      }
    } else if (members.length > 0 && value instanceof ObjectNode object) {
      check(members, object, into);
    }
  }

  private JsonNode find(ObjectNode parent) {
    for (String name : names) {
      JsonNode value = parent.get(name);
      if (value != null && !value.isNull()) {
        return value;
      }
    }
    return null;
  }

  /** What is missing with an object is every required field in it. */
  private void missing(Violations into) {
    into.missing(path);
    for (FieldCheck member : members) {
      if (member.required) {
        member.missing(into);
      }
    }
  }
}
