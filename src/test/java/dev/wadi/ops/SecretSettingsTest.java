package dev.wadi.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Terraform knows which settings are secrets, and takes them from nobody's file. */
@Tag("unit")
class SecretSettingsTest {

  @Test
  void terraformRefusesSecretsAmongTheSettings() throws IOException {
    String variables = Files.readString(Path.of("terraform/modules/stack/variables.tf"));
    String settings =
        variables.substring(
            variables.indexOf("\nvariable \"settings\" {"),
            variables.indexOf("\nvariable \"secrets\" {"));

    List<String> refused =
        Pattern.compile("\"(wadi\\.[a-z.-]+)\"")
            .matcher(settings)
            .results()
            .map(found -> found.group(1))
            .toList();

    assertThat(refused)
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(Setting.values()).filter(Setting::isSecret).map(Setting::property).toList());
  }
}
