package dev.wadi.intake.poll;

import dev.wadi.event.SetupException;

/** What the API is shown. Nothing of it can be read back by accident or ends in a log. */
public final class Token {

  private final String header;
  private final String value;

  private Token(String header, String value) {
    this.header = header;
    this.value = value;
  }

  /**
   * @param header the name of the header that it goes in
   * @param scheme stands before it, such as {@code Bearer}; may be blank
   * @param secret blank for none
   * @throws SetupException if no header can hold it
   */
  public static Token of(String header, String scheme, String secret) {
    if (secret.isBlank()) {
      return new Token(header, "");
    }
    String trimmed = secret.trim();
    if (!trimmed.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
      throw new SetupException(
          "WADI_POLL_TOKEN has a space, a line break or another character in it that no header"
              + " takes: set it to the token alone");
    }
    return new Token(header, scheme.isBlank() ? trimmed : scheme.trim() + " " + trimmed);
  }

  boolean isThere() {
    return !value.isEmpty();
  }

  String header() {
    return header;
  }

  String value() {
    return value;
  }

  @Override
  public String toString() {
    return isThere() ? "a token" : "no token";
  }
}
