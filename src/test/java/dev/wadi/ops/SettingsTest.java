package dev.wadi.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wadi.event.SetupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class SettingsTest {

  @TempDir Path folder;

  @Test
  void takesTheFirstPlaceThatHasASetting() throws IOException {
    Map<String, String> environment = Map.of("WADI_INTAKE_MAX_EVENTS", "5");
    Map<String, String> commandLine = Map.of("wadi.intake.max-events", "6");
    Path named = Files.writeString(folder.resolve("my.properties"), "wadi.intake.max-events=4");

    assertThat(maxEvents(load(Map.of(), null, Map.of()))).isEqualTo(2000);
    write("application.properties", "wadi.intake.max-events=2");
    assertThat(maxEvents(load(Map.of(), null, Map.of()))).isEqualTo(2);
    write("application-local.properties", "wadi.intake.max-events=3");
    assertThat(maxEvents(load(Map.of(), null, Map.of()))).isEqualTo(3);
    Path flow = Files.createDirectory(folder.resolve("flow"));
    write("flow/flow.properties", "wadi.intake.max-events=7");
    assertThat(maxEvents(load(flow, null))).isEqualTo(7);
    write("flow/flow-aws.properties", "wadi.intake.max-events=8");
    assertThat(maxEvents(load(flow, null))).isEqualTo(7);
    write("flow/flow-local.properties", "wadi.intake.max-events=9");
    assertThat(maxEvents(load(flow, null))).isEqualTo(9);
    assertThat(maxEvents(load(flow, named))).isEqualTo(4);
    assertThat(maxEvents(load(Map.of(), named, Map.of()))).isEqualTo(4);
    assertThat(maxEvents(load(Map.of(), named, environment))).isEqualTo(5);
    assertThat(maxEvents(load(commandLine, named, environment))).isEqualTo(6);
  }

  @Test
  void takesNoOtherProfilesFile() throws IOException {
    write("application-aws.properties", "wadi.intake.max-events=3");

    assertThat(maxEvents(load(Map.of(), null, Map.of()))).isEqualTo(2000);
  }

  @Test
  void cutsEarlyOnALaptopAndLateOnAws() {
    Settings local = Settings.load("local", Map.of(), null, null, folder, Map.of());
    Settings aws = Settings.load("aws", Map.of(), null, null, folder, Map.of());

    assertThat(local.duration(Setting.LAND_MAX_AGE)).hasSeconds(15);
    assertThat(local.duration(Setting.LAND_FIRST_AGE)).hasSeconds(2);
    assertThat(aws.duration(Setting.LAND_MAX_AGE)).hasSeconds(60);
    assertThat(aws.duration(Setting.LAND_FIRST_AGE)).hasSeconds(60);
  }

  @Test
  void neverCutsTheFirstCommitLaterThanTheOthers() {
    Settings settings = load(Map.of("wadi.land.max-age", "1s"), null, Map.of());

    assertThat(settings.duration(Setting.LAND_FIRST_AGE)).hasSeconds(1);
    assertThat(settings.forCamel()).containsEntry("wadi.land.first-age", "1s");
  }

  @ParameterizedTest
  @CsvSource({
    "wadi.intake.max-events, 0",
    "wadi.intake.max-events, 100001",
    "wadi.intake.max-events, ten",
    "wadi.intake.max-events, 99999999999999999999",
    "wadi.intake.max-events, ''",
    "wadi.intake.max-wait, 5",
    "wadi.intake.max-wait, 6m",
    "wadi.intake.max-wait, 999999999999999h",
    "wadi.intake.queue, a/b",
    "wadi.decode.max-event-size, 1TB",
    "wadi.simulator.duplicates, 1.5",
    "wadi.simulator.duplicates, NaN",
    "wadi.simulator.rate, fast",
    "wadi.simulator.seed, 1.0",
    "wadi.land.format, avro",
    "wadi.intake.drops.buckets, 'raw,,other'",
    "wadi.intake.drops.buckets, 'raw/a'",
    "wadi.land.partition, colour",
    "wadi.land.postgres.url, 'postgres://127.0.0.1/lake'",
    "wadi.land.partition, 'event_type,event_type'",
    "wadi.land.partition, 'event_type,'",
    "wadi.aws.endpoint, localhost:4566",
    "wadi.aws.endpoint, 'http://a b'",
    "wadi.http.host, ''",
    "wadi.intake.redelivery-delay, 500ms",
    "wadi.dead-letters.visibility, 1500ms",
  })
  void refusesWhatASettingDoesNotTake(String property, String value) {
    assertThatThrownBy(() -> load(Map.of(property, value), null, Map.of()))
        .isInstanceOf(SetupException.class)
        .hasMessageStartingWith(property + " is '" + value + "' (the command line): it must be ")
        .hasMessageNotContaining("\n");
  }

  @ParameterizedTest
  @CsvSource({"2500ms, 2500", "60s, 60000", "5m, 300000"})
  void readsTimeSpansAsCamelDoes(String text, long millis) throws Exception {
    Settings settings = load(Map.of("wadi.intake.max-wait", text), null, Map.of());

    assertThat(settings.duration(Setting.INTAKE_MAX_WAIT)).hasMillis(millis);
    try (DefaultCamelContext camel = new DefaultCamelContext()) {
      camel.start();
      String value = settings.forCamel().getProperty("wadi.intake.max-wait");
      assertThat(camel.getTypeConverter().mandatoryConvertTo(Duration.class, value))
          .hasMillis(millis);
    }
  }

  @ParameterizedTest
  @CsvSource({"1024, 1024", "64KB, 65536", "64 mb, 67108864", "2MB, 2097152"})
  void handsSizesToCamelInBytes(String text, String bytes) {
    Settings settings =
        load(Map.of("wadi.decode.max-event-size", text.replace(" ", "")), null, Map.of());

    assertThat(settings.number(Setting.DECODE_MAX_EVENT_SIZE)).isEqualTo(Long.parseLong(bytes));
    assertThat(settings.forCamel()).containsEntry("wadi.decode.max-event-size", bytes);
  }

  @Test
  void readsListsWithSpacesAroundTheCommas() {
    Settings settings = load(Map.of("wadi.land.partition", "event_type , year"), null, Map.of());

    assertThat(settings.list(Setting.LAND_PARTITION)).containsExactly("event_type", "year");
  }

  @Test
  void takesMaxForARate() {
    Settings settings = load(Map.of("wadi.simulator.rate", "max"), null, Map.of());

    assertThat(settings.rate(Setting.SIMULATOR_RATE)).isInfinite();
    assertThat(settings.text(Setting.SIMULATOR_RATE)).isEqualTo("max");
  }

  @Test
  void saysInWhichLineOfWhichFileAWrongValueStands() throws IOException {
    Path file = write("application.properties", "# comment\n\nwadi.intake.receivers : none\n");

    assertThatThrownBy(() -> load(Map.of(), null, Map.of()))
        .hasMessage(
            "wadi.intake.receivers is 'none' (%s:3): it must be a whole number from 1 to 64", file);
  }

  @Test
  void namesTheEnvironmentVariableOfAWrongValue() {
    assertThatThrownBy(() -> load(Map.of(), null, Map.of("WADI_HTTP_PORT", "tcp://10.0.0.1:80")))
        .hasMessageStartingWith(
            "wadi.http.port is 'tcp://10.0.0.1:80' (environment variable WADI_HTTP_PORT)");
  }

  @Test
  void namesTheNearestSettingForAnUnknownOne() throws IOException {
    Path file = write("application.properties", "wadi.intake.max-event = 5");

    assertThatThrownBy(() -> load(Map.of(), null, Map.of()))
        .isInstanceOf(SetupException.class)
        .hasMessage(
            "unknown setting wadi.intake.max-event (%s:1): did you mean wadi.intake.max-events?",
            file);
  }

  @Test
  void refusesAMisspeltEnvironmentVariable() {
    assertThatThrownBy(() -> load(Map.of(), null, Map.of("WADI_INTAKE_MAX_EVENT", "5")))
        .hasMessage(
            "unknown environment variable WADI_INTAKE_MAX_EVENT: did you mean"
                + " WADI_INTAKE_MAX_EVENTS?");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "WADI_SERVICE_HOST",
        "WADI_SERVICE_PORT",
        "WADI_PORT",
        "WADI_PORT_8080_TCP_ADDR",
        "WADI_FAILPOINT",
        "WADI_LOG_LEVEL",
      })
  void letsOtherVariablesBe(String variable) {
    assertThat(load(Map.of(), null, Map.of(variable, "INFO")).profile()).isEqualTo("local");
  }

  @ParameterizedTest
  @CsvSource({"WADI_LOG_LEVEL, loud", "WADI_LOG_FORMAT, xml", "WADI_LOG_FORMAT, JSON"})
  void refusesWhatTheLogDoesNotKnow(String variable, String value) {
    assertThatThrownBy(() -> load(Map.of(), null, Map.of(variable, value)))
        .isInstanceOf(SetupException.class)
        .hasMessageStartingWith(
            "environment variable %s is '%s': it must be one of ", variable, value);
  }

  @Test
  void handsOtherPropertiesToCamelAsTheyAre() throws IOException {
    write("application.properties", "my.team = blue");

    assertThat(load(Map.of(), null, Map.of()).forCamel())
        .containsEntry("my.team", "blue")
        .containsEntry("camel.server.port", "{{wadi.http.port}}")
        .containsEntry("wadi.http.port", "8080");
  }

  @Test
  void saysWhatToDoAboutAFileThatIsNotThere() {
    assertThatThrownBy(() -> load(Map.of(), folder.resolve("none.properties"), Map.of()))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("none.properties");
  }

  @Test
  void saysWhichFileIsBroken() throws IOException {
    Path file = write("application.properties", "a=\\u00zz");

    assertThatThrownBy(() -> load(Map.of(), null, Map.of()))
        .isInstanceOf(SetupException.class)
        .hasMessageStartingWith(file + " is no properties file");
  }

  @Test
  void refusesAnUnknownProfile() {
    assertThatThrownBy(() -> Settings.load("azure", Map.of(), null, null, folder, Map.of()))
        .hasMessage("unknown profile 'azure': choose local or aws");
  }

  private Settings load(Map<String, String> commandLine, Path file, Map<String, String> env) {
    return Settings.load("local", commandLine, file, null, folder, env);
  }

  private Settings load(Path flow, Path file) {
    return Settings.load("local", Map.of(), file, flow, folder, Map.of());
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static int maxEvents(Settings settings) {
    return settings.count(Setting.INTAKE_MAX_EVENTS);
  }
}
