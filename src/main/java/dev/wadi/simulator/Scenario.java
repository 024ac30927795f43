package dev.wadi.simulator;

import com.fasterxml.jackson.core.JsonPointer;
import java.util.Arrays;
import java.util.List;

/** What can be simulated: a world, how much goes on in it, and where its events have what. */
public enum Scenario {
  /** A software factory that emits CDEvents. */
  CDEVENTS(new Pace(32, 4.8, 60), "/context/id", "/context/type", "/context/timestamp") {
    @Override
    World world(Dice dice, double meanMillisToNext) {
      return new Factory(dice, meanMillisToNext);
    }

    @Override
    JsonPointer corrected() {
      return JsonPointer.compile("/customData");
    }

    @Override
    JsonPointer together() {
      return JsonPointer.compile("/subject/id");
    }
  },
  /** An online shop whose services emit events with names such as payment:order:completed. */
  NAMED_EVENTS(new Pace(9, 24, 600), "/event_uuid", "/event_name", "/created_at") {
    @Override
    World world(Dice dice, double meanMillisToNext) {
      return new Shop(dice, meanMillisToNext);
    }

    @Override
    JsonPointer corrected() {
      return JsonPointer.compile("/data");
    }

    @Override
    JsonPointer together() {
      return JsonPointer.compile("/correlation_id");
    }
  },
  /** Visitors of a web product, with what they look at and for how long. */
  WEB_SESSIONS(new Pace(11, 0.12, 300), "/event_id", "/event_name", "/occurred_at") {
    @Override
    World world(Dice dice, double meanMillisToNext) {
      return new Website(dice, meanMillisToNext);
    }

    @Override
    JsonPointer corrected() {
      return JsonPointer.compile("/engagement");
    }

    @Override
    JsonPointer together() {
      return JsonPointer.compile("/session/id");
    }
  };

  /** A history is at least so many times as long as a story goes on, so most get through. */
  private static final double STORIES_IN_A_ROW = 20;

  private static final double MOST_STORIES = 2_000;

  private static final double MILLIS_PER_HOUR = 3_600_000;

  /**
   * How a world's stories go. Measured; it sets the pace only.
   *
   * @param steps about how many events a story has
   * @param hours about how long a story goes on
   * @param live how many go on at a time in a live simulation, where each is through soon
   */
  private record Pace(double steps, double hours, double live) {}

  private final Pace pace;
  private final JsonPointer id;
  private final JsonPointer type;
  private final JsonPointer time;

  Scenario(Pace pace, String id, String type, String time) {
    this.pace = pace;
    this.id = JsonPointer.compile(id);
    this.type = JsonPointer.compile(type);
    this.time = JsonPointer.compile(time);
  }

  /** The names, as the setting {@code wadi.simulator.kind} has them. */
  public static List<String> names() {
    return Arrays.stream(values()).map(Scenario::text).toList();
  }

  /**
   * The scenario of a name.
   *
   * @throws IllegalArgumentException if there is none; the message says what to do
   */
  public static Scenario named(String name) {
    return Arrays.stream(values())
        .filter(scenario -> scenario.text().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "nothing of the kind '%s' can be simulated: choose one of %s"
                        .formatted(name, String.join(", ", names()))));
  }

  /** Its name, such as {@code web-sessions}. */
  public String text() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  /**
   * @param meanMillisToNext how much time of the simulation lies between the beginnings of two
   *     stories, on average
   */
  abstract World world(Dice dice, double meanMillisToNext);

  /** The object that a conflicting copy says something else in. */
  abstract JsonPointer corrected();

  /** What keeps events of one story together in a stream. */
  abstract JsonPointer together();

  /** Where an event's id is. */
  JsonPointer id() {
    return id;
  }

  /** Where an event's type is, which is text. */
  JsonPointer type() {
    return type;
  }

  /** Where an event's time is. */
  JsonPointer time() {
    return time;
  }

  /** The mean time of the simulation between two stories, so that durations come out natural. */
  double millisToNext(SimulatorOptions options) {
    double storyMillis = pace.hours() * MILLIS_PER_HOUR;
    if (options.period().isEmpty()) {
      return storyMillis / pace.live();
    }
    Period period = options.period().get();
    double events = period.events() * options.faults().genuine();
    double stories = Math.max(1, events / pace.steps());
    double millis = Math.max(period.length().toMillis(), STORIES_IN_A_ROW * storyMillis);
    return Math.max(storyMillis / MOST_STORIES, millis / stories);
  }
}
