package dev.wadi.intake.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;

/** What a sender must show, if anything. Nothing of it can be read back or ends in a log. */
public final class AccessToken {

  private static final String SCHEME = "bearer ";

  private final byte[] token;

  /**
   * @param token blank if anybody may send
   */
  public AccessToken(String token) {
    this.token = token.trim().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Whether a sender may send. Takes as long for a token that is nearly right as for any other.
   *
   * @param authorization the header; null if there is none
   */
  boolean admits(String authorization) {
    if (token.length == 0) {
      return true;
    }
    if (authorization == null || !authorization.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
      return false;
    }
    byte[] shown = authorization.substring(SCHEME.length()).trim().getBytes(StandardCharsets.UTF_8);
    return MessageDigest.isEqual(token, shown);
  }

  @Override
  public String toString() {
    return token.length == 0 ? "no token" : "a token";
  }
}
