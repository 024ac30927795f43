package dev.wadi.cli;

import dev.wadi.event.SetupException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options by which dead letters are chosen, and the condition that they come to. */
final class LetterFilter {

  @Option(names = "--reason", paramLabel = "R", description = "Only those with this reason.")
  private String reason;

  @Option(names = "--source", paramLabel = "S", description = "Only those of this source.")
  private String source;

  @Option(
      names = "--since",
      paramLabel = "T",
      converter = Time.class,
      description = "Only those first seen at this time or later: 2026-11-21, or with T10:00:00Z.")
  private Instant since;

  @Option(
      names = "--until",
      paramLabel = "T",
      converter = Time.class,
      description = "Only those first seen before this time.")
  private Instant until;

  @Option(
      names = "--state",
      paramLabel = "STATE",
      description =
          "Only those in this state: open, or what became of their replay: landed, duplicate,"
              + " conflict, filtered, rejected.")
  private String state;

  private final List<Object> parameters = new ArrayList<>();

  /** Whether anything is asked for. */
  boolean isEmpty() {
    return reason == null && source == null && since == null && until == null && state == null;
  }

  /** Whether a state is asked for. */
  boolean hasState() {
    return state != null;
  }

  /** The condition in SQL, with question marks for {@link #parameters}. */
  String condition() {
    if (state != null && !LetterStates.ALL.contains(state)) {
      throw new SetupException(
          "--state must be one of " + String.join(", ", LetterStates.ALL) + ": " + state);
    }
    parameters.clear();
    StringBuilder condition = new StringBuilder("true");
    add(condition, "reason = ?", reason);
    add(condition, "source = ?", source);
    add(condition, "first_seen >= ?::TIMESTAMPTZ", since);
    add(condition, "first_seen < ?::TIMESTAMPTZ", until);
    add(condition, "state = ?", state);
    return condition.toString();
  }

  /** What the condition's question marks stand for. */
  Object[] parameters() {
    return parameters.toArray();
  }

  private void add(StringBuilder condition, String one, Object value) {
    if (value != null) {
      condition.append(" AND ").append(one);
      parameters.add(value.toString());
    }
  }

  /** A date, which begins at midnight in UTC, or an instant. */
  static final class Time implements ITypeConverter<Instant> {
    @Override
    public Instant convert(String text) {
      try {
        return text.contains("T")
            ? Instant.parse(text)
            : LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
      } catch (DateTimeParseException e) {
        throw new TypeConversionException(
            "'" + text + "' is no time: give 2026-11-21 or 2026-11-21T10:00:00Z");
      }
    }
  }
}
