package dev.wadi.check;

import org.apache.camel.model.OptionalIdentifiedDefinition;

/**
 * What is known of an exchange at a place of one of the ways that it may take.
 *
 * @param decoded whether it has passed {@code decode}
 * @param claimed whether its key is claimed
 * @param flattened whether its body is columns
 * @param split whether the records of its batch were led to their outcomes
 * @param done whether it has what it is on its way for: a record its outcome, a batch its commit
 * @param untold whether it has passed a part of which only a running pipeline knows where it leads
 * @param gap where it went past what others got their outcome from; null if nowhere
 */
record Way(
    boolean decoded,
    boolean claimed,
    boolean flattened,
    boolean split,
    boolean done,
    boolean untold,
    OptionalIdentifiedDefinition<?> gap) {

  /** That of an exchange as a source hands it over. */
  static final Way START = new Way(false, false, false, false, false, false, null);

  Way afterDecode() {
    return new Way(true, claimed, flattened, split, done, untold, gap);
  }

  Way afterClaim() {
    return new Way(decoded, true, flattened, split, done, untold, gap);
  }

  Way afterFlatten() {
    return new Way(decoded, claimed, true, split, done, untold, gap);
  }

  Way afterSplit(OptionalIdentifiedDefinition<?> part) {
    return new Way(decoded, claimed, flattened, true, done, untold, gap == null ? part : gap);
  }

  Way ended() {
    return new Way(decoded, claimed, flattened, split, true, untold, null);
  }

  Way somewhere() {
    return new Way(decoded, claimed, flattened, split, done, true, gap);
  }

  Way past(OptionalIdentifiedDefinition<?> part) {
    return done ? this : new Way(decoded, claimed, flattened, split, false, untold, part);
  }

  /** Whether it comes to its end without what it was on its way for. */
  boolean isLost() {
    return !done && !untold;
  }
}
