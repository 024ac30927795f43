package dev.wadi.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class SettingsPageTest {

  @Test
  void configurationPageIsWhatTheCodeDeclares() throws IOException {
    GeneratedPage.check("configuration.md", SettingsPage.markdown());
  }

  @Test
  void everyDefaultIsAValueThatItsSettingTakes() {
    for (Setting setting : Setting.values()) {
      Object value = setting.type().read().apply(setting.defaultValue());
      assertThat(value).as(setting.property()).isInstanceOf(setting.type().value());
    }
  }

  @Test
  void namesAreInKebabCaseUnderTheirStage() {
    for (Setting setting : Setting.values()) {
      assertThat(setting.property()).matches("wadi(\\.[a-z][a-z0-9]*(-[a-z]+)*){2,3}");
    }
  }
}
