package dev.wadi;

import dev.wadi.intake.postgres.Database;
import dev.wadi.ops.Setting;
import dev.wadi.ops.Settings;
import java.util.List;
import java.util.function.BiConsumer;

/** The database whose changes are taken, if there is one. */
record Postgres(Settings settings) {

  /** Whether changes are taken. */
  boolean isRead() {
    return !settings.text(Setting.INTAKE_POSTGRES_URL).isBlank();
  }

  /** The route, if it isn't wanted. */
  List<String> leftOut() {
    return isRead() ? List.of() : List.of("intake-postgres");
  }

  /**
   * Gives the route the database that it reads: as a bean, so that the password stands in no
   * endpoint.
   */
  void open(BiConsumer<String, Object> registry) {
    if (isRead()) {
      registry.accept(
          "database",
          Database.of(
              settings.text(Setting.INTAKE_POSTGRES_URL),
              settings.text(Setting.INTAKE_POSTGRES_USER),
              settings.text(Setting.INTAKE_POSTGRES_PASSWORD)));
    }
  }
}
