package dev.wadi.intake.postgres;

import dev.wadi.event.SetupException;
import dev.wadi.intake.DispatchSettings;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What is read of a database, and how.
 *
 * @param tables those to read
 * @param slot the replication slot, which is this source's alone
 * @param heartbeat how often the source writes a message into the log, so that its position moves
 *     on while the tables are idle
 * @param snapshot whether the rows that are there already are read first
 */
record PostgresSettings(
    List<Table> tables,
    String slot,
    String publication,
    Duration heartbeat,
    boolean snapshot,
    DispatchSettings dispatch) {

  private static final Pattern SLOT = Pattern.compile("[a-z0-9_]{1,63}");
  private static final Pattern PUBLICATION = Pattern.compile("[A-Za-z0-9_]{1,63}");

  PostgresSettings {
    require(SLOT, slot, "wadi.intake.postgres.slot", "a to z, digits and _");
    require(PUBLICATION, publication, "wadi.intake.postgres.publication", "letters, digits and _");
  }

  /** The source's name in manifests and metrics. */
  static String source(String slot) {
    return "postgres:" + slot;
  }

  String source() {
    return source(slot);
  }

  private static void require(Pattern pattern, String name, String setting, String of) {
    if (!pattern.matcher(name).matches()) {
      throw new SetupException(
          setting + " is '" + name + "', and must be a name of " + of + ", of at most 63");
    }
  }
}
