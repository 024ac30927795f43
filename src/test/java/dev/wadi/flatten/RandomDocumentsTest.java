package dev.wadi.flatten;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds of any document: each value is in its column, or counted as drifted or refused. */
@Tag("unit")
class RandomDocumentsTest {

  private static final int DEPTH = 4;
  private static final List<String> NAMES =
      List.of(
          "a",
          "A",
          "aB",
          "a_b",
          "a.b",
          "a/b",
          "~1",
          "",
          " ",
          "名前",
          "event_id",
          "EventID",
          "_doc",
          "'; DROP TABLE x",
          "../",
          "1",
          "_1",
          "x".repeat(300),
          "x".repeat(301),
          "\0",
          "\ud800");

  private final Map<String, JsonNode> values = new HashMap<>();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void accountForEveryValue(long seed) {
    Random random = new Random(seed);
    Counted counted = new Counted();
    Columns columns = new Columns(200, Map.of(), counted.metrics);
    Flatten flatten = new Flatten(columns, DEPTH);

    for (int n = 0; n < 400; n++) {
      ObjectNode document = object(random, 1);
      long missedBefore = counted.drifted() + counted.refused();
      Map<String, Object> row = flatten.flatten(document, Map.of());
      long missed = counted.drifted() + counted.refused() - missedBefore;

      values.clear();
      collect(document, "", 1);
      assertThat(row.size() + missed).isEqualTo(values.size());
      row.forEach(
          (name, value) ->
              assertThat(matches(values.get(columns.named(name).path()), value))
                  .as("%s = %s of %s", name, value, document)
                  .isTrue());
    }
    assertThat(columns.all()).hasSize(200);
    assertThat(counted.drifted()).isPositive();
    assertThat(counted.refused()).isPositive();
  }

  /** The values that should have columns, by pointer; found without the code under test. */
  private void collect(ObjectNode object, String path, int level) {
    object
        .properties()
        .forEach(
            member -> {
              String at = path + "/" + member.getKey().replace("~", "~0").replace("/", "~1");
              JsonNode value = member.getValue();
              if (value instanceof ObjectNode inner && level < DEPTH) {
                collect(inner, at, level + 1);
              } else if (!value.isNull()) {
                values.put(at, value);
              }
            });
  }

  private static boolean matches(JsonNode json, Object value) {
    if (value instanceof String text) {
      return text.equals(json.isTextual() ? json.textValue() : json.toString());
    }
    if (value instanceof Boolean flag) {
      return json.isBoolean() && json.booleanValue() == flag;
    }
    return json.isNumber()
        && (value instanceof Long
            ? json.decimalValue().compareTo(new BigDecimal((Long) value)) == 0
            : json.doubleValue() == (Double) value);
  }

  private static ObjectNode object(Random random, int level) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    for (int n = random.nextInt(6); n >= 0; n--) {
      object.set(NAMES.get(random.nextInt(NAMES.size())), value(random, level));
    }
    return object;
  }

  private static JsonNode value(Random random, int level) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    return switch (random.nextInt(level > 6 ? 8 : 11)) {
      case 0 -> json.nullNode();
      case 1 -> json.booleanNode(random.nextBoolean());
      case 2 -> json.numberNode(random.nextInt(100));
      case 3 -> json.numberNode(random.nextLong());
      case 4 -> json.numberNode(random.nextGaussian() * Math.pow(10, random.nextInt(40)));
      case 5 -> json.numberNode(new BigInteger(100, random));
      case 6 -> json.textNode("'; DROP TABLE x" + random.nextInt(10));
      case 7 -> json.textNode("\0\ud83d\ude00\ud800".repeat(random.nextInt(3)));
      case 8 -> array(random, level);
      default -> object(random, level + 1);
    };
  }

  private static ArrayNode array(Random random, int level) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (int n = random.nextInt(4); n > 0; n--) {
      array.add(value(random, level + 1));
    }
    return array;
  }
}
