package dev.wadi.simulator;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Everything random in a simulation. The same seed gives the same throws on every machine, so
 * {@link StrictMath} is used where the last bit could differ. Not thread-safe.
 */
final class Dice {

  private static final char[] HEX = "0123456789abcdef".toCharArray();
  private static final double SPREAD = 0.6;

  private final SplittableRandom random;

  Dice(long seed) {
    this(new SplittableRandom(seed));
  }

  private Dice(SplittableRandom random) {
    this.random = random;
  }

  /** Dice whose throws don't depend on how often these are thrown from now on. */
  Dice split() {
    return new Dice(random.split());
  }

  /** At least 0, less than 1. */
  double share() {
    return random.nextDouble();
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  /** From the first to the last, both included. */
  int between(int first, int last) {
    return random.nextInt(first, last + 1);
  }

  long below(long bound) {
    return random.nextLong(bound);
  }

  <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** A duration in milliseconds around a median: log-normal, as work usually takes. */
  long around(double medianMinutes) {
    return (long) (medianMinutes * 60_000 * StrictMath.exp(SPREAD * normal()));
  }

  /** The time in milliseconds to the next of events that come independently of each other. */
  long untilNext(double meanMillis) {
    return (long) (-meanMillis * StrictMath.log(1 - random.nextDouble()));
  }

  /** In the form of a random UUID (version 4). */
  String uuid() {
    long high = random.nextLong() & ~0xF000L | 0x4000L;
    long low = random.nextLong() & 0x3FFFFFFFFFFFFFFFL | 0x8000000000000000L;
    char[] text = new char[36];
    hex(high >>> 32, 8, text, 0);
    text[8] = '-';
    hex(high >>> 16, 4, text, 9);
    text[13] = '-';
    hex(high, 4, text, 14);
    text[18] = '-';
    hex(low >>> 48, 4, text, 19);
    text[23] = '-';
    hex(low, 12, text, 24);
    return new String(text);
  }

  /** Hexadecimal digits, as in commit hashes and digests; a multiple of eight. */
  String hex(int digits) {
    char[] text = new char[digits];
    for (int i = 0; i < digits; i += 8) {
      hex(random.nextInt(), 8, text, i);
    }
    return new String(text);
  }

  private double normal() {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
    return radius * StrictMath.cos(2 * Math.PI * random.nextDouble());
  }

  private static void hex(long bits, int digits, char[] text, int from) {
    for (int i = digits - 1; i >= 0; i--) {
      text[from + i] = HEX[(int) bits & 0xF];
      bits >>>= 4;
    }
  }
}
