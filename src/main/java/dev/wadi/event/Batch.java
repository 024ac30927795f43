package dev.wadi.event;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;

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
  private final Lines.Part part;
  private volatile Batch before;
  private final Account account;
  private volatile boolean givenUp;
  private volatile boolean alone;
  private volatile boolean cutOut;
  private volatile Isolation isolation;

  /**
   * @param source the source's name, such as {@code sqs:events}
   * @param sequence rises by one with each batch of this process
   * @param records at least one, positions unique in the source
   * @param deliveries what the source delivered and acknowledges as one: the ids of the queue's
   *     messages, in the manifest so that a redelivery of them is known as such
   */
  public Batch(String source, long sequence, List<SourceRecord> records, List<String> deliveries) {
    this(source, sequence, records, deliveries, null, null);
  }

  /**
   * A batch of an ordered source.
   *
   * @param source the source's name, such as {@code kinesis:events}
   * @param sequence rises by one with each batch of this process
   * @param records at least one, positions unique in the source
   * @param part what it holds of its line
   * @param before the batch before it in the line, with which or after which it lands and never
   *     without it; null if that has landed, or there is none
   */
  public Batch(
      String source, long sequence, List<SourceRecord> records, Lines.Part part, Batch before) {
    this(source, sequence, records, List.of(), part, before);
  }

  private Batch(
      String source,
      long sequence,
      List<SourceRecord> records,
      List<String> deliveries,
      Lines.Part part,
      Batch before) {
    if (records.isEmpty()) {
      throw new IllegalArgumentException("a batch of " + source + " without records");
    }
    this.source = source;
    this.sequence = sequence;
    this.records = List.copyOf(records);
    this.deliveries = List.copyOf(deliveries);
    this.part = part;
    this.before = before;
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

  /** The records that one of its deliveries brought, told by their positions. */
  public List<SourceRecord> recordsOf(String delivery) {
    return records.stream().filter(record -> record.delivery().equals(delivery)).toList();
  }

  /** What it holds of its line; empty where the source has no order. */
  public Optional<Lines.Part> part() {
    return Optional.ofNullable(part);
  }

  /** The batch before it in its line, if as long as that has not landed. */
  public Optional<Batch> before() {
    Batch earlier = before;
    if (earlier != null && earlier.account().isClosed()) {
      // let go, or each batch of a line would hold all before it in memory
      before = null;
      return Optional.empty();
    }
    return Optional.ofNullable(earlier);
  }

  /** Its source gives it up: it has failed, and its records come again in another batch. */
  public void giveUp() {
    givenUp = true;
  }

  /** Whether it will never land. */
  public boolean isGivenUp() {
    return givenUp;
  }

  /** Lets it land in a commit of its own, since it may fail whatever it is together with. */
  public void travelAlone() {
    alone = true;
  }

  /** Whether no other batch may be in its commit, as far as none depends on it. */
  public boolean isAlone() {
    return alone;
  }

  /**
   * Its deliveries are parts of something that may have been cut otherwise before: that one of
   * their records was accounted for says nothing of those beside it.
   */
  public void cutOut() {
    cutOut = true;
  }

  /** Whether records of one delivery may have been accounted for without those beside them. */
  public boolean isCutOut() {
    return cutOut;
  }

  /** Its source takes it off the pipeline: its records become dead letters as they are. */
  public void isolate(Isolation why) {
    isolation = why;
  }

  /** Whether its records are to become dead letters as they are. */
  public boolean isIsolated() {
    return isolation != null;
  }

  /** Why its records become dead letters; null if they don't. */
  public Isolation isolation() {
    return isolation;
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
