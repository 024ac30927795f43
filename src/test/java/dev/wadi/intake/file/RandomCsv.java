package dev.wadi.intake.file;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * CSV of random cells.
 *
 * @param rows what each row says
 * @param offsets where it begins
 */
record RandomCsv(byte[] content, List<ObjectNode> rows, List<Integer> offsets) {

  private static final String[] TEXTS = {
    "", "a", "12", "two words", "\u00e9\u4e16\ud83d\ude00", "tab\there", "back\\slash", "\u0001"
  };
  private static final String[] QUOTED_TEXTS = {
    "", "a,b", "line\nfeed", "crlf\r\nin it", "\"", "\"\"x", ",", "{\"json\": \"in a cell\"}"
  };

  static RandomCsv of(Random random) {
    int columns = 2 + random.nextInt(4);
    StringBuilder text = new StringBuilder(random.nextBoolean() ? "\uFEFF" : "");
    for (int i = 0; i < columns; i++) {
      text.append(i == 0 ? "" : ",").append("\"c\"\"").append(i).append('"');
    }
    List<ObjectNode> rows = new ArrayList<>();
    List<Integer> offsets = new ArrayList<>();
    int count = random.nextInt(40);
    for (int n = 0; n < count; n++) {
      text.append(random.nextBoolean() ? "\r\n" : "\n").append("\n".repeat(random.nextInt(2)));
      ObjectNode row = JsonNodeFactory.instance.objectNode();
      offsets.add(text.toString().getBytes(StandardCharsets.UTF_8).length);
      for (int i = 0; i < columns; i++) {
        text.append(i == 0 ? "" : ",").append(cell(random, row, "c\"" + i));
      }
      rows.add(row);
    }
    text.append(random.nextBoolean() ? "\n" : "");
    return new RandomCsv(text.toString().getBytes(StandardCharsets.UTF_8), rows, offsets);
  }

  private static String cell(Random random, ObjectNode row, String column) {
    if (random.nextBoolean()) {
      String value = QUOTED_TEXTS[random.nextInt(QUOTED_TEXTS.length)];
      row.put(column, value);
      return '"' + value.replace("\"", "\"\"") + '"';
    }
    String value = TEXTS[random.nextInt(TEXTS.length)];
    if (!value.isEmpty()) {
      row.put(column, value);
    }
    return value;
  }
}
