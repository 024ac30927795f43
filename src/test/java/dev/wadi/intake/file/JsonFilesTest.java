package dev.wadi.intake.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class JsonFilesTest {

  private static final Limits SMALL = new Limits(5, 1 << 20);

  @Test
  void theElementsOfTopLevelArraysAreTheRecords() {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      RandomJson json = RandomJson.array(random);
      Limits limits = new Limits(1 + random.nextInt(500), 1 << 20);

      Records.assertSame(Records.of(json.content(), limits), json.records(), "seed " + seed);
    }
  }

  @Test
  void objectsThatAreLaidOutForPeopleNeedNoArray() {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      RandomJson json = RandomJson.objects(random);
      Limits limits = new Limits(1 + random.nextInt(500), 1 << 20);

      Records.assertSame(Records.of(json.content(), limits), json.records(), "seed " + seed);
    }
  }

  @Test
  void elementsBeforeABreakAreRecordsAndTheRestIsOneThatNamesTheOffset() {
    assertThat(read("[{\"a\":1}, {\"b\":2} {\"c\":3}, {}]"))
        .containsExactly(
            "-@1 {\"a\":1}",
            "-@10 {\"b\":2}",
            "-@18 {\"c\":3}, {}] (broken_array, null, expected , or ] but found { at byte 18; all"
                + " from byte 18 on is taken as one record)");
    assertThat(read("[{\"a\":1}, {\"b\":[2}, {}]"))
        .containsExactly(
            "-@1 {\"a\":1}",
            "-@10 {\"b\":[2}, {}] (broken_array, null, a bracket is closed by } at byte 17; all"
                + " from byte 10 on is taken as one record)");
    assertThat(read("[{\"a\":1},]"))
        .containsExactly(
            "-@1 {\"a\":1}",
            "-@9 ] (broken_array, null, expected a value but found ] at byte 9; all from byte 9 on"
                + " is taken as one record)");
    assertThat(read("[] x [1"))
        .containsExactly(
            "-@3 x",
            "-@6 1 (broken_array, null, the content ends within an array at"
                + " byte 7; all from byte 6 on is taken as one record)");
  }

  @Test
  void anArrayThatIsNotClosedIsTold() {
    assertThat(read("[{\"a\":1}\n"))
        .containsExactly(
            "-@1 {\"a\":1}",
            "-@9  (broken_array, null, the content ends within an array at byte 9; all from byte 9"
                + " on is taken as one record)");
    assertThat(read("[{\"a\":1},{\"b\":\"tr"))
        .containsExactly(
            "-@1 {\"a\":1}",
            "-@9 {\"b\":\"tr (broken_array, null, the content ends within an array at byte 17; all"
                + " from byte 9 on is taken as one record)");
  }

  @Test
  void anElementAboveTheLimitIsBrokenAndItsNeighboursAreNot() {
    byte[] content = ("[{},{\"a\":\"" + "x".repeat(300_000) + "\"},{\"b\":2}]").getBytes(UTF_8);
    Limits limits = new Limits(1000, 200_000);

    assertThat(Records.of(content, limits))
        .hasSize(3)
        .startsWith("-@1 {}")
        .endsWith("-@300013 {\"b\":2}")
        .element(1)
        .asString()
        .startsWith("-@4 {\"a\":\"xxx")
        .hasSize(65_536 + "-@4 ".length() + 109)
        .endsWith(
            "x (too_large, bytes, the record has 300008 bytes; at most 200000 are taken, and the"
                + " first 65536 are kept here)");
  }

  @Test
  void oneBrokenFirstLineDoesNotMakeALineFileAnotherFormat() {
    assertThat(read("{\n{\"a\":1}\n{\"b\":2}\n"))
        .containsExactly("-@0 {", "-@2 {\"a\":1}", "-@10 {\"b\":2}");
    assertThat(read("oops\n{\"a\":1}\n")).containsExactly("-@0 oops", "-@5 {\"a\":1}");
    assertThat(read("a,b\n{\"a\":1}\n")).containsExactly("-@0 a,b", "-@4 {\"a\":1}");
  }

  private static java.util.List<String> read(String content) {
    return Records.of(content.getBytes(UTF_8), SMALL);
  }
}
