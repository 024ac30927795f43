package dev.wadi.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.util.List;
import java.util.Random;

/** Random JSON values, with a liking for those that readers stumble over. */
final class RandomJson {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** As they stand in the text: all are JSON and fit into 64 bits. */
  private static final List<String> NUMBERS =
      List.of(
          "0",
          "-0",
          "0.0",
          "-0.0",
          "1",
          "1.0",
          "1e0",
          "10e-1",
          "1e3",
          "1E+3",
          "-1.5e-3",
          "0.1e-7",
          "0e99",
          "0e999",
          "0.000000000000000000001e21",
          "100",
          "100.00",
          "1e2",
          "4294967296",
          "9007199254740993",
          "9007199254740993.0",
          "999999999999999999",
          "1000000000000000000",
          "9223372036854775807",
          "-9223372036854775808",
          "9223372036854775807.0",
          "9.223372036854775807e18",
          "1e18",
          "1e19",
          "1e22",
          "1e23",
          "100000000000000000000.0",
          "0.30000000000000004",
          "0.333333333333333333333333333333333333333333333333",
          "123456789.987654321",
          "1712511721.022075",
          "1.7976931348623157e308",
          "2.2250738585072011e-308",
          "4.9e-324",
          "1e-400",
          "-1e-400",
          "2.00000000000000000000000000000000000000000000000000000000000001");

  /** Beyond 64 bits, or no JSON. */
  private static final List<String> BAD_NUMBERS =
      List.of(
          "9223372036854775808",
          "-9223372036854775809",
          "99999999999999999999",
          "123456789012345678901234567890",
          "1e309",
          "-1e999999999",
          "01",
          "-01",
          "+1",
          "1.",
          ".5",
          "1e",
          "1e+",
          "-",
          "0x10",
          "1_000",
          "NaN",
          "Infinity",
          "-Infinity",
          "1d");

  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "\t",
          "a",
          "plain text",
          "true",
          "null",
          "1",
          "1.0",
          "2026-11-21T12:00:00Z",
          "\u00e9t\u00e9",
          "\u20ac",
          "\u540d\u524d",
          "\ud83d\ude00",
          "a\ud83d\ude00b\udbff\udfff",
          "\0",
          "a\0b",
          "\u0001\u001f\u007f\u0080",
          "\u2028\u2029",
          "\ufeff",
          "\ufffd\uffff",
          "\"quoted\"",
          "back\\slash",
          "a/b",
          "\b\f\n\r\t",
          "{\"a\":1}",
          "\\u0041",
          "'; DROP TABLE events; --",
          "../../etc/passwd",
          "1234567",
          "12345678",
          "123456789abcdefg",
          "123456\u00e9\u20ac",
          "x".repeat(255),
          "\u20ac".repeat(100),
          "y".repeat(5_000));

  private static final List<String> NAMES =
      List.of(
          "a",
          "A",
          "aB",
          "a_b",
          "a.b",
          "a/b",
          "~1",
          "b",
          "c",
          "d",
          "id",
          "ID",
          "name",
          "type",
          "value",
          "url",
          "pipelineName",
          "HTTPServer",
          "runIDs",
          "",
          " ",
          "\u00e9",
          "\u00c9",
          "\u540d\u524d",
          "\ud83d\ude00",
          "event_id",
          "EventID",
          "event_type",
          "_doc",
          "1",
          "_1",
          "\0",
          "\"",
          "\\",
          "'; DROP TABLE x",
          "../",
          "x".repeat(128),
          "x".repeat(300));

  private final Random random;

  RandomJson(Random random) {
    this.random = random;
  }

  /** Any value, with containers at most so deep in it. */
  JsonNode value(int depth) {
    return switch (random.nextInt(depth > 0 ? 12 : 9)) {
      case 0 -> JSON.nullNode();
      case 1 -> JSON.booleanNode(random.nextBoolean());
      case 2, 3, 4 -> number();
      case 5, 6, 7, 8 -> JSON.textNode(text());
      case 9 -> array(depth - 1);
      default -> object(depth - 1);
    };
  }

  /** An object of a few members, rarely of many. */
  ObjectNode object(int depth) {
    ObjectNode object = JSON.objectNode();
    for (int n = length(); n > 0; n--) {
      object.set(name(), value(depth));
    }
    return object;
  }

  /** A number in any form that JSON has. */
  JsonNode number() {
    return raw(
        switch (random.nextInt(6)) {
          case 0 -> Integer.toString(random.nextInt(1_000));
          case 1 -> Long.toString(random.nextLong());
          case 2 -> Double.toString(random.nextGaussian() * Math.pow(10, random.nextInt(80) - 40));
          case 3 -> random.nextInt(100_000) + "." + random.nextInt(100_000);
          case 4 -> decimals(random.nextInt(60));
          default -> one(NUMBERS);
        });
  }

  /** A number that 64 bits don't hold, or that is no JSON. */
  JsonNode badNumber() {
    return raw(one(BAD_NUMBERS));
  }

  /** Any text of whole characters. */
  String text() {
    return switch (random.nextInt(4)) {
      case 0 -> one(TEXTS);
      case 1 -> characters(random.nextInt(20));
      default -> word();
    };
  }

  String word() {
    StringBuilder word = new StringBuilder();
    for (int n = random.nextInt(40); n > 0; n--) {
      word.append((char) ('a' + random.nextInt(26)));
    }
    return word.toString();
  }

  String name() {
    return random.nextInt(5) == 0 ? text() : one(NAMES);
  }

  <T> T one(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  /** Containers in one another. */
  JsonNode nested(int levels) {
    JsonNode value = JSON.numberNode(1);
    for (int level = 0; level < levels; level++) {
      value =
          random.nextBoolean() ? JSON.arrayNode().add(value) : JSON.objectNode().set("a", value);
    }
    return value;
  }

  /** What {@link RandomStyle} writes as it is. */
  static JsonNode raw(String text) {
    return JSON.rawValueNode(new RawValue(text));
  }

  private ArrayNode array(int depth) {
    ArrayNode array = JSON.arrayNode();
    for (int n = length(); n > 0; n--) {
      array.add(value(depth));
    }
    return array;
  }

  private int length() {
    return random.nextInt(30) == 0 ? random.nextInt(60) : random.nextInt(5);
  }

  private String decimals(int digits) {
    StringBuilder number = new StringBuilder(random.nextBoolean() ? "-" : "");
    number.append(random.nextInt(10));
    for (int i = 0; i < digits; i++) {
      number.append(i == 0 ? "." : "").append(random.nextInt(10));
    }
    return number.append(random.nextInt(3) == 0 ? "e" + (random.nextInt(40) - 20) : "").toString();
  }

  /** Characters of all planes; surrogates only in pairs. */
  private String characters(int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      int c = random.nextInt(random.nextBoolean() ? 0x800 : 0x11_0000);
      text.appendCodePoint(c >= 0xd800 && c < 0xe000 ? 'x' : c);
    }
    return text.toString();
  }
}
