package dev.wadi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wadi.check.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code wadi check} says of settings, shapes and the parts of routes. */
@Tag("unit")
class CheckTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"cdevents", "named-events", "web-sessions"})
  void findsNothingInWhatComesWithWadi(String name) {
    Flow flow = Flow.named(name);
    Map<String, String> commandLine = Map.of(Flow.FOLDER_PROPERTY, flow.location());
    for (String profile : List.of("local", "aws")) {
      assertThat(new Check(profile, commandLine, null, null, null, flow).run().findings())
          .as(profile)
          // secrets of the flow, which a build need not have
          .allMatch(finding -> finding.message().contains("isn't set here"));
    }
  }

  @Test
  void findsNothingInRoutesThatAreOffByDefault() {
    Map<String, String> on =
        Map.of(
            "wadi.intake.stream", "events",
            "wadi.simulator.to", "stream",
            "wadi.report.period", "5m",
            "wadi.land.sqs.queue", "handed-on",
            "wadi.land.kinesis.stream", "handed-on",
            "wadi.land.postgres.url", "jdbc:postgresql://127.0.0.1:5432/lake",
            "wadi.compact.period", "1h",
            "wadi.poll.url", "https://api.example.com/events");
    Check.Result result = new Check("local", on, null, null, null, null).run();
    assertThat(result.findings()).isEmpty();
    assertThat(result.routes())
        .isGreaterThan(new Check("local", Map.of(), null, null, null, null).run().routes());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "process: {ref: decoder} | there is no bean 'decoder' that is a Processor: did you mean 'decode'?",
        "process: {ref: s3Client} | there is no bean 's3Client' that is a Processor",
        "bean: {ref: nosuch, method: x} | there is no bean 'nosuch': name one of Wadi's",
        "bean: {ref: simulate, method: sentt} | the bean (a SimulateStep) has no method 'sentt'",
        "to: 'log:x?leveel=WARN' | log has no option 'leveel': did you mean 'level'?",
        "to: 'nosuch:x' | there is no component 'nosuch'",
        "to: 'direct:evnt' | no route begins at direct:evnt: did you mean direct:event?",
        "to: 'wadi-sqs:events' | wadi-sqs:events can't be sent to",
        "to: 'wadi-landed:out' | wadi-landed:out can't be sent to",
        "to: 'log:{{my.name}}' | there is no property 'my.name': set it in a file for --config",
        "to: 'log:{{wadi.intake.queu}}' | did you mean 'wadi.intake.queue'?",
        "to: {uri: 'aws2-sqs:x', parameters: {amazonSQSClient: '#sqs'}} | there is no bean 'sqs' that is a SqsClient",
        "setBody: {simple: '${bodyy}'} | the simple expression '${bodyy}' can't be read",
        "filter: {simple: '${body} === 3', steps: [{log: x}]} | (Unexpected token =): mend it",
        "setBody: {groovy: 'x'} | there is no language 'groovy'",
        "setHeader: {simple: x} | headerName must be specified: mend it",
        "throttle: {constant: 1, timePeriodMillis: '{{nosuch}}'} | there is no property 'nosuch'",
        "choice: {when: [{simple: '${bodyy}', steps: [{log: x}]}]} | the simple expression '${bodyy}'",
        "log: '${bodyy}' | the simple expression '${bodyy}' can't be read",
      })
  void namesTheStepThatCanNotBeMade(String step, String said) throws IOException {
    write("routes/mine.yaml", route("mine", "timer:x", "log: before", step));
    Finding finding = only(check());
    assertThat(finding.text()).startsWith(folder.resolve("routes/mine.yaml") + ":");
    assertThat(finding.line()).isEqualTo(7);
    assertThat(finding.message()).contains(said);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "splitt: {} | :7: Unknown node id: splitt: mend it",
        "log: {mesage: hi} | :7: Unsupported field: mesage: mend it",
      })
  void namesTheLineThatIsNoRoute(String step, String said) throws IOException {
    write("routes/mine.yaml", route("mine", "timer:x", "log: before", step));
    assertThat(only(check()).text()).contains(said);
  }

  @Test
  void judgesTheOptionsOfASource() throws IOException {
    write(
        "routes/mine.yaml", route("mine", "wadi-sqs:events?receivers=1000", "to: direct:pipeline"));
    assertThat(only(check()).message()).contains("wadi-sqs needs 1 to 100 receivers");
  }

  @Test
  void findsEveryMistakeAtOnce() throws IOException {
    write(
        "routes/mine.yaml",
        route("mine", "timer:x", "to: nosuch:a", "process: {ref: nosuch}", "to: direct:nosuch"));
    write("routes/none.yaml", "route: {}\n");
    write("routes/other.yaml", route("other", "direct:event", "log: x"));
    write("shapes/mine.yaml", "key: [id]\nid: id\ntyppe: {path: type}\n");
    write("my.properties", "my.own = 1\nwadi.intake.max-event = 5\nwadi.intake.receivers = many\n");
    List<String> lines = check().stream().map(Finding::text).toList();
    assertThat(lines)
        .anySatisfy(line -> assertThat(line).contains("mine.yaml:6: there is no component"))
        .anySatisfy(line -> assertThat(line).contains("mine.yaml:7: there is no bean"))
        .anySatisfy(line -> assertThat(line).contains("mine.yaml:8: no route begins at"))
        .anySatisfy(line -> assertThat(line).contains("none.yaml is no list of routes"))
        .anySatisfy(line -> assertThat(line).contains("direct:event is where the route"))
        .anySatisfy(line -> assertThat(line).contains("mine.yaml:3: 'typpe' is unknown"))
        .anySatisfy(
            line ->
                assertThat(line)
                    .endsWith(
                        "my.properties:2: unknown setting wadi.intake.max-event: did you mean"
                            + " wadi.intake.max-events?"))
        .anySatisfy(
            line ->
                assertThat(line)
                    .contains("my.properties:3: wadi.intake.receivers is 'many': it must be"));
  }

  @Test
  void findsAnIdThatIsUsedTwice() throws IOException {
    write(
        "routes/mine.yaml",
        route(
            "mine",
            "timer:x",
            "log: {id: event-keep, message: x}",
            "log: {id: mine-b, message: x}"));
    assertThat(only(check()).message()).contains("the id event-keep is used at");
  }

  @Test
  void findsACircle() throws IOException {
    write("routes/one.yaml", route("one", "direct:one", "to: direct:two"));
    write("routes/two.yaml", route("two", "direct:two", "to: direct:one"));
    assertThat(check())
        .extracting(Finding::message)
        .hasSize(2)
        .allSatisfy(message -> assertThat(message).contains("leads back to itself"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "wadi.report.period | 5m | aws | the report reads the lake's folder",
        "wadi.deduplicate.repository | dynamodb | local | has a lake of its own, which nobody shares",
        "wadi.simulator.to | stream | local | wadi.simulator.to is stream, and there is none",
        "wadi.land.compression | snappy | local | ",
        "wadi.poll.url | https://me:x@api.example.com/ | local | a secret goes into WADI_POLL_TOKEN",
        "wadi.poll.token | x | local | set WADI_POLL_TOKEN instead",
      })
  void findsWhatSettingsCanNotBeTogether(
      String property, String value, String profile, String said) {
    List<Finding> findings =
        new Check(profile, Map.of(property, value), null, null, null, null).run().findings();
    if (said == null) {
      assertThat(findings).isEmpty();
    } else {
      assertThat(findings).extracting(Finding::message).anyMatch(message -> message.contains(said));
    }
  }

  @Test
  void findsThatTheFoldersAreNone() {
    Path none = folder.resolve("none");
    assertThat(new Check("local", Map.of(), null, none, none, null).run().findings())
        .extracting(Finding::message)
        .anyMatch(message -> message.contains("is no folder: name one that holds *.yaml"))
        .anyMatch(message -> message.contains("there is no folder of shapes"));
  }

  private List<Finding> check() {
    Path shapes = folder.resolve("shapes");
    Path config = folder.resolve("my.properties");
    return new Check(
            "local",
            Map.of(),
            Files.exists(config) ? config : null,
            Files.exists(shapes) ? shapes : null,
            folder.resolve("routes"),
            null)
        .run()
        .findings();
  }

  private static Finding only(List<Finding> findings) {
    assertThat(findings).hasSize(1);
    return findings.get(0);
  }

  private static String route(String id, String uri, String... steps) {
    return "- route:\n    id: %s\n    from:\n      uri: %s\n      steps:\n".formatted(id, uri)
        + "        - "
        + String.join("\n        - ", steps)
        + "\n";
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
