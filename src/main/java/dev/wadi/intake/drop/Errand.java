package dev.wadi.intake.drop;

import dev.wadi.event.Flaw;
import dev.wadi.event.Isolation;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What is to be done about one thing that notifications ask for: an object that is to be read, or a
 * notification that can't be followed. Its last delivery, the seal, sets out only when all others
 * are accounted for. Thread-safe.
 */
final class Errand {

  /** What is to be done next. */
  enum Step {
    /** Nothing, or somebody else is at it. */
    NONE,
    /** The seal is to set out. */
    SEAL,
    /** It is accounted for. */
    FINISH,
    /** It can't go on here: its notifications come again. */
    RELEASE
  }

  /** Stands in a position for all notices of a message. */
  private static final String ALL = "all";

  private final String id;
  private final ObjectVersion object;
  private final List<NoticeMessage> messages = new ArrayList<>();
  private final String position;
  private final Flaw flaw;
  private final Isolation isolation;
  private boolean closed;
  private boolean readOut;
  private boolean abandoned;
  private boolean untouchable;
  private int underway;
  private long sentTo;
  private DropDelivery seal;
  private boolean sealed;
  private boolean over;

  private Errand(
      String id,
      ObjectVersion object,
      NoticeMessage message,
      String position,
      Flaw flaw,
      Isolation isolation) {
    this.id = id;
    this.object = object;
    this.position = position;
    this.flaw = flaw;
    this.isolation = isolation;
    messages.add(message);
  }

  /**
   * An object is to be read.
   *
   * @param number which of the message's notices asks for it, from 0
   */
  static Errand read(ObjectVersion object, NoticeMessage message, int number) {
    return new Errand(object.id(), object, message, position(message, number), null, null);
  }

  /** A notice can't be followed. */
  static Errand reject(Flaw flaw, NoticeMessage message, int number) {
    String position = position(message, number);
    return new Errand(position, null, message, position, flaw, null);
  }

  /**
   * A message is not to be looked at. Its position is none of its notices': one of these that is
   * known must not pass for all of them.
   */
  static Errand isolate(Isolation isolation, NoticeMessage message) {
    String position = position(message, ALL);
    return new Errand(position, null, message, position, null, isolation);
  }

  /** Tells it from every other: the object's id, or the position of the notice. */
  String id() {
    return id;
  }

  /** The object that is to be read; null if none is. */
  ObjectVersion object() {
    return object;
  }

  /** The position of the notice that asked for it first, or of all that a message has. */
  String position() {
    return position;
  }

  /** Why the notice can't be followed; null if it can, or was not looked at. */
  Flaw flaw() {
    return flaw;
  }

  /** Why the message is not looked at; null if it is. */
  Isolation isolation() {
    return isolation;
  }

  /** What asked for it first, as it came. */
  byte[] notice() {
    return first().received().body().getBytes(StandardCharsets.UTF_8);
  }

  /** The message that asked for it first. */
  synchronized NoticeMessage first() {
    return messages.get(0);
  }

  Instant sentAt() {
    return first().received().sentAt();
  }

  int attempts() {
    return first().received().attempts();
  }

  /** Another message asks for the same; false if it is too late for that. */
  synchronized boolean join(NoticeMessage message) {
    if (closed) {
      return false;
    }
    messages.add(message);
    return true;
  }

  /** Nobody may join any more; answers who has. */
  synchronized List<NoticeMessage> close() {
    closed = true;
    return List.copyOf(messages);
  }

  /** Up to which record its deliveries have set out, or were known. */
  synchronized long sentTo() {
    return sentTo;
  }

  /** The records up to this one need nothing more. */
  synchronized void sentTo(long record) {
    sentTo = record;
  }

  /** A delivery sets out. */
  synchronized void setsOut() {
    underway++;
  }

  /** The content of its object is not whole in the lake and its dead letters: it must stay. */
  synchronized void leaveObject() {
    untouchable = true;
  }

  /** Whether the store may be told that its object has landed. */
  synchronized boolean hasLandedObject() {
    return object != null && !untouchable;
  }

  /** A delivery is accounted for. */
  synchronized Step accounted() {
    underway--;
    return next();
  }

  /** A delivery comes back without an outcome. */
  synchronized Step returned() {
    underway--;
    abandoned = true;
    return next();
  }

  /**
   * All has set out but this one.
   *
   * @param last the seal; null if there is nothing to account for
   */
  synchronized Step readOut(DropDelivery last) {
    seal = last;
    readOut = true;
    return next();
  }

  /** It can't be read on here. */
  synchronized Step abandon() {
    readOut = true;
    abandoned = true;
    return next();
  }

  /** The delivery that sets out last. */
  synchronized DropDelivery seal() {
    return seal;
  }

  private static String position(NoticeMessage message, Object notice) {
    return message.received().id() + "#" + notice;
  }

  private Step next() {
    if (!readOut || underway > 0 || over) {
      return Step.NONE;
    }
    if (!abandoned && seal != null && !sealed) {
      sealed = true;
      underway++;
      return Step.SEAL;
    }
    over = true;
    return abandoned ? Step.RELEASE : Step.FINISH;
  }
}
