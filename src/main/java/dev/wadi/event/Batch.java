package dev.wadi.event;

import java.util.Iterator;
import java.util.List;

/**
 * A bounded list of records of one source, which travel, land and are acknowledged together.
 * Camel's splitter iterates over it.
 *
 * <p>The source keeps the receipts, by this batch's identity; nothing that a route can overwrite
 * has them.
 */
public final class Batch implements Iterable<SourceRecord> {

  private final String source;
  private final long sequence;
  private final List<SourceRecord> records;
  private final List<String> deliveries;
  private final Account account;

  /**
   * @param source the source's name, such as {@code sqs:events}
   * @param sequence rises by one with each batch of this process
   * @param records at least one, positions unique in the source
   * @param deliveries what the source delivered and acknowledges as one: the ids of the queue's
   *     messages, in the manifest so that a redelivery of them is known as such
   */
  public Batch(String source, long sequence, List<SourceRecord> records, List<String> deliveries) {
    if (records.isEmpty()) {
      throw new IllegalArgumentException("a batch of " + source + " without records");
    }
    this.source = source;
    this.sequence = sequence;
    this.records = List.copyOf(records);
    this.deliveries = List.copyOf(deliveries);
    this.account = new Account(this.records);
  }

  public String source() {
    return source;
  }

  public long sequence() {
    return sequence;
  }

  public List<SourceRecord> records() {
    return records;
  }

  public List<String> deliveries() {
    return deliveries;
  }

  public Account account() {
    return account;
  }

  public int size() {
    return records.size();
  }

  @Override
  public Iterator<SourceRecord> iterator() {
    return records.iterator();
  }

  @Override
  public String toString() {
    return "batch " + sequence + " of " + source + " (" + records.size() + " records)";
  }
}
