package dev.wadi;

import dev.wadi.intake.http.AccessToken;
import dev.wadi.intake.http.Admission;
import dev.wadi.intake.http.IntakeLog;
import dev.wadi.intake.http.StoredStep;
import dev.wadi.ops.Closing;
import dev.wadi.ops.Health;
import dev.wadi.ops.HealthCheck;
import dev.wadi.ops.Metrics;
import dev.wadi.ops.Setting;
import dev.wadi.ops.Settings;
import dev.wadi.web.OwnNames;
import io.micrometer.core.instrument.Gauge;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The events that are posted: where they go to, and the log that they may lie in. */
record HttpEvents(Settings settings) {

  private static final Logger LOG = LoggerFactory.getLogger(HttpEvents.class);

  /** The name of the log's source in metrics. */
  static final String SOURCE = "http:events";

  private static final int ID_BYTES = 16;

  private static final Map<String, String> ROUTES =
      Map.of(
          "log", "http-events",
          "queue", "http-events-queue",
          "stream", "http-events-stream");

  /** Whether they are sent to the stream. */
  boolean isStreamed() {
    return settings.text(Setting.HTTP_EVENTS_TO).equals("stream");
  }

  /**
   * Those of the routes that the settings don't want. The log is read in any case: an earlier
   * process with other settings may have left something there.
   */
  List<String> leftOut() {
    List<String> leftOut = new ArrayList<>(ROUTES.values());
    leftOut.remove(ROUTES.get(settings.text(Setting.HTTP_EVENTS_TO)));
    return leftOut;
  }

  /**
   * Opens the log, and gives the routes what they need.
   *
   * @param folder of the log
   * @param closing closes the log
   * @return the log
   * @throws dev.wadi.event.SetupException if the log can't be used
   */
  IntakeLog open(
      Path folder,
      Closing closing,
      BiConsumer<String, Object> registry,
      Health health,
      Metrics metrics,
      Clock clock) {
    long maxBytes = settings.number(Setting.HTTP_EVENTS_MAX_LOG_BYTES);
    SecureRandom random = new SecureRandom();
    IntakeLog log = closing.opened(IntakeLog.open(folder, maxBytes, clock, () -> id(random)));
    registry.accept("httpLog", log);
    registry.accept("httpStored", new StoredStep());
    registry.accept("wadiHealth", health);
    Admission admission = admission(clock);
    warnIfClosed(admission);
    registry.accept("httpAdmission", admission);
    if (!settings.text(Setting.HTTP_EVENTS_TOKEN_FILE).isBlank()) {
      health.add(Health.Scope.OWN, "sender tokens", () -> check(admission.token()));
    }
    health.add(Health.Scope.OWN, "intake log", () -> check(log, clock));
    gauge(metrics, "wadi.http.log.bytes", log, IntakeLog::waiting);
    gauge(metrics, "wadi.http.log.age.seconds", log, it -> age(it, clock).toMillis() / 1e3);
    return log;
  }

  /** Who may post. */
  Admission admission(Clock clock) {
    String file = settings.text(Setting.HTTP_EVENTS_TOKEN_FILE);
    return new Admission(
        file.isBlank()
            ? AccessToken.of(settings.text(Setting.HTTP_EVENTS_TOKEN))
            : AccessToken.in(Path.of(file), clock),
        !settings.text(Setting.HTTP_TLS_CLIENT_AUTHORITIES).isBlank(),
        !isReachedByOthers(settings)
            || settings.text(Setting.HTTP_EVENTS_ANONYMOUS).equals("true"));
  }

  /** A proxy before it comes from this machine, whoever has sent the request. */
  static boolean isReachedByOthers(Settings settings) {
    return !OwnNames.isLoopback(settings.text(Setting.HTTP_HOST))
        || !settings.text(Setting.HTTP_NAMES).isBlank();
  }

  private void warnIfClosed(Admission admission) {
    if (admission.isClosed() && ROUTES.containsKey(settings.text(Setting.HTTP_EVENTS_TO))) {
      LOG.warn(
          "others reach this server, since wadi.http.host is {} and wadi.http.names '{}', and nothing"
              + " is asked of them: POST /events is answered with 403 until WADI_HTTP_EVENTS_TOKEN or"
              + " wadi.http.events.token-file is set, or wadi.http.events.anonymous = true",
          settings.text(Setting.HTTP_HOST),
          settings.text(Setting.HTTP_NAMES));
    }
  }

  private static HealthCheck.Result check(AccessToken token) {
    return token
        .trouble()
        .map(why -> HealthCheck.degraded("what was read before stays: " + why))
        .orElseGet(() -> HealthCheck.up("those of the file are in use"));
  }

  private static HealthCheck.Result check(IntakeLog log, Clock clock) {
    return log.trouble()
        .map(HealthCheck::down)
        .orElseGet(
            () ->
                HealthCheck.up(
                    "it takes events; "
                        + log.waiting()
                        + " bytes wait for their commit, the oldest for "
                        + age(log, clock).toSeconds()
                        + " s"));
  }

  private static Duration age(IntakeLog log, Clock clock) {
    return log.oldest().map(at -> Duration.between(at, clock.instant())).orElse(Duration.ZERO);
  }

  private static void gauge(
      Metrics metrics, String name, IntakeLog log, ToDoubleFunction<IntakeLog> value) {
    Gauge.builder(name, log, value).tag("source", SOURCE).register(metrics.registry());
  }

  private static String id(SecureRandom random) {
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
