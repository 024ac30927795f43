package dev.wadi.intake.postgres;

import dev.wadi.event.SetupException;
import dev.wadi.event.TransientException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
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
  private final OwnSlot slot;
  private final LandedObject object;
  private final Consumer<String> waits;

  /**
   * @param waits told what is waited for
   */
  Beginning(
      PostgresSettings settings,
      Database database,
      OwnSlot slot,
      LandedObject object,
      Consumer<String> waits) {
    this.settings = settings;
    this.database = database;
    this.slot = slot;
    this.object = object;
    this.waits = waits;
  }

  /**
   * Lets nobody read the slot whose user is somebody else.
   *
   * @throws TransientException if somebody reads it now
   */
  void requireFree(Server server) {
    if (server.slot() != null && server.slot().user() != null) {
      throw new TransientException(
          "the slot "
              + settings.slot()
              + " is read by "
              + server.slot().user()
              + ": it is taken over when that ends; if it is no Wadi that runs beside this one, set"
              + " wadi.intake.postgres.slot to a name of its own",
          null);
    }
  }

  /**
   * Finds it. Who asks holds the slot.
   *
   * @throws SetupException if changes are lost, or would be
   */
  Landed find(Server server) throws SQLException {
    Optional<Landed> known = object.read();
    known.ifPresent(landed -> requireSame(landed, server));
    if (server.slot() == null) {
      known.ifPresent(this::requireUnread);
      String making =
          "makes the slot "
              + settings.slot()
              + ": the server waits for the transactions that run to end";
      LOG.info("{} {}", settings.source(), making);
      waits.accept(making);
      return begun(server, slot.make());
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
            settings.slot(),
            server.system(),
            database.name(),
            position.asString(),
            List.of(),
            Map.of());
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
    if (landed.position().compareTo(server.end()) > 0) {
      throw new SetupException(
          "the log of %s ends at %s, and what has landed was at %s: it is another server's, which a failover has put in its place, or one that was set back, and changes are lost; set wadi.intake.postgres.slot to a new name, which reads the tables from their start"
              .formatted(database, server.end().asString(), landed.lsn()));
    }
  }

  private void requireUnread(Landed landed) {
    throw new SetupException(
        "the server has no slot %s any more, which was read up to %s: the changes since then are lost; set wadi.intake.postgres.slot to a new name, which reads the tables from their start"
            .formatted(settings.slot(), landed.lsn()));
  }
}
