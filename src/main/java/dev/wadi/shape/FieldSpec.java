package dev.wadi.shape;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a file declares about one field: {@code name: kind}, {@code (name): kind} if it is optional,
 * {@code a|b: kind} if one of several names will do, or {@code name: {...}} for an object's
 * members.
 *
 * @param required whether it must be there once what it is in is there
 * @param kind what its value may be
 * @param members of an object, by label; empty where nothing is declared
 */
record FieldSpec(boolean required, Kind kind, Map<String, FieldSpec> members) {

  FieldSpec {
    members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
  }

  /**
   * Reads the members of an object.
   *
   * @param kinds what the file itself names, by name
   */
  static Map<String, FieldSpec> readMembers(YamlValue value, Map<String, FieldSpec> kinds) {
    Map<String, FieldSpec> members = new LinkedHashMap<>();
    value
        .members()
        .forEach(
            (name, member) -> {
              boolean required = !(name.startsWith("(") && name.endsWith(")"));
              String label = required ? name : name.substring(1, name.length() - 1);
              members.put(label, read(member, required, kinds));
            });
    return members;
  }

  /** Reads the kind of one field. */
  static FieldSpec read(YamlValue value, boolean required, Map<String, FieldSpec> kinds) {
    if (value.isMap()) {
      return new FieldSpec(required, Kind.OBJECT, readMembers(value, kinds));
    }
    if (value.isList()) {
      Set<String> values = new TreeSet<>();
      value.items().forEach(item -> values.add(item.text()));
      return new FieldSpec(required, Kind.oneOf(values), Map.of());
    }
    FieldSpec named = kinds.get(value.text());
    if (named != null) {
      return new FieldSpec(required, named.kind, named.members);
    }
    try {
      return new FieldSpec(required, Kind.of(value.text()), Map.of());
    } catch (IllegalArgumentException e) {
      throw value.error(e.getMessage());
    }
  }

  /** Declares the field at a path as required; the objects on the way are then required too. */
  static Map<String, FieldSpec> required(JsonPath path, Kind kind) {
    List<String> names = path.names();
    FieldSpec spec = new FieldSpec(true, kind, Map.of());
    for (int i = names.size() - 1; i > 0; i--) {
      spec = new FieldSpec(true, Kind.OBJECT, Map.of(names.get(i), spec));
    }
    return Map.of(names.get(0), spec);
  }

  /**
   * Both declarations. A field that either requires is required, and what has members is an object;
   * otherwise the second one holds.
   */
  static Map<String, FieldSpec> merge(Map<String, FieldSpec> first, Map<String, FieldSpec> second) {
    Map<String, FieldSpec> merged = new LinkedHashMap<>(first);
    second.forEach((label, spec) -> merged.merge(label, spec, FieldSpec::merge));
    return merged;
  }

  private static FieldSpec merge(FieldSpec first, FieldSpec second) {
    Map<String, FieldSpec> members = merge(first.members, second.members);
    return new FieldSpec(
        first.required || second.required, members.isEmpty() ? second.kind : Kind.OBJECT, members);
  }
}
