package dev.wadi.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class JsonPathTest {

  @Test
  void findsWhatStandsThere() throws Exception {
    ObjectNode document =
        (ObjectNode)
            new ObjectMapper()
                .readTree("{\"a\":{\"b\":1,\"c.d\":2,\"e\\\\\":3,\"n\":null},\"l\":[1]}");

    assertThat(JsonPath.of("a.b").find(document).intValue()).isEqualTo(1);
    assertThat(JsonPath.of("a.c\\.d").find(document).intValue()).isEqualTo(2);
    assertThat(JsonPath.of("a.e\\\\").find(document).intValue()).isEqualTo(3);
    assertThat(JsonPath.of("a.n").find(document)).isNull();
    assertThat(JsonPath.of("a.b.c").find(document)).isNull();
    assertThat(JsonPath.of("l.0").find(document)).isNull();
    assertThat(JsonPath.of("x.y").find(document)).isNull();
    assertThat(JsonPath.of("a.b")).hasToString("a.b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "a.", ".a", "a..b"})
  void refusesAnEmptyName(String path) {
    assertThatThrownBy(() -> JsonPath.of(path)).isInstanceOf(IllegalArgumentException.class);
  }
}
