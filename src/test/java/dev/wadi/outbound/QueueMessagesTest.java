package dev.wadi.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wadi.outbound.QueueMessages.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class QueueMessagesTest {

  private final NotedRefusals refused = new NotedRefusals();

  @Test
  void makesAMessageOfEachRowTenToACall() throws Exception {
    List<Row> rows = new ArrayList<>();
    for (int n = 0; n < 23; n++) {
      rows.add(NotedRefusals.row("k" + n, "{}"));
    }
    List<List<Entry>> calls = calls(1 << 18, rows);
    assertThat(calls).extracting(List::size).containsExactly(10, 10, 3);
    Entry first = calls.get(0).get(0);
    assertThat(first.attributes())
        .containsEntry("event_key", "k0")
        .containsEntry("event_type", "build");
    assertThat(first.group()).isEqualTo("build");
    assertThat(new ObjectMapper().readTree(first.body()).get("_doc").asText()).isEqualTo("{}");
  }

  @Test
  void beginsAnotherCallWhereOneWouldBeTooLarge() {
    List<Row> rows = new ArrayList<>();
    for (int n = 0; n < 3; n++) {
      rows.add(NotedRefusals.row("k" + n, "x".repeat(500)));
    }
    List<List<Entry>> calls = calls(1500, rows);
    assertThat(calls).extracting(List::size).containsExactly(2, 1);
    assertThat(calls)
        .allSatisfy(
            call ->
                assertThat(call.stream().mapToInt(Entry::bytes).sum()).isLessThanOrEqualTo(1500));
  }

  @Test
  void refusesWhatIsTooLargeAndNotItsNeighbours() {
    List<List<Entry>> calls =
        calls(
            1024,
            List.of(
                NotedRefusals.row("a", "{}"),
                NotedRefusals.row("b", "é".repeat(600)),
                NotedRefusals.row("c", "{}")));
    assertThat(calls.get(0)).extracting(Entry::key).containsExactly("a", "c");
    assertThat(refused.reasons).containsOnlyKeys("b");
    assertThat(refused.reasons.get("b")).contains("the queue takes 1024");
  }

  @Test
  void sendsNoCharacterThatAQueueRefuses() throws Exception {
    String odd = "\uFFFF \uD800 é";
    Row row = new Row(Map.of("event_key", "k", "event_type", "a\uFFFEb", "_doc", odd));
    Entry entry = calls(1 << 18, List.of(row)).get(0).get(0);
    assertThat(Row.isPlain(entry.body())).isTrue();
    assertThat(new ObjectMapper().readTree(entry.body()).get("_doc").asText()).isEqualTo(odd);
    assertThat(entry.attributes()).containsOnlyKeys("event_key");
    // a type that can't be the id of a group
    assertThat(entry.group()).isEqualTo("k");
  }

  @Test
  void refusesRowsWithoutAKey() {
    assertThatThrownBy(() -> new Row(Map.of("event_type", "build")))
        .hasMessageContaining("without event_key");
  }

  private List<List<Entry>> calls(int maxBytes, List<Row> rows) {
    return new QueueMessages(maxBytes, refused).of(rows, NotedRefusals.ORIGIN);
  }
}
