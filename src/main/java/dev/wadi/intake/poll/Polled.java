package dev.wadi.intake.poll;

/** What a page has become, to be put where it is durable. */
public sealed interface Polled {

  /**
   * An object for the raw bucket.
   *
   * @param key the same whenever the same content comes from the same API
   * @param content JSON lines
   */
  record Content(String key, byte[] content) implements Polled {}

  /**
   * A dead letter.
   *
   * @param position the page's URL
   * @param bytes what came, or its beginning
   * @param reason a code to count and select by
   * @param message what a person needs to mend it, in one line
   */
  record Refused(String position, byte[] bytes, String reason, String message) implements Polled {}
}
