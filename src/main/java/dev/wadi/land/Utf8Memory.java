package dev.wadi.land;

import java.nio.charset.StandardCharsets;
import java.util.IdentityHashMap;
import java.util.Map;

/** The UTF-8 of texts that come again and again as the same object. Not thread-safe. */
final class Utf8Memory {

  private static final int MOST = 10_000;

  private final Map<String, byte[]> known = new IdentityHashMap<>();
  private String last;
  private byte[] lastBytes;

  /** Its bytes, not to be changed. */
  byte[] of(String text) {
    if (text != last) {
      lastBytes = known.size() < MOST ? known.computeIfAbsent(text, Utf8Memory::utf8) : utf8(text);
      last = text;
    }
    return lastBytes;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
