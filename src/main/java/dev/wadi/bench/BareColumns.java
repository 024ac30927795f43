package dev.wadi.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * The structure that DuckDB has found in documents, as its {@code from_json} takes it, and the
 * columns that it comes to.
 *
 * @param structure arrays are left as JSON, as Wadi leaves them
 * @param columns expressions over {@code e}, each with its name
 */
record BareColumns(String structure, List<String> columns) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String AS_IT_IS = "JSON";

  /**
   * @param found as {@code json_group_structure} says it
   */
  static BareColumns of(String found) {
    try {
      ObjectNode root = (ObjectNode) JSON.readTree(found);
      List<String> columns = new ArrayList<>();
      flatten(root, "e", "", columns);
      return new BareColumns(root.toString(), columns);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no structure: " + found, e);
    }
  }

  private static void flatten(
      ObjectNode object, String expression, String prefix, List<String> columns) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    for (String name : names) {
      JsonNode type = object.get(name);
      String member = expression + "." + quoted(name);
      String column = prefix + name;
      if (type instanceof ObjectNode nested && !nested.isEmpty()) {
        flatten(nested, member, column + "_", columns);
      } else if (type.isTextual() && !isJson(type.asText())) {
        columns.add(member + " AS " + quoted(column));
      } else {
        object.put(name, AS_IT_IS);
        columns.add(member + "::VARCHAR AS " + quoted(column));
      }
    }
  }

  /** DuckDB says NULL of what it has only seen as null. */
  private static boolean isJson(String type) {
    return type.equals(AS_IT_IS) || type.equals("NULL");
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
