package dev.wadi.intake.postgres;

import dev.wadi.event.SetupException;
import dev.wadi.event.TransientException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.postgresql.replication.LogSequenceNumber;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where to begin to read: what the lake's bucket says of the slot, held against what the server
 * says of it. Makes the slot if neither knows it.
 */
final class Beginning {

  private static final Logger LOG = LoggerFactory.getLogger(Beginning.class);

  private final PostgresSettings settings;
  private final Database database;
  private final ServerCheck check;
  private final LandedObject object;

  Beginning(PostgresSettings settings, Database database, ServerCheck check, LandedObject object) {
    this.settings = settings;
    this.database = database;
    this.check = check;
    this.object = object;
  }

  /**
   * Finds it.
   *
   * @throws SetupException if changes are lost, or would be
   * @throws TransientException if somebody reads the slot now
   */
  Landed find(Server server) throws SQLException {
    Optional<Landed> known = object.read();
    known.ifPresent(landed -> requireSame(landed, server));
    if (server.slot() == null) {
      known.ifPresent(this::requireUnread);
      return begun(server, check.makeSlot());
    }
    if (server.slot().user() != null) {
      throw new TransientException(
          "the slot "
              + settings.slot()
              + " is read by "
              + server.slot().user()
              + ": it is taken over when that ends; if it is no Wadi that runs beside this one, set"
              + " wadi.intake.postgres.slot to a name of its own",
          null);
    }
    LogSequenceNumber confirmed = server.slot().confirmed();
    if (known.isEmpty()) {
      LOG.warn(
          "there is no {}: the tables are read from their start, and the slot {} from {}; what has"
              + " landed of it lands no second time",
          object,
          settings.slot(),
          confirmed.asString());
      return begun(server, confirmed);
    }
    if (confirmed.compareTo(known.get().position()) > 0) {
      throw new SetupException(
          "somebody else has read the slot %s up to %s, and only what is before %s has landed: the changes between are lost; set wadi.intake.postgres.slot to a new name, which reads the tables from their start"
              .formatted(settings.slot(), confirmed.asString(), known.get().lsn()));
    }
    return known.get();
  }

  private Landed begun(Server server, LogSequenceNumber position) {
    Landed landed =
        new Landed(
            settings.slot(), server.system(), database.name(), position.asString(), List.of());
    object.write(landed);
    return landed;
  }

  private void requireSame(Landed landed, Server server) {
    if (!landed.system().equals(server.system()) || !landed.database().equals(database.name())) {
      throw new SetupException(
          object
              + " is of another server or database (system "
              + landed.system()
              + ", database "
              + landed.database()
              + "), whose positions say nothing of "
              + database
              + ": set wadi.intake.postgres.slot to a new name");
    }
  }

  private void requireUnread(Landed landed) {
    throw new SetupException(
        "the server has no slot %s any more, which was read up to %s: the changes since then are lost; set wadi.intake.postgres.slot to a new name, which reads the tables from their start"
            .formatted(settings.slot(), landed.lsn()));
  }
}
