package dev.wadi.decode;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.wadi.event.Event;
import dev.wadi.event.Rejected;
import dev.wadi.shape.CatalogueExamples;
import dev.wadi.shape.CatalogueExamples.Example;
import dev.wadi.shape.CatalogueExamples.Lacking;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every type of every spec version in the catalogue: the least and the whole event that it allows
 * are events, and without any one of the fields that they must have they are rejected for just
 * that.
 */
@Tag("unit")
class CatalogueTest {

  private final Decoding decoding = new Decoding("cdevents");

  @Test
  void hasTheTypesOfThreeSpecVersions() {
    assertThat(CatalogueExamples.types("0.3.0")).hasSize(39);
    assertThat(CatalogueExamples.types("0.4.1")).hasSize(45);
    assertThat(CatalogueExamples.types("0.5.1")).hasSize(45);
  }

  @TestFactory
  List<DynamicTest> takesEveryTypeAndNamesTheOneFieldThatItLacks() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Example example : CatalogueExamples.all()) {
      tests.add(DynamicTest.dynamicTest(example.toString(), () -> check(example)));
    }
    return tests;
  }

  private void check(Example example) {
    for (ObjectNode event : List.of(example.least(), example.whole())) {
      String[] type = example.type().split("\\.");
      assertThat(decoding.event(event.toString()))
          .returns(type[2] + "." + type[3], Event::type)
          .returns(type[3], Event::subtype);
      List<Lacking> lacking = CatalogueExamples.lacking(example, event);
      assertThat(lacking)
          .extracting(Lacking::field)
          .contains("context.id", "context.type", "subject.id", "subject.content");
      lacking.forEach(this::namesTheField);
    }
    for (ObjectNode event : CatalogueExamples.withoutOneOptionalField(example)) {
      assertThat(decoding.event(event.toString())).isNotNull();
    }
    assertThat(decoding.metrics.registry().getMeters()).as("counted as unknown").isEmpty();
  }

  private void namesTheField(Lacking lacking) {
    assertNamed(lacking, decoding.rejected(lacking.event().toString()));
    ObjectNode withNull = lacking.event().deepCopy();
    set(withNull, lacking.field(), withNull.nullNode());
    assertNamed(lacking, decoding.rejected(withNull.toString()));
    if (lacking.field().startsWith("context.")) {
      ObjectNode blank = lacking.event().deepCopy();
      set(blank, lacking.field(), TextNode.valueOf(" "));
      assertNamed(lacking, decoding.rejected(blank.toString()));
    }
  }

  private static void assertNamed(Lacking lacking, Rejected rejected) {
    assertThat(rejected.reason()).as(lacking.field()).isEqualTo("missing_field");
    assertThat(rejected.rule().split(",")).containsExactlyInAnyOrderElementsOf(lacking.named());
    assertThat(rejected.rule()).startsWith(lacking.named().iterator().next());
  }

  private static void set(ObjectNode event, String path, JsonNode value) {
    int dot = path.lastIndexOf('.');
    String parent = dot < 0 ? "" : "/" + path.substring(0, dot).replace('.', '/');
    ((ObjectNode) event.at(parent)).set(path.substring(dot + 1), value);
  }
}
