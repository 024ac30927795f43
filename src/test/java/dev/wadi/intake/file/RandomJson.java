package dev.wadi.intake.file;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * JSON of random elements in random layout.
 *
 * @param records what is to be read of it as standard input
 */
record RandomJson(byte[] content, List<String> records) {

  private static final String[] BLANKS = {"", " ", "\n", "\r\n", "\t ", "\n\n  "};

  /** One or several top-level arrays. */
  static RandomJson array(Random random) {
    Builder builder = new Builder(random);
    int arrays = 1 + random.nextInt(3);
    for (int i = 0; i < arrays; i++) {
      builder.blank().text("[").blank();
      int elements = random.nextInt(30);
      for (int k = 0; k < elements; k++) {
        builder.text(k == 0 ? "" : ",").blank().element().blank();
      }
      builder.text("]").blank();
    }
    return builder.build();
  }

  /** Objects one after the other, the first as it is laid out for people. */
  static RandomJson objects(Random random) {
    Builder builder = new Builder(random);
    builder.record("{\n  \"first\": 1\n}");
    int objects = random.nextInt(30);
    for (int i = 0; i < objects; i++) {
      builder.blank().record("{\"n\":" + builder.value(3) + "}");
    }
    return builder.blank().build();
  }

  private static final class Builder {

    private final Random random;
    private final StringBuilder text = new StringBuilder();
    private final List<String> records = new ArrayList<>();
    private int bytes;

    Builder(Random random) {
      this.random = random;
    }

    Builder text(String more) {
      text.append(more);
      bytes += more.getBytes(StandardCharsets.UTF_8).length;
      return this;
    }

    Builder blank() {
      return text(BLANKS[random.nextInt(BLANKS.length)]);
    }

    Builder element() {
      return record(value(4));
    }

    Builder record(String value) {
      byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
      records.add(
          Records.record("-@" + bytes, new String(utf8, StandardCharsets.ISO_8859_1), null));
      return text(value);
    }

    String value(int depth) {
      switch (random.nextInt(depth == 0 ? 4 : 8)) {
        case 0:
          return "-12.5e3";
        case 1:
          return "null";
        case 2:
          return "\"\"";
        case 3:
          return "\"]},\\\"[{ \\\\ \u00e9\ud83d\ude00\\\\\"";
        case 4:
          StringBuilder array = new StringBuilder("[");
          for (int i = random.nextInt(4); i > 0; i--) {
            array.append(value(depth - 1)).append(i > 1 ? " ,\n" : "");
          }
          return array.append("]").toString();
        default:
          StringBuilder object = new StringBuilder("{");
          for (int i = random.nextInt(4); i > 0; i--) {
            object.append("\"k}\": ").append(value(depth - 1)).append(i > 1 ? "," : "");
          }
          return object.append("}").toString();
      }
    }

    RandomJson build() {
      return new RandomJson(text.toString().getBytes(StandardCharsets.UTF_8), records);
    }
  }
}
