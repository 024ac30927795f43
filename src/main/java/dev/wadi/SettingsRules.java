package dev.wadi;

import dev.wadi.event.SetupException;
import dev.wadi.land.Partitioning;
import dev.wadi.land.format.FormatChoice;
import dev.wadi.ops.Setting;
import dev.wadi.ops.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What settings can't be together, though each by itself is right. Both a start and {@code wadi
 * check} ask here, so that they say the same.
 */
final class SettingsRules {

  private static final List<Consumer<Settings>> RULES =
      List.of(
          SettingsRules::reportHasAFolder,
          SettingsRules::laptopIsNotShared,
          SettingsRules::simulatorHasAStream,
          SettingsRules::simulatedFilesAreRead,
          SettingsRules::postedEventsHaveAStream,
          SettingsRules::intakeLogHoldsABody,
          SettingsRules::tlsHasACertificateAndAKey,
          SettingsRules::tokensComeFromOnePlace,
          SettingsRules::camelListensWhereWadiDoes,
          SettingsRules::polledApiCanBeAsked,
          SettingsRules::laptopHasNoTags,
          SettingsRules::queuesDiffer,
          SettingsRules::nothingGoesInACircle,
          SettingsRules::laptopHasNoFifo,
          SettingsRules::urlsHaveNoPassword,
          SettingsRules::databaseHasTables,
          SettingsRules::partitionsAreColumns,
          SettingsRules::formatCanBeWritten);

  private SettingsRules() {}

  /**
   * @throws SetupException for the first rule that is broken
   */
  static void require(Settings settings) {
    RULES.forEach(rule -> rule.accept(settings));
  }

  /** All that is broken. */
  static List<SetupException> broken(Settings settings) {
    List<SetupException> broken = new ArrayList<>();
    for (Consumer<Settings> rule : RULES) {
      try {
        rule.accept(settings);
      } catch (SetupException e) {
        broken.add(e);
      }
    }
    return broken;
  }

  /** Whether the route of the report is wanted. */
  static boolean hasReport(Settings settings) {
    return !settings.duration(Setting.REPORT_PERIOD).isZero();
  }

  /** How files are written. */
  static FormatChoice format(Settings settings) {
    return FormatChoice.of(
            settings.text(Setting.LAND_FORMAT), settings.text(Setting.LAND_COMPRESSION))
        .forEventsOf(settings.number(Setting.DECODE_MAX_EVENT_SIZE));
  }

  private static void reportHasAFolder(Settings settings) {
    if (hasReport(settings) && !settings.profile().equals("local")) {
      throw new SetupException(
          Setting.REPORT_PERIOD.property()
              + " is set, but the report reads the lake's folder, which only the profile local has:"
              + " set it to 0s");
    }
  }

  private static void laptopIsNotShared(Settings settings) {
    if (LakeState.isShared(settings) && settings.profile().equals("local")) {
      throw new SetupException(
          Setting.DEDUPLICATE_REPOSITORY.property()
              + " is dynamodb, but the profile local has a lake of its own, which nobody shares: set"
              + " it to caffeine, or use --profile aws");
    }
  }

  private static void simulatorHasAStream(Settings settings) {
    Streams streams = new Streams(settings);
    if (streams.isSimulated() && !streams.isRead()) {
      throw new SetupException(
          Setting.SIMULATOR_TO.property()
              + " is stream, and there is none: set "
              + Setting.INTAKE_STREAM.property());
    }
  }

  private static void simulatedFilesAreRead(Settings settings) {
    if (settings.text(Setting.SIMULATOR_TO).equals("files") && !new Drops(settings).isRead()) {
      throw new SetupException(
          Setting.SIMULATOR_TO.property()
              + " is files, and nobody reads them: set "
              + Setting.INTAKE_DROPS_QUEUE.property());
    }
  }

  private static void postedEventsHaveAStream(Settings settings) {
    if (new HttpEvents(settings).isStreamed() && !new Streams(settings).isRead()) {
      throw new SetupException(
          Setting.HTTP_EVENTS_TO.property()
              + " is stream, and there is none: set "
              + Setting.INTAKE_STREAM.property());
    }
  }

  private static void intakeLogHoldsABody(Settings settings) {
    if (settings.number(Setting.HTTP_EVENTS_MAX_BODY) * 2
        > settings.number(Setting.HTTP_EVENTS_MAX_LOG_BYTES)) {
      throw new SetupException(
          Setting.HTTP_EVENTS_MAX_LOG_BYTES.property()
              + " must be at least twice "
              + Setting.HTTP_EVENTS_MAX_BODY.property());
    }
  }

  private static void tlsHasACertificateAndAKey(Settings settings) {
    boolean certificate = !settings.text(Setting.HTTP_TLS_CERTIFICATE).isBlank();
    boolean key = !settings.text(Setting.HTTP_TLS_KEY).isBlank();
    boolean clients = !settings.text(Setting.HTTP_TLS_CLIENT_AUTHORITIES).isBlank();
    if (certificate != key || clients && !certificate) {
      throw new SetupException(
          Setting.HTTP_TLS_CERTIFICATE.property()
              + " and "
              + Setting.HTTP_TLS_KEY.property()
              + (clients
                  ? " must both be set, since "
                      + Setting.HTTP_TLS_CLIENT_AUTHORITIES.property()
                      + " is"
                  : " must be set together"));
    }
  }

  private static void tokensComeFromOnePlace(Settings settings) {
    if (!settings.text(Setting.HTTP_EVENTS_TOKEN).isBlank()
        && !settings.text(Setting.HTTP_EVENTS_TOKEN_FILE).isBlank()) {
      throw new SetupException(
          Setting.HTTP_EVENTS_TOKEN.property()
              + " and "
              + Setting.HTTP_EVENTS_TOKEN_FILE.property()
              + " are both set: set one of them");
    }
  }

  private static void camelListensWhereWadiDoes(Settings settings) {
    new CamelServer(System.getenv(), System.getProperties()).requireAddressOf(settings);
  }

  private static void polledApiCanBeAsked(Settings settings) {
    new Polling(settings).require(System.getenv());
  }

  private static void queuesDiffer(Settings settings) {
    for (Setting other : List.of(Setting.INTAKE_QUEUE, Setting.DEAD_LETTERS_QUEUE)) {
      if (new Drops(settings).queue().equals(settings.text(other))) {
        throw new SetupException(
            Setting.INTAKE_DROPS_QUEUE.property()
                + " and "
                + other.property()
                + " name the same queue: what is in the one is no message for the other");
      }
    }
  }

  private static void nothingGoesInACircle(Settings settings) {
    Outbound outbound = new Outbound(settings);
    for (Setting other :
        List.of(Setting.INTAKE_QUEUE, Setting.DEAD_LETTERS_QUEUE, Setting.INTAKE_DROPS_QUEUE)) {
      if (!outbound.queue().isBlank() && outbound.queue().equals(settings.text(other))) {
        throw circle(Setting.LAND_SQS_QUEUE, other, "queue");
      }
    }
    if (!outbound.stream().isBlank()
        && outbound.stream().equals(settings.text(Setting.INTAKE_STREAM))) {
      throw circle(Setting.LAND_KINESIS_STREAM, Setting.INTAKE_STREAM, "stream");
    }
  }

  private static SetupException circle(Setting out, Setting in, String kind) {
    return new SetupException(
        "%s and %s name the same %s: what is handed on would come in again"
            .formatted(out.property(), in.property(), kind));
  }

  /** Logs show URLs, so this doesn't say what it is. */
  private static void urlsHaveNoPassword(Settings settings) {
    if (settings.text(Setting.LAND_POSTGRES_URL).matches("(?i).*(@|[?&](ssl)?password=).*")) {
      throw new SetupException(
          Setting.LAND_POSTGRES_URL.property()
              + " has a password in it: take it out, and set "
              + Setting.LAND_POSTGRES_PASSWORD.environmentVariable()
              + " in the environment");
    }
  }

  private static void laptopHasNoFifo(Settings settings) {
    if (settings.profile().equals("local") && new Outbound(settings).queue().endsWith(".fifo")) {
      throw new SetupException(
          Setting.LAND_SQS_QUEUE.property()
              + " is a FIFO queue, but the profile local has none: choose a name that doesn't end"
              + " with .fifo");
    }
  }

  private static void databaseHasTables(Settings settings) {
    if (new Postgres(settings).isRead()
        && settings.text(Setting.INTAKE_POSTGRES_TABLES).isBlank()) {
      throw new SetupException(
          Setting.INTAKE_POSTGRES_URL.property()
              + " is set, but no table is named: set "
              + Setting.INTAKE_POSTGRES_TABLES.property()
              + " to the tables to read, such as public.orders");
    }
  }

  private static void laptopHasNoTags(Settings settings) {
    if (settings.profile().equals("local")
        && settings.text(Setting.INTAKE_DROPS_AFTER).equals("tag")) {
      throw new SetupException(
          Setting.INTAKE_DROPS_AFTER.property()
              + " is tag, but the store of the profile local has no tags: set it to leave, move or"
              + " delete");
    }
  }

  private static void partitionsAreColumns(Settings settings) {
    new Partitioning(settings.list(Setting.LAND_PARTITION));
  }

  private static void formatCanBeWritten(Settings settings) {
    format(settings);
  }
}
