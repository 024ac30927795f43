package dev.wadi.local;

import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * What a client of the embedded store signs its requests with.
 *
 * @param accessKey its public part
 * @param secretKey its secret part; never logged
 */
public record Credentials(String accessKey, String secretKey) {

  /** New ones, that nobody can guess. */
  public static Credentials random(SecureRandom random) {
    return new Credentials("WADI" + hex(random, 8), hex(random, 20));
  }

  @Override
  public String toString() {
    return accessKey;
  }

  private static String hex(SecureRandom random, int bytes) {
    byte[] value = new byte[bytes];
    random.nextBytes(value);
    return HexFormat.of().withUpperCase().formatHex(value);
  }
}
