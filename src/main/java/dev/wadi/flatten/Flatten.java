package dev.wadi.flatten;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Nested JSON to columns. Every scalar goes to its path's column; an array, and an object beyond
 * the depth limit, go there as JSON text; nulls and empty objects give no column. Thread-safe.
 */
public final class Flatten {

  /** How many members deep a column can be, unless configured. */
  public static final int DEFAULT_DEPTH = 8;

  private final Columns columns;
  private final int depth;

  /**
   * @param depth how many members a path has at most; an object at that depth becomes JSON text
   */
  public Flatten(Columns columns, int depth) {
    if (depth < 1) {
      throw new IllegalArgumentException("the depth limit is " + depth + "; it must be at least 1");
    }
    this.columns = columns;
    this.depth = depth;
  }

  /**
   * The columns of an event.
   *
   * @param document the event's JSON, possibly changed by a step; not changed here
   * @param derived what the event's shape derived, by column name; names of core columns are left
   *     out, since those columns have it already
   * @return values by column name, in the document's order, none null; the caller may change it
   */
  public Map<String, Object> flatten(ObjectNode document, Map<String, Object> derived) {
    Map<String, Object> row = new LinkedHashMap<>(64);
    members(document, columns.documents(), 1, row);
    derived.forEach(
        (name, value) -> {
          if (!Columns.isCore(name)) {
            entry(name, value, row);
          }
        });
    return row;
  }

  /**
   * A row that a step may have changed since it was flattened: what was added or renamed gets a
   * column as a new path does. {@code _doc} passes as text.
   *
   * @param row by column name, or by any name to make one of
   * @return a new map with values as {@link #flatten} gives them
   */
  public Map<String, Object> fit(Map<?, ?> row) {
    Map<String, Object> fitted = new LinkedHashMap<>(row.size() * 2);
    row.forEach((name, value) -> entry(String.valueOf(name), value, fitted));
    return fitted;
  }

  private void members(ObjectNode object, PathNode node, int level, Map<String, Object> row) {
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      JsonNode value = member.getValue();
      if (value instanceof ObjectNode inner && level < depth) {
        if (!inner.isEmpty()) {
          members(inner, node.of(member.getKey()), level + 1, row);
        }
        continue;
      }
      Object natural = Value.of(value);
      if (natural != null) {
        columns.place(node.of(member.getKey()), natural, row);
      }
    }
  }

  private void entry(String name, Object value, Map<String, Object> row) {
    Object natural = Value.of(value);
    if (natural == null) {
      return;
    }
    if (name.equals(Columns.DOC)) {
      row.put(Columns.DOC, natural.toString());
    } else {
      columns.place(columns.entry(name), natural, row);
    }
  }
}
