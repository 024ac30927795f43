package dev.wadi.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class TypeRuleTest {

  private final TypeRule plain = rule();
  private final TypeRule named =
      rule(
          form("{type}:{subtype}:{rest*}", "{type}", "{subtype}"),
          form("{type}:{subtype}", "{type}", "{subtype}"),
          form("{type}", "{type}", null));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "order",
        "com.github.push",
        "payment:order:completed",
        "user/created",
        "Order placed",
        "\u00fcbung",
        "a..b",
        "\ud801\udc00"
      })
  void takesATypeAsItIsWithoutForms(String type) {
    assertThat(plain.read(type)).isEqualTo(new EventType(type, null, Map.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        " order",
        "order ",
        "..",
        ".",
        "../order",
        "a/../b",
        "a//b",
        "/a",
        "a/",
        "a/.",
        "x'; DROP TABLE events; --",
        "a\u0000b",
        "a\nb",
        "a=b",
        "a*b",
        "a\\b",
        "\ud800"
      })
  void refusesWhatShouldNameNoPartition(String type) {
    assertThat(plain.read(type)).isNull();
  }

  @Test
  void refusesATypeThatIsTooLongForAFolderOnceEncoded() {
    assertThat(plain.read("x".repeat(240))).isNotNull();
    assertThat(plain.read("x".repeat(241))).isNull();
    assertThat(plain.read("\u00fc".repeat(40))).isNotNull();
    assertThat(plain.read("\u00fc".repeat(41))).isNull();
    assertThat(plain.read("\u20ac\u20ac")).as("no letter").isNull();
    assertThat(plain.read("\u6f22".repeat(27))).isNull();
    assertThat(plain.read("\ud801\udc00".repeat(21))).isNull();
    assertThat(plain.read("a:".repeat(61))).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "payment:order:completed, payment, order",
    "payment:order:completed:twice, payment, order",
    "payment:order, payment, order",
    "payment, payment,"
  })
  void splitsByTheFirstFormThatFits(String text, String type, String subtype) {
    EventType read = named.read(text);

    assertThat(read.type()).isEqualTo(type);
    assertThat(read.subtype()).isEqualTo(subtype);
    assertThat(read.parts()).containsEntry("type", type);
    assertThat(named.read(text)).as("remembered").isSameAs(read);
  }

  @ParameterizedTest
  @ValueSource(strings = {":order", "payment:", "payment::completed", "pay ment", ":"})
  void refusesWhatHasNoneOfTheForms(String text) {
    assertThat(named.read(text)).isNull();
  }

  @Test
  void putsTheTypeTogetherFromParts() {
    TypeRule rule =
        rule(form("{environment}.simulated_events.{subject}.{predicate}", "{subject}", null));

    EventType type = rule.read("prod.simulated_events.build.started");

    assertThat(type.type()).isEqualTo("build");
    assertThat(type.parts())
        .isEqualTo(Map.of("environment", "prod", "subject", "build", "predicate", "started"));
    assertThat(rule.read("prod.simulated_events.build.started.x")).isNull();
    assertThat(rule(form("v-{a}-end", "{a}", null)).read("v-1-2-end").type()).isEqualTo("1-2");
    assertThat(rule(form("v-{a}-end", "{a}", null)).read("v--end")).isNull();
    assertThat(rule(form("fixed", "other", null)).read("fixed").type()).isEqualTo("other");
    assertThat(rule(form("fixed", "other", null)).read("fixed2")).isNull();
  }

  @Test
  void remembersABoundedNumberOfTypes() {
    for (int i = 0; i < 10_000; i++) {
      plain.read("type-" + i);
    }

    EventType late = plain.read("late");

    assertThat(late.type()).isEqualTo("late");
    assertThat(plain.read("late")).isNotSameAs(late);
    assertThat(plain.read("type-1")).isSameAs(plain.read("type-1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{a", "{}", "{*}", "{a}{b}", "{a}.{a}", "{a*}.{b}", "{a*}."})
  void refusesATemplateThatCannotBeMatched(String template) {
    assertThatThrownBy(() -> Template.of(template)).isInstanceOf(IllegalArgumentException.class);
  }

  private static TypeRule rule(TypeForm... forms) {
    return new TypeRule(JsonPath.of("type"), List.of(forms));
  }

  private static TypeForm form(String form, String type, String subtype) {
    return new TypeForm(
        Template.of(form), Template.of(type), subtype == null ? null : Template.of(subtype));
  }
}
