package dev.wadi.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.wadi.event.SetupException;
import java.io.StringReader;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class LookupTableTest {

  private static final String CSV =
      "code,name,area\n49,\"Germany, Federal Republic\",357\n351,Portugal,\n";

  @Test
  void givesTheOtherCellsOfTheRowAsText() {
    assertThat(read(CSV, null).find(TextNode.valueOf("49")))
        .hasToString("{\"name\":\"Germany, Federal Republic\",\"area\":\"357\"}");
  }

  @Test
  void leavesAnEmptyCellOut() {
    assertThat(read(CSV, null).find(TextNode.valueOf("351")))
        .hasToString("{\"name\":\"Portugal\"}");
  }

  @Test
  void findsARowByANumberToo() {
    assertThat(read(CSV, null).find(IntNode.valueOf(351)).get("name").asText())
        .isEqualTo("Portugal");
  }

  @Test
  void findsARowByTheColumnThatIsNamed() {
    assertThat(read(CSV, "name").find(TextNode.valueOf("Portugal")).get("code").asText())
        .isEqualTo("351");
  }

  @Test
  void findsNothingForAnObjectOrAnUnknownValue() {
    assertThat(read(CSV, null).find(JsonNodeFactory.instance.objectNode())).isNull();
    assertThat(read(CSV, null).find(TextNode.valueOf("1"))).isNull();
  }

  @Test
  void saysWhatIsWrongWithTheFile() {
    refuses(CSV, "kod", "t.csv has no column kod: name one of code, name, area");
    refuses("", null, "t.csv has no column null");
    refuses("a,b\n1,2\n1,3\n", null, "t.csv has two rows with '1' in the column a");
    refuses("a,b\n1\n", null, "t.csv: record 1 has 1 cells, and the first line 2");
    refuses("a,b\n\"1,2\n", null, "can't read t.csv as CSV");
  }

  private static void refuses(String csv, String column, String why) {
    assertThatThrownBy(() -> read(csv, column))
        .isInstanceOf(SetupException.class)
        .hasMessageStartingWith(why);
  }

  private static LookupTable read(String csv, String column) {
    return LookupTable.read("t.csv", new StringReader(csv), column);
  }
}
