package dev.wadi.crash.run;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Settings by which Wadi is quick enough for short runs and uses what the arena has. */
final class WadiSettings {

  private WadiSettings() {}

  static Map<String, String> of(Arena arena) {
    String visibility = Arena.VISIBILITY.toSeconds() + "s";
    Map<String, String> settings = new TreeMap<>();
    settings.put("wadi.aws.sqs-endpoint", arena.queueProxy().endpoint().toString());
    settings.put("wadi.aws.s3-endpoint", arena.storeProxy().endpoint().toString());
    settings.put("wadi.intake.queue", arena.queue());
    settings.put("wadi.dead-letters.queue", arena.deadLetterQueue());
    settings.put("wadi.land.bucket", arena.bucket());
    settings.put("wadi.intake.visibility", visibility);
    settings.put("wadi.intake.redelivery-delay", "1s");
    settings.put("wadi.intake.max-wait", "100ms");
    settings.put("wadi.dead-letters.visibility", visibility);
    settings.put("wadi.dead-letters.redelivery-delay", "1s");
    settings.put("wadi.dead-letters.max-wait", "100ms");
    settings.put("wadi.land.max-age", "400ms");
    settings.put("wadi.land.first-age", "400ms");
    settings.put("wadi.land.retry-delay", "50ms");
    settings.put("wadi.land.retry-attempts", "3");
    settings.put("wadi.http.port", "0");
    return settings;
  }

  /** The same where several processes write to one lake. */
  static Map<String, String> shared(Arena arena) {
    Map<String, String> settings = of(arena);
    settings.put("wadi.aws.dynamodb-endpoint", arena.tableProxy().endpoint().toString());
    settings.put("wadi.deduplicate.repository", "dynamodb");
    settings.put("wadi.deduplicate.table", arena.table());
    settings.put("wadi.deduplicate.create-table", "true");
    settings.put("wadi.deduplicate.lease", Arena.LEASE.toSeconds() + "s");
    return settings;
  }

  /** The same as environment variables. */
  static Map<String, String> asEnvironment(Map<String, String> settings) {
    Map<String, String> variables = new TreeMap<>();
    settings.forEach(
        (name, value) ->
            variables.put(
                name.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT), value));
    return variables;
  }
}
