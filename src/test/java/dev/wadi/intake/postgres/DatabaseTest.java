package dev.wadi.intake.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wadi.event.SetupException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class DatabaseTest {

  @Test
  void readsAUrl() {
    Database database = Database.of("postgresql://db/shop?sslmode=require", "wadi", "secret");
    assertThat(database.host()).isEqualTo("db");
    assertThat(database.port()).isEqualTo(5432);
    assertThat(database.name()).isEqualTo("shop");
    assertThat(database.parameters()).containsEntry("sslmode", "require");
  }

  @Test
  void neverShowsThePassword() {
    assertThat(Database.of("postgresql://db/shop", "wadi", "secret").toString())
        .doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://wadi:hush@db/shop",
        "mysql://db/shop",
        "postgresql://db",
        "hush hush"
      })
  void refusesWhatIsNoUrlAndRepeatsNothingOfIt(String url) {
    assertThatThrownBy(() -> Database.of(url, "wadi", "secret"))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("wadi.intake.postgres.url")
        .hasMessageNotContaining("hush");
  }

  @Test
  void readsNamesOfTables() {
    assertThat(Table.list("orders, shop.Customers"))
        .containsExactly(new Table("public", "orders"), new Table("shop", "Customers"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a.b.c", "a.", "a;b", "a.b\"c"})
  void refusesWhatNamesNoTable(String tables) {
    assertThatThrownBy(() -> Table.list(tables))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("wadi.intake.postgres.tables");
  }
}
