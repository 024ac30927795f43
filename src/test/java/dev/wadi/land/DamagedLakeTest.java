package dev.wadi.land;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wadi.event.SetupException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Objects under {@code _wadi/} that aren't what Wadi has written: whoever reads one says which to
 * put back, and takes none for another that it resembles.
 */
@Tag("unit")
class DamagedLakeTest {

  private static final String COMMIT = "01M81WZ0ZZQ3DD61ANYP04Y5YH";

  private final MemoryStore store = new MemoryStore();
  private final CommitLog log = new CommitLog(store);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{}",
        "null",
        "{\"commit\":\"01M81WZ0ZZQ3DD61ANYP04Y5YH\",\"state\":\"SOMEHOW\"}",
        "{\"commit\":\"01M81WZ0ZZQ3DD61ANYP04Y5YH\",\"state\":\"COMMITTED\"}",
        "{\"commit\":\"01M81WZ0ZZQ3DD61ANYP04Y5YH\",\"files\":[],\"sources\":{},\"dead_letters\":[]}"
      })
  void namesAMarker(String content) {
    assertDamaged("_wadi/commits/" + COMMIT + ".json", content, () -> log.marker(COMMIT));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{\"commit\":", "[]", "{}", "null", "{\"objects\":[]}"})
  void namesAnIntent(String content) {
    assertDamaged("_wadi/intents/" + COMMIT + ".json", content, () -> log.intent(COMMIT));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{}", "null", "{\"commit\":\"01M81WZ0ZZQ3DD61ANYP04Y5YH\"}"})
  void namesACompaction(String content) {
    assertDamaged("_wadi/compactions/" + COMMIT + ".json", content, log::pendingCompactions);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{\"columns\":", "[]", "{}", "null", "{\"columns\":[{\"name\":\"id\"}]}"})
  void namesAVersionOfTheSchema(String content) {
    assertDamaged("_wadi/schema/00000001.json", content, () -> SchemaLog.types(store));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{}", "null"})
  void namesAnEpoch(String content) {
    Epochs epochs = new Epochs(store, "test/1/now", Clock.systemUTC());
    assertDamaged("_wadi/epochs/00000001.json", content, epochs::enterAlone);
  }

  private void assertDamaged(String key, String content, ThrowingCallable read) {
    store.objects.put(key, content.getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(read)
        .isInstanceOf(SetupException.class)
        .hasMessageStartingWith(key + " in the lake is damaged: put it back");
  }
}
