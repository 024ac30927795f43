package dev.wadi.intake.http;

import dev.wadi.event.SetupException;
import dev.wadi.ops.Renewed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** What a sender must show, if anything. Nothing of it can be read back or ends in a log. */
public final class AccessToken {

  private static final String SCHEME = "bearer ";

  /** Any of them will do; none, and anybody may send. */
  private final Supplier<List<byte[]>> tokens;

  private final Supplier<Optional<String>> trouble;

  private AccessToken(Supplier<List<byte[]>> tokens, Supplier<Optional<String>> trouble) {
    this.tokens = tokens;
    this.trouble = trouble;
  }

  /**
   * One that never changes.
   *
   * @param token blank if anybody may send
   */
  public static AccessToken of(String token) {
    List<byte[]> tokens = token.isBlank() ? List.of() : List.of(bytes(token));
    return new AccessToken(() -> tokens, Optional::empty);
  }

  /**
   * Those in a file, one a line, as the file is now: with the old and the new one in it, senders
   * can change over one by one.
   *
   * @throws SetupException if it can't be read, or has none
   */
  public static AccessToken in(Path file, Clock clock) {
    Renewed<List<byte[]>> tokens = new Renewed<>(List.of(file), () -> read(file), clock);
    return new AccessToken(tokens, tokens::trouble);
  }

  private static List<byte[]> read(Path file) {
    List<byte[]> tokens;
    try {
      tokens =
          Files.readString(file)
              .lines()
              .filter(line -> !line.isBlank())
              .map(AccessToken::bytes)
              .toList();
    } catch (IOException e) {
      // its message has the path, and nothing of what is in it
      throw new SetupException("wadi.http.events.token-file can't be read: " + e, e);
    }
    if (tokens.isEmpty()) {
      throw new SetupException("wadi.http.events.token-file has no token in it: " + file);
    }
    return tokens;
  }

  private static byte[] bytes(String token) {
    return token.trim().getBytes(StandardCharsets.UTF_8);
  }

  /** Why the file as it is now can't be used, so that the tokens that were in it stay. */
  public Optional<String> trouble() {
    return trouble.get();
  }

  /** Whether one must be shown at all. */
  public boolean isAskedFor() {
    return !tokens.get().isEmpty();
  }

  /**
   * Whether a sender may send. Takes as long for a token that is nearly right as for any other.
   *
   * @param authorization the header; null if there is none
   */
  public boolean admits(String authorization) {
    List<byte[]> known = tokens.get();
    if (known.isEmpty()) {
      return true;
    }
    if (authorization == null || !authorization.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
      return false;
    }
    byte[] shown = bytes(authorization.substring(SCHEME.length()));
    boolean admitted = false;
    for (byte[] token : known) {
      admitted |= MessageDigest.isEqual(token, shown);
    }
    return admitted;
  }

  @Override
  public String toString() {
    return isAskedFor() ? "a token" : "no token";
  }
}
