package dev.wadi.event;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A block of records with what decoding and flattening made of them, in columns: the bulk form of
 * {@link Event} and {@link Rejected}. One thread fills it; then it is read, and its outcomes are
 * set, by the one that lands it.
 */
public final class EventBlock {

  /** What became of a record. */
  public enum Fate {
    /** It is an event that lands unless it turns out to be a copy. */
    LANDS,
    DUPLICATE,
    CONFLICT,
    REJECTED
  }

  private final RecordBlock records;
  private final Instant receivedAt;
  private final Tape tape;
  private final Fate[] fates;
  private final long[] highs;
  private final long[] lows;
  private final long[] payloadHashes;
  private final long[] micros;
  private final String[] types;
  private final String[] subtypes;
  private final List<Rejected> rejected = new ArrayList<>();
  private long[] landedHashes;

  /**
   * @param receivedAt when the block was read
   * @param tape gets the records' columns; one of a rejected record has none
   */
  public EventBlock(RecordBlock records, Instant receivedAt, Tape tape) {
    int count = records.count();
    this.records = records;
    this.receivedAt = receivedAt;
    this.tape = tape;
    this.fates = new Fate[count];
    this.highs = new long[count];
    this.lows = new long[count];
    this.payloadHashes = new long[count];
    this.micros = new long[count];
    this.types = new String[count];
    this.subtypes = new String[count];
  }

  /** Notes that a record is an event; see {@link Event} for what is given. */
  public void event(
      int n,
      long keyHigh,
      long keyLow,
      long payloadHash,
      String type,
      String subtype,
      Instant time) {
    fates[n] = Fate.LANDS;
    highs[n] = keyHigh;
    lows[n] = keyLow;
    payloadHashes[n] = payloadHash;
    types[n] = type;
    subtypes[n] = subtype;
    micros[n] = time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000;
  }

  /** Notes that a record is none. */
  public void reject(int n, Rejected why) {
    fates[n] = Fate.REJECTED;
    rejected.add(why);
  }

  /** Notes that an event has landed before with the same payload. */
  public void duplicate(int n) {
    fates[n] = Fate.DUPLICATE;
  }

  /** Notes that an event has landed before with another payload. */
  public void conflict(int n, long landedPayloadHash) {
    fates[n] = Fate.CONFLICT;
    if (landedHashes == null) {
      landedHashes = new long[fates.length];
    }
    landedHashes[n] = landedPayloadHash;
  }

  public RecordBlock records() {
    return records;
  }

  public Instant receivedAt() {
    return receivedAt;
  }

  public Tape tape() {
    return tape;
  }

  public int count() {
    return fates.length;
  }

  public Fate fate(int n) {
    return fates[n];
  }

  public long keyHigh(int n) {
    return highs[n];
  }

  public long keyLow(int n) {
    return lows[n];
  }

  public long payloadHash(int n) {
    return payloadHashes[n];
  }

  /** The event's time, in microseconds since 1970. */
  public long micros(int n) {
    return micros[n];
  }

  public String type(int n) {
    return types[n];
  }

  /** The event's subtype, or null. */
  public String subtype(int n) {
    return subtypes[n];
  }

  /** The payload hash of the event that a conflict is with. */
  public long landedHash(int n) {
    return landedHashes[n];
  }

  /** The rejected records, in the block's order. */
  public List<Rejected> rejected() {
    return List.copyOf(rejected);
  }
}
