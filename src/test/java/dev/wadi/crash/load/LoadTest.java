package dev.wadi.crash.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That a load is what it says. */
@Tag("unit")
class LoadTest {

  @Test
  void isTheSameForTheSameSeedAndAnotherForAnother() {
    assertThat(Load.of(7, 300)).isEqualTo(Load.of(7, 300)).isNotEqualTo(Load.of(8, 300));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void hasAsManyItemsAsAskedForAndEachIsWhatItSays(long seed) {
    List<Item> items =
        Load.of(seed, 500).stream().flatMap(message -> message.items().stream()).toList();
    assertThat(items).hasSize(500);
    Map<String, String> firsts = new HashMap<>();
    Set<String> poisons = new HashSet<>();
    for (Item item : items) {
      switch (item.kind()) {
        case UNIQUE -> assertThat(firsts.put(item.key(), item.hash())).as(item.key()).isNull();
        case COPY -> assertThat(firsts).containsEntry(item.key(), item.hash());
        case CONFLICT ->
            assertThat(firsts).containsKey(item.key()).doesNotContainEntry(item.key(), item.hash());
        case POISON -> assertThat(poisons.add(item.hash())).as(item.body()).isTrue();
      }
    }
  }

  @Test
  void hashesJsonByWhatItSays() {
    assertThat(PayloadHash.ofJson("{\"a\":1.50,\"b\":[1,{}]}"))
        .isEqualTo(PayloadHash.ofJson("{ \"b\": [1, {}], \"a\": 15e-1 }"))
        .isNotEqualTo(PayloadHash.ofJson("{\"a\":\"1.50\",\"b\":[1,{}]}"))
        .isNotEqualTo(PayloadHash.ofJson("{\"a\":1.50,\"b\":[{},1]}"));
  }
}
