package dev.wadi.deduplicate.dynamodb;

import dev.wadi.event.EventKey;
import dev.wadi.event.SetupException;
import dev.wadi.event.SharedClaims;
import dev.wadi.event.TransientException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Brings the keys of a lake into the table that one process has written before with a ledger of its
 * own. Commit by commit, each a claim like any other, so it may be broken off and repeated; how far
 * it came is noted in the table. Until it has ended, no process may land by the table.
 */
public final class Seeding {

  private static final String PROGRESS = "wadi:seeding";
  private static final String ENDED = "ended";
  private static final String UNDERWAY = "underway";

  private final EventKey progress;
  private final Items items;
  private final SharedClaims claims;
  private final String table;

  /**
   * @param sharing which time it is that processes begin to share the lake: what was filled for one
   *     may lack what one process has landed since
   * @param table DynamoDB's id of the table; null if it has none
   */
  Seeding(Items items, SharedClaims claims, String sharing, String table) {
    this.progress = EventKey.of(PROGRESS, sharing);
    this.items = items;
    this.claims = claims;
    this.table = table;
  }

  /**
   * Notes that the table has the keys of all commits of its lake.
   *
   * @param last the last commit that was seeded; null if the lake had none
   */
  public void end(String last) {
    note(last, ENDED);
  }

  /** Whether the table has been filled; also with an empty lake, {@link #end} must say so. */
  public boolean hasEnded() {
    return progress()
        .map(item -> ENDED.equals(Attributes.text(item, Attributes.STATE)) && isOfThisTable(item))
        .orElse(false);
  }

  /**
   * For those who join others that land by the table.
   *
   * @throws SetupException if it isn't the one that was filled: one made anew lacks all claims, one
   *     restored from a backup those since
   */
  public void requireEnded() {
    if (!hasEnded()) {
      throw new SetupException(
          "the table "
              + items.requests().table()
              + " lacks what the lake has: it was made anew, or restored from a backup. Stop all"
              + " processes, run `wadi ledger rebuild --alone`, then start one, which fills it");
    }
  }

  /** The last commit whose keys the table has; seeding goes on behind it. */
  public Optional<String> last() {
    return progress().map(item -> Attributes.text(item, Attributes.COMMIT));
  }

  /**
   * Seeds some of what one commit has landed.
   *
   * @param commit one that stands, and whose predecessors were seeded
   * @param landed the keys of its rows
   * @return how many of them another commit has; 0 where each event landed once
   * @throws TransientException if the table doesn't answer, or another process is at work with it
   */
  public long seed(String commit, List<SharedClaims.Wanted> landed) {
    long elsewhere = 0;
    for (SharedClaims.Answer answer : claims.claim(commit, landed)) {
      if (answer instanceof SharedClaims.Busy busy) {
        throw new TransientException(
            "commit " + busy.commit() + " of another process is underway while the table is filled",
            null);
      }
      elsewhere += answer instanceof SharedClaims.Taken ? 1 : 0;
    }
    return elsewhere;
  }

  /** Notes that all of a commit is seeded. */
  public void done(String commit) {
    note(commit, UNDERWAY);
  }

  private boolean isOfThisTable(Map<String, AttributeValue> item) {
    String filled = Attributes.text(item, Attributes.TABLE);
    return table == null || filled == null || filled.equals(table);
  }

  private Optional<Map<String, AttributeValue>> progress() {
    return items.get(progress);
  }

  private void note(String last, String state) {
    Map<String, AttributeValue> item = new HashMap<>(Attributes.key(progress));
    item.put(Attributes.STATE, Attributes.text(state));
    if (last != null) {
      item.put(Attributes.COMMIT, Attributes.text(last));
    }
    if (table != null) {
      item.put(Attributes.TABLE, Attributes.text(table));
    }
    items.put("seed", item);
  }
}
