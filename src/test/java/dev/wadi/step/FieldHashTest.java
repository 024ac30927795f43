package dev.wadi.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class FieldHashTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** The second test case of RFC 4231. */
  @Test
  void isTheHmacOfTheField() throws Exception {
    assertThat(hashed("{\"a\":\"what do ya want for nothing?\"}", "a", "a", "Jefe"))
        .hasToString(
            "{\"a\":\"5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843\"}");
  }

  /** The first example of FIPS 180-4. */
  @ParameterizedTest
  @ValueSource(strings = "")
  void isPlainSha256WithoutAKey(String key) throws Exception {
    assertThat(hashed("{\"a\":\"abc\"}", "a", "a", key))
        .isEqualTo(hashed("{\"a\":\"abc\"}", "a", "a", null))
        .hasToString(
            "{\"a\":\"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\"}");
  }

  @Test
  void takesTheFieldAwayAndPutsTheHashElsewhere() throws Exception {
    ObjectNode document =
        hashed("{\"user\":{\"email\":\"abc\",\"n\":1}}", "user.email", "x.y", null);
    assertThat(document.at("/user")).hasToString("{\"n\":1}");
    assertThat(document.at("/x/y").asText()).startsWith("ba7816bf");
  }

  @Test
  void hashesANumberAsItsText() throws Exception {
    assertThat(hashed("{\"a\":17}", "a", "a", "k"))
        .isEqualTo(hashed("{\"a\":\"17\"}", "a", "a", "k"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"user\":null}", "{\"user\":{\"email\":null}}", "{\"user\":1}"})
  void leavesAnEventWithoutTheFieldAsItIs(String event) throws Exception {
    assertThat(hashed(event, "user.email", "user.hash", "k")).hasToString(event);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":{}}", "{\"a\":[1]}"})
  void failsOverWhatIsNoSingleValue(String event) {
    assertThatThrownBy(() -> hashed(event, "a", "a", "k"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a is an ");
  }

  @Test
  void keepsTheFieldWhereTheHashCanNotBePut() {
    assertThatThrownBy(() -> hashed("{\"a\":\"x\",\"b\":1}", "a", "b.c", "k"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("nothing can be put at b.c, since b is a NUMBER");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".a", "a.", "a..b"})
  void refusesWhatIsNoPath(String path) {
    assertThatThrownBy(() -> Member.of(path))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is no path");
  }

  @Test
  void takesADotInANameAfterABackslash() throws Exception {
    assertThat(hashed("{\"a.b\":\"abc\"}", "a\\.b", "h", null).fieldNames())
        .toIterable()
        .containsExactly("h");
  }

  private static ObjectNode hashed(String event, String field, String into, String key)
      throws Exception {
    ObjectNode document = (ObjectNode) JSON.readTree(event);
    new FieldHash(Member.of(field), Member.of(into), key).apply(document);
    return document;
  }
}
