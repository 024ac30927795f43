package dev.wadi.land;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wadi.event.ColumnType;
import dev.wadi.event.TransientException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class SchemaLogTest {

  private final MemoryStore store = new MemoryStore();
  private final Batches.MemorySchema schema = new Batches.MemorySchema();
  private final SchemaLog log = new SchemaLog(store, schema);

  @Test
  void savesNewColumnsOnceAndReadsThemBack() {
    log.save();
    log.save();
    assertThat(store.objects).containsOnlyKeys("_wadi/schema/00000001.json");

    Batches.MemorySchema next = new Batches.MemorySchema();
    new SchemaLog(store, next).load();
    assertThat(next.known)
        .containsExactly(new Schema.LakeColumn("subject_id", "/subject/id", ColumnType.TEXT));
  }

  @Test
  void goesOnWithTheNextVersion() {
    log.save();
    schema.unsaved.add(new Schema.LakeColumn("n", "/n", ColumnType.BIGINT));
    log.save();
    assertThat(store.objects)
        .containsOnlyKeys("_wadi/schema/00000001.json", "_wadi/schema/00000002.json");
  }

  @Test
  void takesAPutWhoseAnswerWasLostForItsOwn() {
    store.losesAnswerOf = call -> true;
    assertThatThrownBy(log::save).isInstanceOf(TransientException.class);
    store.losesAnswerOf = call -> false;
    log.save();
    assertThat(schema.unsaved).isEmpty();
    assertThat(store.objects).hasSize(1);
  }

  @Test
  void takesOverAnotherProcessesColumnsAndLetsTheBatchesBeTriedAgain() {
    Batches.MemorySchema other = new Batches.MemorySchema();
    other.unsaved.clear();
    other.unsaved.add(new Schema.LakeColumn("n", "/n", ColumnType.BIGINT));
    new SchemaLog(store, other).save();

    assertThatThrownBy(log::save)
        .isInstanceOf(TransientException.class)
        .hasMessageContaining("another process");
    assertThat(schema.known).contains(new Schema.LakeColumn("n", "/n", ColumnType.BIGINT));
    log.save();
    assertThat(store.objects)
        .containsOnlyKeys("_wadi/schema/00000001.json", "_wadi/schema/00000002.json");
  }
}
