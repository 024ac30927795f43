package dev.wadi.deduplicate;

import dev.wadi.event.Claims.LandedKey;
import dev.wadi.event.Lines;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What a ledger reads from the lake to be brought up to date. Only commits that stand count. */
public interface LandedCommits {

  /** Whether the lake has this commit. */
  boolean has(String commit);

  /**
   * The commits whose ids are greater than this one, in rising order.
   *
   * @param commit null for all commits
   */
  List<String> committedAfter(String commit);

  /**
   * The keys that commits later than this one landed, as far as their files were joined with others
   * since; in no order.
   *
   * @param commit null for all commits
   */
  void joinedAfter(String commit, Consumer<LandedKey> keys);

  /**
   * The keys that a commit landed, in all tables whose rows are claimed, but for those that {@link
   * #joinedAfter} has given.
   */
  void keysOf(String commit, Consumer<LandedKey> keys);

  /** The deliveries that a commit's manifest accounts for, by source. */
  Map<String, ? extends Collection<String>> deliveriesOf(String commit);

  /** What a commit's manifest accounts for of the lines of ordered sources, by source. */
  Map<String, ? extends Collection<Lines.Part>> partsOf(String commit);
}
