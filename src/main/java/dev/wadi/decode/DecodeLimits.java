package dev.wadi.decode;

/**
 * What one event may be at most, so that none can take a batch's memory or time.
 *
 * @param maxBytes of the whole event
 * @param maxDepth of nesting; the event itself is the first level
 * @param maxStringBytes of a text or a member's name, in UTF-8
 * @param maxValues in the whole event, containers included
 */
public record DecodeLimits(int maxBytes, int maxDepth, int maxStringBytes, int maxValues) {

  /** 16 MiB, 200 levels, 1 MiB a text, 100,000 values. */
  public static final DecodeLimits DEFAULT = new DecodeLimits(16 << 20, 200, 1 << 20, 100_000);

  public DecodeLimits {
    if (maxBytes < 1 || maxDepth < 1 || maxStringBytes < 1 || maxValues < 1) {
      throw new IllegalArgumentException(
          "limits must be positive: "
              + maxBytes
              + " bytes, depth "
              + maxDepth
              + ", "
              + maxStringBytes
              + " bytes a text, "
              + maxValues
              + " values");
    }
  }
}
