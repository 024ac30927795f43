package dev.wadi.land.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wadi.event.ColumnType;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class RowsTest {

  private final Rows rows =
      new Rows(
          List.of(new Field("key", ColumnType.TEXT)), List.of(new Field("_doc", ColumnType.TEXT)));

  @Test
  void putsNewColumnsBetweenTheFirstAndTheLast() {
    rows.set("b", ColumnType.BIGINT, 1L);
    rows.set("_doc", ColumnType.TEXT, "{}");
    rows.set("a", ColumnType.BOOLEAN, true);
    rows.endRow();

    assertThat(rows.fields())
        .containsExactly(
            new Field("key", ColumnType.TEXT),
            new Field("b", ColumnType.BIGINT),
            new Field("a", ColumnType.BOOLEAN),
            new Field("_doc", ColumnType.TEXT));
  }

  @Test
  void countsRowsAndBytes() {
    rows.set("key", ColumnType.TEXT, "abc");
    rows.set("n", ColumnType.BIGINT, 1L);
    rows.set("nothing", ColumnType.BIGINT, null);

    assertThat(rows.count()).isZero();
    rows.endRow();
    rows.endRow();
    assertThat(rows.count()).isEqualTo(2);
    assertThat(rows.bytes()).isEqualTo(3 + 4 + 8);
    assertThat(rows.fields()).extracting(Field::name).doesNotContain("nothing");
  }

  @Test
  void takesOneValueAColumnAndRow() {
    rows.set("key", ColumnType.TEXT, "a");

    assertThatThrownBy(() -> rows.set("key", ColumnType.TEXT, "b"))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void takesNoValueOfAnotherType() {
    rows.set("n", ColumnType.BIGINT, 1L);
    rows.endRow();

    assertThatThrownBy(() -> rows.set("n", ColumnType.BIGINT, "text"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("n is BIGINT");
    assertThatThrownBy(() -> rows.set("key", ColumnType.TEXT, 1.5))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void keepsChunksSmallHoweverManyRowsThereAre() {
    byte[] document = new byte[1 << 20];
    java.util.Arrays.fill(document, (byte) 'x');
    for (int n = 0; n < 20; n++) {
      rows.set("_doc", ColumnType.TEXT, document);
      rows.endRow();
    }

    assertThat(rows.chunks()).hasSize(3).extracting(Chunk::rows).containsExactly(8, 8, 4);
    assertThat(rows.chunks().get(0).columnOrNull(1).dataLength()).isEqualTo(8 << 20);
  }
}
