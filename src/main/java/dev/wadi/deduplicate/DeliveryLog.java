package dev.wadi.deduplicate;

import dev.wadi.event.Claims.LandedKey;
import dev.wadi.event.Deliveries;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The deliveries of all commits, in a ledger of its own. Thread-safe. */
public final class DeliveryLog implements Deliveries, AutoCloseable {

  private final Ledger ledger;

  /**
   * @param ledger used by this alone, and closed with it
   */
  public DeliveryLog(Ledger ledger) {
    this.ledger = ledger;
  }

  @Override
  public boolean isCommitted(String source, String delivery) {
    return ledger.find(Deliveries.key(source, delivery)).isPresent();
  }

  /**
   * Notes what a commit accounts for. Durable on return; noting it twice is once.
   *
   * @param commit the id of the commit, which stands already
   * @param deliveries all of the commit's deliveries, by source
   * @throws dev.wadi.event.TransientException if the disk fails
   */
  public void confirm(String commit, Map<String, ? extends Collection<String>> deliveries) {
    ledger.append(commit, keys(deliveries));
  }

  @Override
  public void close() {
    ledger.close();
  }

  Ledger ledger() {
    return ledger;
  }

  static List<LandedKey> keys(Map<String, ? extends Collection<String>> deliveries) {
    List<LandedKey> keys = new ArrayList<>();
    deliveries.forEach(
        (source, ids) -> ids.forEach(id -> keys.add(new LandedKey(Deliveries.key(source, id), 0))));
    return keys;
  }
}
