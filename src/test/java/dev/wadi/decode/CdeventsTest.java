package dev.wadi.decode;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wadi.event.Event;
import dev.wadi.event.EventKey;
import dev.wadi.event.Rejected;
import java.time.Instant;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class CdeventsTest {

  private static final String FINISHED =
      """
      {"context": {"specversion": "0.5.1", "id": "run-7", "source": "/ci/tekton",
                   "type": "dev.cdevents.testsuiterun.finished.0.3.0",
                   "timestamp": "2026-11-21T13:00:00.123456789+01:00"},
       "subject": {"id": "suite-7", "source": "/ci", "content": {
                   "outcome": "success", "environment": {"id": "staging"}}}}
      """;

  private final Decoding decoding = new Decoding("cdevents");

  @Test
  void readsKeyTypeTimeAndSource() {
    Event event = decoding.event(FINISHED);

    assertThat(event.shape()).isEqualTo("cdevents");
    assertThat(event.key()).isEqualTo(EventKey.of("cdevents", "/ci/tekton", "run-7"));
    assertThat(event.id()).isEqualTo("run-7");
    assertThat(event.type()).isEqualTo("testsuiterun.finished");
    assertThat(event.subtype()).isEqualTo("finished");
    assertThat(event.source()).isEqualTo("/ci/tekton");
    assertThat(event.time()).isEqualTo(Instant.parse("2026-11-21T12:00:00.123456Z"));
    assertThat(event.derived()).isEmpty();
    assertThat(event.document().at("/subject/id").textValue()).isEqualTo("suite-7");
    assertThat(decoding.metrics.registry().getMeters()).isEmpty();
  }

  @Test
  void namesEveryMissingFieldAtOnce() {
    Rejected rejected =
        rejected(
            json -> {
              json.withObject("/context").remove("source");
              json.withObject("/context").put("id", " ");
              json.withObject("/subject").putNull("id");
              json.withObject("/subject/content").remove("outcome");
              json.withObject("/subject/content/environment").remove("id");
            });

    assertThat(rejected.reason()).isEqualTo("missing_field");
    assertThat(rejected.rule())
        .isEqualTo(
            "context.source,context.id,subject.id,subject.content.environment.id,"
                + "subject.content.outcome");
    assertThat(rejected.message()).contains("context.source, context.id, subject.id");
  }

  @Test
  void namesWhatIsMissingInsideAMissingObject() {
    assertThat(rejected(json -> json.remove("subject")).rule())
        .isEqualTo(
            "subject,subject.id,subject.content,subject.content.environment,"
                + "subject.content.environment.id,subject.content.outcome");
    assertThat(decoding.rejected("{}").rule())
        .isEqualTo(
            "context,context.source,context.id,context.type,context.timestamp,"
                + "context.specversion|version");
  }

  @Test
  void namesAllThatIsMissingWhenTheVersionIsMissingToo() {
    Rejected rejected =
        rejected(
            json -> {
              json.withObject("/context").remove("specversion");
              json.withObject("/subject/content").remove("outcome");
            });

    assertThat(rejected.rule()).isEqualTo("context.specversion|version,subject.content.outcome");
  }

  @Test
  void namesWhatEveryTypeNeedsWhenTheTypeIsMissing() {
    Rejected rejected =
        rejected(
            json -> {
              json.withObject("/context").remove("type");
              json.withObject("/subject").remove("id");
            });

    assertThat(rejected.rule()).isEqualTo("context.type,subject.id");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "/context ; id ; 5 ; context.id",
        "/context ; source ; true ; context.source",
        "/context ; type ; {} ; context.type",
        "/context ; timestamp ; 17 ; context.timestamp",
        "/context ; specversion ; 0.5 ; context.specversion|version",
        "/context ; chainId ; 1 ; context.chainId",
        "/context ; links ; {} ; context.links",
        "/subject ; content ; [] ; subject.content",
        "/subject ; source ; 1 ; subject.source",
        "/subject/content ; outcome ; \"fine\" ; subject.content.outcome",
        "/subject/content ; outcome ; 0 ; subject.content.outcome",
        "/subject/content ; severity ; \"bad\" ; subject.content.severity",
        "/subject/content ; environment ; \"dev\" ; subject.content.environment",
        "/subject/content/environment ; id ; 1 ; subject.content.environment.id",
        " ; customData ; 7 ; customData",
        " ; context ; 7 ; context"
      })
  void rejectsAWrongTypeAndNamesIt(String parent, String field, String value, String path)
      throws Exception {
    ObjectNode json = parse();
    ObjectNode object = parent == null ? json : (ObjectNode) json.at(parent);
    object.set(field, new ObjectMapper().readTree(value));

    Rejected rejected = decoding.rejected(json.toString());

    assertThat(rejected.reason()).isEqualTo("wrong_type");
    assertThat(rejected.rule()).isEqualTo(path);
    assertThat(rejected.message()).startsWith(path + " must be ").contains(", found ");
  }

  @Test
  void saysWhatIsWantedAndWhatWasFound() {
    assertThat(
            rejected(json -> json.withObject("/subject/content").put("outcome", "fine")).message())
        .isEqualTo(
            "subject.content.outcome must be one of cancel, error, failure, success,"
                + " found text \"fine\"");
    assertThat(rejected(json -> json.put("customData", 7)).message())
        .isEqualTo("customData must be an object or text, found a number 7");
    assertThat(rejected(json -> json.withObject("/context").put("id", 5)).message())
        .isEqualTo("context.id must be text, found a number 5");
    assertThat(rejected(json -> json.withObject("/subject").putArray("content")).message())
        .isEqualTo("subject.content must be an object, found an array");
    assertThat(
            rejected(json -> json.withObject("/subject/content").put("outcome", "x".repeat(99)))
                .message())
        .endsWith("x...");
  }

  @Test
  void namesMissingFieldsFirstAndWrongOnesInTheMessage() {
    Rejected rejected =
        rejected(
            json -> {
              json.withObject("/context").remove("id");
              json.withObject("/context").put("source", 5);
            });

    assertThat(rejected.reason()).isEqualTo("missing_field");
    assertThat(rejected.rule()).isEqualTo("context.id");
    assertThat(rejected.message()).contains("missing: context.id").contains("context.source must");
  }

  @Test
  void takesOptionalFieldsThatAreNullOrEmptyAndFieldsThatNobodyDeclared() {
    ObjectNode json = parse();
    json.withObject("/subject").put("source", "");
    json.withObject("/subject/content").putNull("severity").put("our-own", 5);

    assertThat(decoding.event(json.toString())).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({
    "version, 0.4.0, spec_version",
    "specversion, 0.5.0, spec_version",
    "specversion, 0.6.0-draft, spec_version",
    "specversion, 17, spec_version"
  })
  void letsUnknownSpecVersionsPassAndCountsThem(String field, String version, String kind) {
    ObjectNode json = parse();
    json.withObject("/context").remove("specversion");
    json.withObject("/context").put(field, version);
    json.remove("subject");

    assertThat(decoding.event(json.toString()).type()).isEqualTo("testsuiterun.finished");
    assertThat(decoding.unknown(kind)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "dev.cdevents.testsuiterun.finished.0.9.0, testsuiterun.finished, finished, type",
    "dev.cdevents.spaceship.landed.0.1.0-draft, spaceship.landed, landed, type",
    "dev.cdeventsx.acme-spaceship.landed.0.1.0, cdeventsx.acme-spaceship.landed, landed, custom"
  })
  void letsUnknownAndCustomTypesPassAndCountsThem(
      String type, String eventType, String subtype, String kind) {
    ObjectNode json = parse();
    json.withObject("/context").put("type", type);
    json.remove("subject");

    Event event = decoding.event(json.toString());

    assertThat(event.type()).isEqualTo(eventType);
    assertThat(event.subtype()).isEqualTo(subtype);
    assertThat(decoding.unknown(kind)).isEqualTo(1);
  }

  @Test
  void rejectsAnUnknownEventWhoseContextIsNotWholeAndDoesNotCountIt() {
    Rejected rejected =
        rejected(
            json -> {
              json.withObject("/context").put("type", "dev.cdeventsx.acme-spaceship.landed.0.1.0");
              json.withObject("/context").remove("timestamp");
            });

    assertThat(rejected.rule()).isEqualTo("context.timestamp");
    assertThat(decoding.unknown("custom")).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "build.queued",
        "dev.cdevents.build.queued",
        "dev.cdevents..queued.0.1.0",
        "dev.cdevents.build.queued.",
        "dev.cdevents.../../etc.queued.0.1.0",
        "dev.cdevents.build.queued.0.1.0/../..",
        "dev.cdevents.build'; DROP TABLE events; --.queued.0.1.0",
        "dev.cdevents.bu ild.queued.0.1.0",
        "dev.cdevents.build\u0000.queued.0.1.0",
        "dev.cdeventsx.acme.landed.0.1.0",
        "../"
      })
  void rejectsATypeThatIsNotOfTheForm(String type) {
    Rejected rejected = rejected(json -> json.withObject("/context").put("type", type));

    assertThat(rejected.reason()).isEqualTo("bad_type");
    assertThat(rejected.rule()).isEqualTo("context.type");
    assertThat(rejected.message())
        .contains("dev.cdevents.{subject}.{predicate}.{version*}")
        .contains("found text");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"yesterday", "2026-13-01T00:00:00Z", "10000-01-01T00:00:00Z", "1732190400"})
  void rejectsATimeThatIsNone(String time) {
    Rejected rejected = rejected(json -> json.withObject("/context").put("timestamp", time));

    assertThat(rejected.reason()).isEqualTo("bad_time");
    assertThat(rejected.rule()).isEqualTo("context.timestamp");
    assertThat(rejected.message()).contains("ISO 8601").contains(time);
  }

  @Test
  void takesHostileFieldNamesAsTheyAre() {
    ObjectNode json = parse();
    json.putObject("customData").put("../x", 1).put("'; DROP TABLE events; --", 2);

    assertThat(decoding.event(json.toString()).document().get("customData")).hasSize(2);
  }

  private Rejected rejected(Consumer<ObjectNode> change) {
    ObjectNode json = parse();
    change.accept(json);
    return decoding.rejected(json.toString());
  }

  private static ObjectNode parse() {
    try {
      return (ObjectNode) new ObjectMapper().readTree(FINISHED);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
