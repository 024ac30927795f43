package dev.wadi.flatten;

import dev.wadi.event.ColumnType;
import dev.wadi.event.Tape;
import dev.wadi.event.ValueSink;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Puts the values of documents under their paths' columns on a {@link Tape}, by the same rules as
 * {@link Flatten}. Not thread-safe: each thread has its own, over the same columns.
 */
public final class TapeSink implements ValueSink {

  private final Columns columns;
  private final Place id = new Place(null, Tape.EVENT_ID);
  private final Place source = new Place(null, Tape.EVENT_SOURCE);
  private Tape tape;

  /** A path, and its column's node once it has one. */
  private static final class Place {
    private final PathNode path;
    private final int fixed;
    private PathNode home;

    private Place(PathNode path, int fixed) {
      this.path = path;
      this.fixed = fixed;
    }
  }

  public TapeSink(Columns columns) {
    this.columns = columns;
  }

  /** From now on values go there. */
  public void use(Tape next) {
    tape = next;
  }

  /** The place of the event's id. */
  public Object id() {
    return id;
  }

  /** The place of the event's own source. */
  public Object source() {
    return source;
  }

  @Override
  public Object place(List<String> names) {
    PathNode node = columns.documents();
    for (String name : names) {
      node = node.of(name);
    }
    return new Place(node, -1);
  }

  @Override
  public void text(Object place, byte[] bytes, int from, int length) {
    Place where = (Place) place;
    if (where.fixed >= 0) {
      tape.addText(where.fixed, bytes, from, length);
      return;
    }
    PathNode home = home(where, "");
    if (home == null) {
      return;
    }
    if (home.column.type() == ColumnType.TEXT) {
      tape.addText(number(home), bytes, from, length);
    } else {
      fit(home, new String(bytes, from, length, StandardCharsets.UTF_8));
    }
  }

  @Override
  public void json(Object place, byte[] bytes, int from, int length) {
    text(place, bytes, from, length);
  }

  @Override
  public void integer(Object place, long value) {
    PathNode home = home((Place) place, 0L);
    if (home == null) {
      return;
    }
    if (home.column.type() == ColumnType.BIGINT) {
      tape.addBits(number(home), Tape.Kind.INTEGER, value);
    } else {
      fit(home, value);
    }
  }

  @Override
  public void decimal(Object place, double value) {
    PathNode home = home((Place) place, value);
    if (home == null) {
      return;
    }
    if (home.column.type() == ColumnType.DOUBLE) {
      tape.addBits(number(home), Tape.Kind.DECIMAL, Double.doubleToRawLongBits(value));
    } else {
      fit(home, value);
    }
  }

  @Override
  public void bool(Object place, boolean value) {
    PathNode home = home((Place) place, value);
    if (home == null) {
      return;
    }
    if (home.column.type() == ColumnType.BOOLEAN) {
      tape.addBits(number(home), Tape.Kind.BOOL, value ? 1 : 0);
    } else {
      fit(home, value);
    }
  }

  /** Adds what a shape derived to the record, as {@link Flatten#flatten} does. */
  public void derived(Map<String, Object> values) {
    values.forEach(
        (name, value) -> {
          if (!Columns.isCore(name)) {
            given(name, value);
          }
        });
  }

  /** Adds a whole record as {@link Flatten#flatten} gives it, with its id and its own source. */
  public void row(String eventId, String eventSource, Map<String, Object> row) {
    tape.add(Tape.EVENT_ID, eventId);
    if (eventSource != null) {
      tape.add(Tape.EVENT_SOURCE, eventSource);
    }
    row.forEach((name, value) -> tape.add(number(columns.entry(name)), value));
  }

  private void given(String name, Object value) {
    Object natural = Value.of(value);
    PathNode node = columns.entry(name);
    PathNode home = natural == null ? null : columns.home(node, natural);
    if (home == null) {
      return;
    }
    if (tape.has(number(home))) {
      columns.taken(home.column, natural);
    } else {
      fit(home, natural);
    }
  }

  private PathNode home(Place place, Object natural) {
    if (place.home == null) {
      place.home = columns.home(place.path, natural);
    }
    return place.home;
  }

  private void fit(PathNode home, Object natural) {
    Object value = columns.fitted(home.column, natural);
    if (value != null) {
      tape.add(number(home), value);
    }
  }

  private static int number(PathNode home) {
    return home.number + Tape.FIRST_COLUMN;
  }
}
