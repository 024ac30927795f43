package dev.wadi.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wadi.simulator.Emission.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class MessagePackerTest {

  private static final int LIMIT = 64;

  private final MessagePacker packer = new MessagePacker(3, LIMIT);

  @Test
  void sendsFewEventsOneAMessage() {
    assertThat(packer.pack(List.of(event("{\"n\":1}"), event("{\"n\":2}"))))
        .containsExactly(new Message("{\"n\":1}", 1), new Message("{\"n\":2}", 1));
  }

  @Test
  void sendsManyEventsInArraysInTheirOrder() {
    List<Emission> events =
        IntStream.range(0, 50).mapToObj(n -> event("{\"n\":" + n + ",\"ä\":\"→\"}")).toList();
    List<Message> messages = packer.pack(events);
    List<Integer> numbers = new ArrayList<>();
    for (Message message : messages) {
      byte[] body = message.body().getBytes(StandardCharsets.UTF_8);
      assertThat(body).hasSizeBetween(LIMIT / 2, LIMIT);
      JsonNode array = Simulations.json(body);
      assertThat(array.isArray()).isTrue();
      assertThat(array).hasSize(message.events());
      array.forEach(event -> numbers.add(event.get("n").intValue()));
    }
    assertThat(numbers).isEqualTo(IntStream.range(0, 50).boxed().toList());
  }

  @Test
  void fillsABodyUpToTheLimitItself() {
    // brackets, three commas and four events of 15 bytes make 65, one too many; of 14.75, 64
    List<Emission> fit = List.of(quoted(15), quoted(15), quoted(15), quoted(14));
    assertThat(packer.pack(fit)).hasSize(1);
    List<Emission> tooLong = List.of(quoted(15), quoted(15), quoted(15), quoted(15));
    assertThat(packer.pack(tooLong)).extracting(Message::events).containsExactly(3, 1);
  }

  @Test
  void sendsWhatIsNoJsonByItself() {
    Emission broken =
        new Emission("{\"n\":".getBytes(StandardCharsets.UTF_8), Kind.MALFORMED, false);
    List<Emission> events = List.of(event("{}"), broken, event("{}"), event("42"));
    assertThat(packer.pack(events))
        .containsExactlyInAnyOrder(new Message("{\"n\":", 1), new Message("[{},{},42]", 3));
  }

  @Test
  void makesNoMessageOfNothing() {
    assertThat(packer.pack(List.of())).isEmpty();
  }

  private static Emission quoted(int length) {
    return event('"' + "x".repeat(length - 2) + '"');
  }

  private static Emission event(String json) {
    return new Emission(json.getBytes(StandardCharsets.UTF_8), Kind.GENUINE, true);
  }
}
