package dev.wadi.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.util.Map;
import java.util.Random;

/**
 * Writes JSON in one of the many ways that mean the same: with white space or without, with more
 * escapes than it needs. If it may, it writes a member twice now and then. Made for one text.
 */
final class RandomStyle {

  private static final String SHORT_ESCAPES = "\"\\/\b\f\n\r\t";
  private static final String SHORT_ESCAPED = "\"\\/bfnrt";

  private final Random random;
  private final int spaces;
  private final int escapes;
  private final int twice;
  private final StringBuilder text = new StringBuilder();

  /**
   * @param twice one in so many members is written twice; 0 for none
   */
  RandomStyle(Random random, int twice) {
    this.random = random;
    this.twice = twice;
    this.spaces = random.nextInt(3) == 0 ? 1 + random.nextInt(5) : 0;
    this.escapes = random.nextInt(4) == 0 ? 2 + random.nextInt(40) : 0;
  }

  String write(JsonNode value) {
    space();
    add(value);
    space();
    return text.toString();
  }

  private void add(JsonNode value) {
    if (value instanceof ObjectNode object) {
      addMembers(object);
    } else if (value.isArray()) {
      addElements(value);
    } else if (value.isTextual()) {
      quote(value.textValue(), escapes);
    } else if (value instanceof POJONode pojo && pojo.getPojo() instanceof RawValue raw) {
      text.append(raw.rawValue());
    } else {
      text.append(value);
    }
  }

  private void addMembers(ObjectNode object) {
    text.append('{');
    space();
    String comma = "";
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      text.append(comma);
      addMember(member.getKey(), member.getValue(), escapes);
      if (twice > 0 && random.nextInt(twice) == 0) {
        text.append(',');
        JsonNode again = random.nextBoolean() ? member.getValue() : object.nullNode();
        addMember(member.getKey(), again, random.nextBoolean() ? 1 : escapes);
      }
      comma = ",";
    }
    text.append('}');
  }

  private void addMember(String name, JsonNode value, int escapesInName) {
    space();
    quote(name, escapesInName);
    space();
    text.append(':');
    space();
    add(value);
    space();
  }

  private void addElements(JsonNode array) {
    text.append('[');
    space();
    for (int i = 0; i < array.size(); i++) {
      text.append(i == 0 ? "" : ",");
      space();
      add(array.get(i));
      space();
    }
    text.append(']');
  }

  /** Escapes what it must, and one in so many of the other characters; 0 for none. */
  private void quote(String value, int oneIn) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      boolean wanted = oneIn > 0 && random.nextInt(oneIn) == 0;
      int shorter = SHORT_ESCAPES.indexOf(c);
      if (i + 1 < value.length() && Character.isSurrogatePair(c, value.charAt(i + 1))) {
        // both or none, since half of a pair can't be written in UTF-8
        add(c, wanted);
        add(value.charAt(++i), wanted);
      } else if (shorter >= 0 && (c != '/' || wanted) && random.nextInt(4) != 0) {
        text.append('\\').append(SHORT_ESCAPED.charAt(shorter));
      } else {
        boolean needed = c < ' ' || c == '"' || c == '\\' || Character.isSurrogate(c);
        add(c, wanted || needed);
      }
    }
    text.append('"');
  }

  private void add(char c, boolean escaped) {
    if (escaped) {
      text.append((random.nextBoolean() ? "\\u%04x" : "\\u%04X").formatted((int) c));
    } else {
      text.append(c);
    }
  }

  private void space() {
    for (int n = spaces == 0 ? 0 : random.nextInt(spaces + 1); n > 0; n--) {
      text.append(" \t\n\r".charAt(random.nextInt(4)));
    }
  }
}
