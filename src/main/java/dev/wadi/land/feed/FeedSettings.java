package dev.wadi.land.feed;

import dev.wadi.event.SetupException;
import dev.wadi.ops.Backoff;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a route asks of a feed.
 *
 * @param name the feed's, under which the lake notes how far it has come
 * @param table whose rows are handed on
 * @param start where it begins if the lake has no note of it
 * @param maxRows the most rows of an exchange
 * @param maxBytes an exchange is full when its texts have this many characters
 * @param documents whether rows have their {@code _doc}
 * @param poll how often the lake is looked at when nothing waits
 * @param lease how long after the last note of it a process that shares the lake has the feed
 * @param retry how long to wait before what has failed is tried again
 */
record FeedSettings(
    String name,
    String table,
    Start start,
    int maxRows,
    long maxBytes,
    boolean documents,
    Duration poll,
    Duration lease,
    Backoff retry) {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,79}");
  private static final Set<String> TABLES =
      Set.of("events", "duplicates", "conflicts", "dead_letters");

  /** Where a feed begins. */
  enum Start {
    /** With the lake's first commit. */
    BEGINNING,
    /** With what lands from now on. */
    NOW;

    static Start parse(String text) {
      return switch (text) {
        case "beginning" -> BEGINNING;
        case "now" -> NOW;
        default -> throw new SetupException("from is '" + text + "': it must be beginning or now");
      };
    }
  }

  FeedSettings {
    if (!NAME.matcher(name).matches()) {
      throw new SetupException(
          "wadi-landed:"
              + name
              + " needs a name of letters, digits, '.', '_' and '-', by which the lake notes how far"
              + " it has come");
    }
    if (!TABLES.contains(table)) {
      throw new SetupException(
          "wadi-landed:%s has the table '%s': choose events, duplicates, conflicts or dead_letters"
              .formatted(name, table));
    }
    if (maxRows < 1 || maxBytes < 1) {
      throw new SetupException("wadi-landed:" + name + " needs maxRows and maxBytes of 1 at least");
    }
  }
}
