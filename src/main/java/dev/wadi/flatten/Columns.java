package dev.wadi.flatten;

import dev.wadi.event.ColumnType;
import dev.wadi.event.SetupException;
import dev.wadi.ops.Metrics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The registry of the lake's payload columns: which path has which column, of which type.
 *
 * <p>A path's first value makes its column, and decides its type unless a shape pins it; after that
 * the name stays for good, and the type but for one widening, BIGINT to DOUBLE. Names are unique
 * without regard to case. The registry outlives the process as versions in the lake: {@link #load}
 * them at start, and write {@link #unsaved} before or with the files that have these columns.
 *
 * <p>Thread-safe; finding a known column takes no lock.
 */
public final class Columns {

  /** The column with the original JSON. */
  public static final String DOC = "_doc";

  /** How many columns a lake has at most, unless configured. */
  public static final int DEFAULT_LIMIT = 1_000;

  /**
   * A longer path, in characters, gets no column: every process keeps all paths, and so does every
   * version of the lake's schema.
   */
  static final int LONGEST_PATH = 1_000;

  /** Names that no payload column gets: core columns and what partitions are named by. */
  private static final Set<String> TAKEN =
      Set.of(
          "event_key",
          "event_id",
          "event_type",
          "event_subtype",
          "event_source",
          "event_time",
          "payload_hash",
          "landed_payload_hash",
          "ingested_at",
          "commit_id",
          "source_position",
          "event_date",
          "received_date",
          DOC);

  private final int limit;
  private final Set<String> reserved;
  private final Map<String, ColumnType> pins;
  private final Misfits misfits;

  private final PathNode documents = PathNode.ofDocuments();
  private final PathNode given = PathNode.ofGivenNames();
  private final Map<String, PathNode> byName = new ConcurrentHashMap<>();
  private final List<PathNode> inOrder = new ArrayList<>();
  private final Map<String, Column> saved = new HashMap<>();
  private volatile boolean full;

  /**
   * @param limit how many columns there may be; a new path beyond it stays only in {@code _doc}
   * @param pins the types that shapes pin, by the column's name; such a column also takes a number
   *     or a boolean that is written as text
   * @param metrics counts {@code wadi.columns.drifted} and {@code wadi.columns.refused}
   */
  public Columns(int limit, Map<String, ColumnType> pins, Metrics metrics) {
    this(limit, Set.of(), pins, metrics);
  }

  /**
   * @param reserved further names that no new column gets, since the folders of the lake are named
   *     by them; the other parameters as above
   */
  public Columns(
      int limit, Collection<String> reserved, Map<String, ColumnType> pins, Metrics metrics) {
    this.limit = limit;
    this.reserved = Set.copyOf(reserved);
    this.pins = Map.copyOf(pins);
    this.misfits = new Misfits(metrics);
  }

  /** Whether this is a core column's name, or one that partitions or the lake itself use. */
  public static boolean isCore(String name) {
    return TAKEN.contains(name);
  }

  /**
   * Takes over columns that the lake has, at start before the first event is flattened. Versions
   * are given in their order: a later entry of a path widens its type. Columns that another process
   * saved meanwhile can be taken over later only if they don't contradict what was seen here, since
   * rows with these columns are on their way.
   *
   * @throws SetupException if a name would belong to two paths, or a path have two names or types
   */
  public synchronized void load(Collection<Column> columns) {
    for (Column column : columns) {
      PathNode node = locate(column.path()).attached();
      PathNode owner = byName.get(column.name());
      if (owner == null && node.column == null) {
        add(node, column);
      } else if (owner != node || !takeOver(node, column.type())) {
        throw contradiction(column, owner == null ? node.column : owner.column);
      }
      saved.put(column.path(), column);
    }
  }

  /** The columns that are new or widened since they were last saved, oldest first. */
  public synchronized List<Column> unsaved() {
    return inOrder.stream()
        .map(node -> node.column)
        .filter(column -> !column.equals(saved.get(column.path())))
        .toList();
  }

  /** Notes that the lake has these, as {@link #unsaved} gave them. */
  public synchronized void markSaved(Collection<Column> columns) {
    columns.forEach(column -> saved.put(column.path(), column));
  }

  /** All columns, oldest first. */
  public synchronized List<Column> all() {
    return inOrder.stream().map(node -> node.column).toList();
  }

  /** The column of this name, or null if there is none. */
  public Column named(String name) {
    PathNode node = byName.get(name);
    return node == null ? null : node.column;
  }

  /** The root of documents' paths. */
  PathNode documents() {
    return documents;
  }

  /** Where a row's entry belongs: to the column of exactly this name, else to one of its own. */
  PathNode entry(String name) {
    PathNode node = byName.get(name);
    return node == null ? locate(name) : node;
  }

  /** Puts a value into a row under its path's column, unless it is refused or does not fit. */
  void place(PathNode node, Object natural, Map<String, Object> row) {
    PathNode home = node.column != null ? node : home(node, natural);
    if (home == null) {
      return;
    }
    Column column = home.column;
    Object value = fitted(column, natural);
    if (value != null && row.putIfAbsent(column.name(), value) != null) {
      misfits.drifted(column, natural);
    }
  }

  /**
   * The node in the tree of a path that has a column, which it gets now if it has none.
   *
   * @param natural its first value, which decides the column's type
   * @return null if the column is refused
   */
  PathNode home(PathNode node, Object natural) {
    // once full, a flood of new paths must not queue for the lock
    boolean tooLong = node.isLongerThan(LONGEST_PATH);
    PathNode known = full || tooLong ? registered(node) : register(node, natural);
    if (known == null && tooLong) {
      misfits.tooLong(LONGEST_PATH);
    } else if (known == null) {
      misfits.refused(limit);
    }
    return known;
  }

  /** The value as the column takes it, after widening if need be; null if it does not fit. */
  Object fitted(Column column, Object natural) {
    Object meant = natural;
    if (natural instanceof String text && pins.containsKey(column.name())) {
      // guessing from texts would be wrong, but here the shape says what they are
      meant = Value.read(column.type(), text);
    }
    Object value = Value.fit(column.type(), meant);
    if (value == null && Value.widens(column.type(), meant)) {
      widen(column);
      return meant;
    }
    if (value == null) {
      misfits.drifted(column, natural);
    }
    return value;
  }

  /** Counts a value whose column has one already in its row. */
  void taken(Column column, Object natural) {
    misfits.drifted(column, natural);
  }

  /** The column of this number. */
  public synchronized Column numbered(int number) {
    return inOrder.get(number).column;
  }

  /** How many columns there are. */
  public synchronized int count() {
    return inOrder.size();
  }

  private synchronized PathNode register(PathNode node, Object natural) {
    PathNode known = registered(node);
    if (known != null || full) {
      return known;
    }
    String name = unique(ColumnName.of(node.names()));
    ColumnType type = pins.getOrDefault(name, Value.typeOf(natural));
    PathNode home = node.attached();
    add(home, new Column(name, node.path(), type));
    return home;
  }

  /** Whether a column can have this type in the lake, after widening if need be. */
  private static boolean takeOver(PathNode node, ColumnType type) {
    ColumnType known = node.column.type();
    if (known == ColumnType.BIGINT && type == ColumnType.DOUBLE) {
      node.column = node.column.widened();
    }
    return known == type || (isNumber(known) && isNumber(type));
  }

  private static boolean isNumber(ColumnType type) {
    return type == ColumnType.BIGINT || type == ColumnType.DOUBLE;
  }

  private SetupException contradiction(Column column, Column known) {
    boolean inLake = saved.containsKey(known.path());
    return new SetupException(
        "the lake's schema has %s, which contradicts %s: %s"
            .formatted(
                inOneLine(column),
                inOneLine(known),
                inLake
                    ? "mend _wadi/schema"
                    : "another process writes to this lake; start again to take its columns over"));
  }

  private static String inOneLine(Column column) {
    return "%s (%s) of %s"
        .formatted(column.name(), column.type(), column.path().replaceAll("\\p{Cntrl}", "?"));
  }

  private static PathNode registered(PathNode node) {
    PathNode known = node.inTree();
    return known == null || known.column == null ? null : known;
  }

  private synchronized void widen(Column narrow) {
    PathNode node = byName.get(narrow.name());
    node.column = narrow.widened();
  }

  private void add(PathNode node, Column column) {
    node.number = inOrder.size();
    node.column = column;
    byName.put(column.name(), node);
    inOrder.add(node);
    full = inOrder.size() >= limit;
  }

  private PathNode locate(String path) {
    return path.startsWith("/") ? documents.at(path) : given.of(path);
  }

  private boolean isTaken(String name) {
    return TAKEN.contains(name) || reserved.contains(name) || byName.containsKey(name);
  }

  private String unique(String wanted) {
    String name = wanted;
    for (int number = 2; isTaken(name); number++) {
      name = ColumnName.withSuffix(wanted, number);
    }
    return name;
  }
}
