package dev.wadi;

import dev.wadi.event.SetupException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The processes that had this data folder and may have left a commit open in the lake: the last
 * one, and those before it if it died before it had settled theirs. All are dead, since the folder
 * has one lock. Kept in {@code .wadi/writer}, a line each.
 */
final class FormerWriters {

  private static final String FILE = "writer";

  private final DataFolder data;
  private final String writer;
  private final Set<String> ended;

  private FormerWriters(DataFolder data, String writer, Set<String> ended) {
    this.data = data;
    this.writer = writer;
    this.ended = ended;
  }

  /**
   * Reads them, and adds this process.
   *
   * @throws SetupException if the folder can't be read or written
   */
  static FormerWriters join(DataFolder data, String writer) {
    String text = data.read(FILE);
    Set<String> ended =
        text == null ? Set.of() : text.lines().collect(Collectors.toCollection(LinkedHashSet::new));
    Set<String> all = new LinkedHashSet<>(ended);
    all.add(writer);
    data.rewrite(FILE, String.join("\n", all));
    return new FormerWriters(data, writer, ended);
  }

  Set<String> ended() {
    return ended;
  }

  /**
   * Forgets them: nothing of theirs is open any more.
   *
   * @throws SetupException if the folder can't be written
   */
  void settled() {
    data.rewrite(FILE, writer);
  }
}
