package dev.wadi.lake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wadi.event.SetupException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells a statement that only reads. DuckDB's own parser is asked for the tree of the statement, so
 * that what is looked at is what will run: a COPY may hide in a WITH.
 */
final class Selection {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Set<String> READING_NODES =
      Set.of("SELECT_NODE", "SET_OPERATION_NODE", "RECURSIVE_CTE_NODE", "CTE_NODE");

  /** These run statements that they are given as text, past this check. */
  private static final Set<String> RUNNING_FUNCTIONS =
      Set.of("query", "json_execute_serialized_sql");

  /** EXPLAIN is no part of the tree; what it explains is. */
  private static final Pattern EXPLAIN =
      Pattern.compile("\\s*EXPLAIN(\\s+ANALYZE)?\\s+(?=\\w)", Pattern.CASE_INSENSITIVE);

  private Selection() {}

  /**
   * Lets one statement that reads pass.
   *
   * @throws SetupException for anything else
   */
  static void check(Connection connection, String sql) throws SQLException {
    Matcher explain = EXPLAIN.matcher(sql);
    JsonNode tree = parse(connection, explain.lookingAt() ? sql.substring(explain.end()) : sql);
    if (tree.path("error").asBoolean()) {
      if (tree.path("error_type").asText().equals("parser")) {
        throw new SetupException("SQL: " + tree.path("error_message").asText());
      }
      throw onlyReading();
    }
    if (tree.path("statements").size() != 1) {
      throw new SetupException(
          "give one SQL statement, not " + tree.path("statements").size() + ", in quotes");
    }
    if (!reads(tree)) {
      throw onlyReading();
    }
  }

  private static JsonNode parse(Connection connection, String sql) throws SQLException {
    try (PreparedStatement parse = connection.prepareStatement("SELECT json_serialize_sql(?)")) {
      parse.setString(1, sql);
      try (ResultSet tree = parse.executeQuery()) {
        tree.next();
        return JSON.readTree(tree.getString(1));
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("DuckDB wrote a tree that is no JSON", e);
    }
  }

  private static boolean reads(JsonNode node) {
    String type = node.path("type").asText();
    if (type.endsWith("_NODE") && !READING_NODES.contains(type)) {
      return false;
    }
    if (RUNNING_FUNCTIONS.contains(node.path("function_name").asText().toLowerCase(Locale.ROOT))) {
      return false;
    }
    for (JsonNode child : node) {
      if (!reads(child)) {
        return false;
      }
    }
    return true;
  }

  private static SetupException onlyReading() {
    return new SetupException(
        "the lake is read-only: use SELECT, FROM, WITH, VALUES, DESCRIBE, SUMMARIZE, SHOW, EXPLAIN,"
            + " or PIVOT ... ON column IN (values)");
  }
}
