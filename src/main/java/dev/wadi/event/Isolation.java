package dev.wadi.event;

import java.util.Objects;

/**
 * Why a source takes a batch off the pipeline: it would fail there again, or end the process. Its
 * records become dead letters as they are.
 *
 * @param reason a code to count and select dead letters by
 * @param message what a person needs to know, in one line
 */
public record Isolation(String reason, String message) {

  /** The batch has failed alone, again and again, while others landed. */
  public static final String BATCH_FAILED = "batch_failed";

  /** It was delivered so often that it may be what ends the process; it was not read. */
  public static final String RECEIVED_TOO_OFTEN = "received_too_often";

  /** A delivery too many. How many there were, the dead letter's attempts say. */
  public static final Isolation RECEIVED =
      new Isolation(
          RECEIVED_TOO_OFTEN,
          "it was delivered again and again without an outcome, as what ends the process is; it was"
              + " not read");

  public Isolation {
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(message, "message");
  }

  /**
   * What failed, again and again.
   *
   * @param failures how often
   * @param last what the last of them was
   */
  public static Isolation failed(int failures, String last) {
    return new Isolation(
        BATCH_FAILED,
        ("it failed while others landed, " + failures + " times; the last time: " + last)
            .replaceAll("\\s+", " "));
  }
}
