package dev.wadi.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wadi.shape.JsonPath;
import dev.wadi.shape.PathTree;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class PayloadHashTest {

  /**
   * These stand in lakes: a change here makes a conflict of every duplicate that is yet to come.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                                         | d373754ad7bb923e",
        "{\"a\":null,\"b\":true,\"c\":false}                        | 504b6519b4158dfe",
        "{\"id\":\"1\",\"text\":\"a text of more than eight\"}      | 1e994d8f30245ea4",
        "{\"text\":\"\u00e9t\u00e9 \u20ac \ud83d\ude00 and more\"}  | c5fdb0189e9858a3",
        "{\"n\":[0,-1,9223372036854775807,0.1,1e300,[],{}]}         | aaab739283b6839c",
        "{\"a\":{\"b\":{\"c\":[{\"d\":[[\"e\"]]},\"f\"]}},\"g\":\"\"} | 8874c87bad855a54"
      })
  void neverChanges(String json, String hash) {
    assertThat(Long.toHexString(hash(json))).isEqualTo(hash);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\":1,\"b\":2}        | {\"b\":2,\"a\":1}",
        "{\"a\":[1,2]}            | { \"a\" :\t[ 1 , 2 ] }",
        "{\"a\":1}                | {\"a\":1.0}",
        "{\"a\":1}                | {\"a\":1e0}",
        "{\"a\":100}              | {\"a\":1E+2}",
        "{\"a\":0}                | {\"a\":-0.0}",
        "{\"a\":0.5}              | {\"a\":5e-1}",
        "{\"a\":0.1}              | {\"a\":0.10}",
        "{\"a\":\"e/\u00e9\"}     | {\"\\u0061\":\"\\u0065\\/\\u00E9\"}",
        "{\"a\":\"\ud83d\ude00\"} | {\"a\":\"\\ud83d\\ude00\"}",
        "{\"\ud83d\ude00\":1}     | {\"\\ud83d\\ude00\":1}",
        "{\"a\":{\"x\":1,\"y\":{\"z\":[]}}} | {\"a\":{\"y\":{\"z\":[]},\"x\":1}}"
      })
  void isEqualForEqualContent(String one, String other) {
    assertThat(hash(one)).isEqualTo(hash(other));
  }

  @Test
  void differsForDifferentContent() {
    List<String> documents =
        List.of(
            "{}",
            "{\"a\":null}",
            "{\"a\":0}",
            "{\"a\":1}",
            "{\"a\":-1}",
            "{\"a\":\"1\"}",
            "{\"a\":\"\"}",
            "{\"a\":\"\\u0000\"}",
            "{\"a\":\"\\u0000\\u0000\"}",
            "{\"a\":true}",
            "{\"a\":\"true\"}",
            "{\"a\":false}",
            "{\"a\":\"null\"}",
            "{\"a\":{}}",
            "{\"a\":[]}",
            "{\"a\":[null]}",
            "{\"a\":[[]]}",
            "{\"a\":[1,2]}",
            "{\"a\":[2,1]}",
            "{\"a\":[1,[2]]}",
            "{\"a\":[[1],2]}",
            "{\"a\":[[1,2]]}",
            "{\"a\":1,\"b\":2}",
            "{\"a\":2,\"b\":1}",
            "{\"b\":1}",
            "{\"\":1}",
            "{\"a\":{\"b\":1}}",
            "{\"b\":{\"a\":1}}",
            "{\"a\":{\"b\":1},\"c\":{}}",
            "{\"a\":{},\"c\":{\"b\":1}}",
            "{\"a\":9007199254740992}",
            "{\"a\":9007199254740993}",
            "{\"a\":9223372036854775807}",
            "{\"a\":9223372036854775807.0}",
            "{\"a\":0.1}",
            "{\"a\":0.1000001}",
            "{\"a\":\"12345678\"}",
            "{\"a\":\"12345679\"}",
            "{\"a\":\"123456781\"}");
    Set<Long> hashes = new HashSet<>();

    documents.forEach(document -> hashes.add(hash(document)));

    assertThat(hashes).hasSameSizeAs(documents);
  }

  @Test
  void doesNotCollideOnCloseDocuments() {
    Set<Long> hashes = new HashSet<>();
    for (int a = 0; a < 1_000; a++) {
      for (int b = 0; b < 200; b++) {
        hashes.add(hash("{\"a\":" + a + ",\"b\":" + b + "}"));
      }
    }

    assertThat(hashes).hasSize(200_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":{\"x\":1,\"y\":2},\"b\":3}",
        "{\"a\":{\"x\":1},\"b\":3}",
        "{\"a\":{\"x\":1,\"y\":{\"z\":[1,2]}},\"b\":3,\"c.d\":5}",
        "{\"c.d\":null,\"b\":3,\"a\":{\"y\":2,\"x\":1}}"
      })
  void leavesIgnoredPathsOut(String json) {
    PathTree ignored = PathTree.of(List.of(JsonPath.of("a.y"), JsonPath.of("c\\.d")));

    assertThat(hash(json, ignored)).isEqualTo(hash("{\"a\":{\"x\":1},\"b\":3}"));
    assertThat(hash("{\"a\":{\"x\":1},\"y\":3}", ignored)).isNotEqualTo(hash(json, ignored));
  }

  @Test
  void isTheSameForCharactersAndForBytes() {
    String text = "The quick brown fox jumps over the lazy dog";
    for (int length = 0; length <= text.length(); length++) {
      char[] characters = ("xx" + text).toCharArray();
      byte[] bytes = text.substring(0, length).getBytes(StandardCharsets.UTF_8);

      assertThat(PayloadHash.ascii(characters, 2, length)).isEqualTo(PayloadHash.text(bytes));
    }
  }

  private static long hash(String json) {
    return hash(json, null);
  }

  private static long hash(String json, PathTree ignored) {
    Parsed parsed =
        new DocumentParser(DecodeLimits.DEFAULT, ignored)
            .parse(json.getBytes(StandardCharsets.UTF_8));
    return ((Parsed.Document) parsed).hash();
  }
}
