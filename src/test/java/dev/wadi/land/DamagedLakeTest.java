package dev.wadi.land;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wadi.event.SetupException;
import dev.wadi.intake.Outage;
import java.nio.charset.StandardCharsets;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Objects under {@code _wadi/} that aren't what Wadi has written. */
@Tag("unit")
class DamagedLakeTest {

  private static final String COMMIT = "01M81WZ0ZZQ3DD61ANYP04Y5YH";

  private final MemoryStore store = new MemoryStore();
  private final CommitLog log = new CommitLog(store);

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{\"state\":\"COMMITTED\"}", "{\"state\":\"SOMEHOW\"}"})
  void saysWhichMarkerToPutBackAndLetsTheBatchWait(String content) {
    String key = "_wadi/commits/" + COMMIT + ".json";
    store.objects.put(key, content.getBytes(StandardCharsets.UTF_8));
    assertHeld(() -> log.marker(COMMIT), key);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{\"commit\":", "[]"})
  void saysWhichIntentToPutBack(String content) {
    String key = "_wadi/intents/" + COMMIT + ".json";
    store.objects.put(key, content.getBytes(StandardCharsets.UTF_8));
    assertHeld(() -> log.intent(COMMIT), key);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{\"columns\":", "[]"})
  void saysWhichSchemaToPutBack(String content) {
    String key = "_wadi/schema/00000001.json";
    store.objects.put(key, content.getBytes(StandardCharsets.UTF_8));
    assertHeld(() -> SchemaLog.types(store), key);
  }

  /** What is no fault of the events must not make dead letters of them. */
  private static void assertHeld(ThrowingCallable read, String key) {
    assertThatThrownBy(read)
        .isInstanceOf(SetupException.class)
        .hasMessageStartingWith(key + " in the lake is damaged: put it back")
        .satisfies(failure -> assertThat(Outage.isCauseOf(failure)).isTrue());
  }
}
