package dev.wadi.event;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * What tells one event from every other: 128 bits of the SHA-256 of its key space and the parts of
 * its key. A cryptographic hash, since an event's author chooses the parts and must not be able to
 * pass an event off as another.
 *
 * @param high the first 64 bits
 * @param low the last 64 bits
 */
public record EventKey(long high, long low) implements Comparable<EventKey> {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(EventKey::sha);

  /**
   * The key of these parts in this key space. Each part is preceded by its length, so that {@code
   * ("a", "bc")} and {@code ("ab", "c")} differ.
   *
   * @param keySpace the name of the family of keys, usually the shape's
   * @param parts in the shape's order, none null
   */
  public static EventKey of(String keySpace, String... parts) {
    MessageDigest digest = SHA_256.get();
    digest.reset();
    add(digest, keySpace);
    for (String part : parts) {
      add(digest, part);
    }
    ByteBuffer hash = ByteBuffer.wrap(digest.digest());
    return new EventKey(hash.getLong(), hash.getLong());
  }

  /**
   * The key that {@link #hex} wrote.
   *
   * @throws IllegalArgumentException if it isn't 32 hexadecimal digits
   */
  public static EventKey parse(String hex) {
    if (hex.length() != 32) {
      throw new IllegalArgumentException("an event key has 32 hexadecimal digits: " + hex);
    }
    return new EventKey(
        HexFormat.fromHexDigitsToLong(hex, 0, 16), HexFormat.fromHexDigitsToLong(hex, 16, 32));
  }

  /** 32 lower-case hexadecimal digits, as in the column {@code event_key}. */
  public String hex() {
    HexFormat format = HexFormat.of();
    return format.toHexDigits(high) + format.toHexDigits(low);
  }

  /** By unsigned value, which is also the order of {@link #hex}. */
  @Override
  public int compareTo(EventKey other) {
    int first = Long.compareUnsigned(high, other.high);
    return first != 0 ? first : Long.compareUnsigned(low, other.low);
  }

  @Override
  public String toString() {
    return hex();
  }

  /**
   * Makes keys of parts that are bytes already, without an object for each. Gives the same as
   * {@link #of}. Not thread-safe.
   */
  public static final class Hasher {

    private final MessageDigest digest = sha();
    private final byte[] head;
    private final byte[] result = new byte[32];
    private byte[] message = new byte[256];
    private int length;

    /**
     * @param keySpace as {@link #of} has it
     */
    public Hasher(String keySpace) {
      byte[] bytes = keySpace.getBytes(StandardCharsets.UTF_8);
      this.head =
          ByteBuffer.allocate(Integer.BYTES + bytes.length).putInt(bytes.length).put(bytes).array();
    }

    /** Begins a key. */
    public void begin() {
      length = 0;
      put(head, 0, head.length);
    }

    /** Adds a part, as UTF-8. */
    public void add(byte[] bytes, int from, int partLength) {
      reserve(Integer.BYTES);
      INTS.set(message, length, partLength);
      length += Integer.BYTES;
      put(bytes, from, partLength);
    }

    /** Ends the key; {@link #high} and {@link #low} are it then. */
    public void end() {
      digest.update(message, 0, length);
      try {
        digest.digest(result, 0, result.length);
      } catch (DigestException e) {
        throw new IllegalStateException("SHA-256 has 32 bytes", e);
      }
    }

    /** The first 64 bits of the key. */
    public long high() {
      return (long) LONGS.get(result, 0);
    }

    /** The last 64 bits of the key. */
    public long low() {
      return (long) LONGS.get(result, Long.BYTES);
    }

    private void put(byte[] bytes, int from, int count) {
      reserve(count);
      System.arraycopy(bytes, from, message, length, count);
      length += count;
    }

    private void reserve(int more) {
      if (length + more > message.length) {
        message = Arrays.copyOf(message, Math.max(message.length * 2, length + more));
      }
    }
  }

  private static void add(MessageDigest digest, String part) {
    byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
    digest.update(bytes);
  }

  private static MessageDigest sha() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
