package dev.wadi.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class JsonTextTest {

  private final JsonText json = new JsonText();

  @Test
  void escapesWhatJsonAsksFor() {
    String nasty = "\"C:\\jobs\"\n\t\r\u0000\u001f → é 𝄞 /";
    json.open().text("a", nasty).openArray("b").element(nasty).closeArray().close();
    JsonNode read = Simulations.json(json.bytes());
    assertThat(read.get("a").textValue()).isEqualTo(nasty);
    assertThat(read.at("/b/0").textValue()).isEqualTo(nasty);
  }

  @Test
  void separatesMembersAndElements() {
    json.open().open("o").close().number("n", -7).number("d", 0.5).flag("f", true);
    json.openArray("a").open().close().open().plain("p", "q").close().closeArray().close();
    assertThat(new String(json.bytes(), java.nio.charset.StandardCharsets.UTF_8))
        .isEqualTo("{\"o\":{},\"n\":-7,\"d\":0.5,\"f\":true,\"a\":[{},{\"p\":\"q\"}]}");
  }

  @Test
  void startsAnewWhenCleared() {
    json.open().close();
    assertThat(json.clear().open().close().bytes()).hasSize(2);
  }
}
