package dev.wadi;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wadi.event.SetupException;
import dev.wadi.ops.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class SettingsRulesTest {

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "camel.server.host, 0.0.0.0, wadi.http.host",
    "camel.server.Host, 0.0.0.0, wadi.http.host",
    "camel.server.port, 9999, wadi.http.port",
  })
  void camelListensNowhereElseThanTheSettingsSay(String property, String value, String setting)
      throws IOException {
    Settings settings = of(property + " = " + value);

    assertThatThrownBy(() -> SettingsRules.require(settings))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining(property)
        .hasMessageContaining("set " + setting + " instead")
        .hasMessageNotContaining("\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "wadi.http.host = 0.0.0.0",
        "camel.server.host = 127.0.0.1",
        "camel.server.port = {{wadi.http.port}}",
        "camel.server.maxBodySize = 10000",
      })
  void camelsServerMayBeToldTheSame(String line) throws IOException {
    Settings settings = of(line);

    assertThatCode(() -> SettingsRules.require(settings)).doesNotThrowAnyException();
  }

  @Test
  void camelsServerIsNotLedElsewhereByTheProcessEither() throws IOException {
    Settings settings = of("");
    Map<String, String> host = Map.of("CAMEL_SERVER_HOST", "0.0.0.0");

    assertThatThrownBy(() -> new CamelServer(host, Map.of()).requireAddressOf(settings))
        .isInstanceOf(SetupException.class)
        .hasMessageStartingWith("environment variable CAMEL_SERVER_HOST is '0.0.0.0'");
    assertThatThrownBy(
            () ->
                new CamelServer(Map.of(), Map.of("camel.server.port", "9"))
                    .requireAddressOf(settings))
        .isInstanceOf(SetupException.class)
        .hasMessageStartingWith("-Dcamel.server.port is '9'");
    // Kubernetes sets it for a service that is called camel-server, and Camel doesn't read it
    assertThatCode(
            () ->
                new CamelServer(Map.of("CAMEL_SERVER_PORT", "tcp://10.0.0.1:80"), Map.of())
                    .requireAddressOf(settings))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "wadi.land.sqs.queue = events | and wadi.intake.queue name the same queue",
        "wadi.land.sqs.queue = events-dlq | and wadi.dead-letters.queue name the same queue",
        "wadi.land.sqs.queue = drops | and wadi.intake.drops.queue name the same queue",
        "wadi.land.sqs.queue = out.fifo | the profile local has none",
      })
  void nothingIsHandedOnToWhereItCameFrom(String line, String why) throws IOException {
    Settings settings = of(line);

    assertThatThrownBy(() -> SettingsRules.require(settings))
        .isInstanceOf(SetupException.class)
        .hasMessageStartingWith("wadi.land.sqs.queue")
        .hasMessageContaining(why);
  }

  @Test
  void aStreamIsNotHandedOnToItself() throws IOException {
    Settings settings = of("wadi.intake.stream = s\nwadi.land.kinesis.stream = s");

    assertThatThrownBy(() -> SettingsRules.require(settings))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("what is handed on would come in again");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://127.0.0.1/lake?user=a&password=hidden",
        "jdbc:postgresql://127.0.0.1/lake?sslpassword=hidden",
        "postgresql://a:hidden@127.0.0.1/lake",
        "postgresql://a:hidden@127.0.0.1",
      })
  void aPasswordIsNoPartOfAUrlAndIsNotToldEither(String url) throws IOException {
    for (String way : List.of("land", "intake")) {
      Settings settings = of("wadi." + way + ".postgres.url = " + url);

      assertThatThrownBy(() -> SettingsRules.require(settings))
          .isInstanceOf(SetupException.class)
          .hasMessageContaining("WADI_" + way.toUpperCase(Locale.ROOT) + "_POSTGRES_PASSWORD")
          .hasMessageNotContaining("hidden");
    }
  }

  private Settings of(String line) throws IOException {
    Path file = Files.writeString(folder.resolve("my.properties"), line + "\n");
    return Settings.load("local", Map.of(), file);
  }
}
