package dev.wadi.decode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The 64-bit hash of canonical JSON, put together from the hashes of its values while it is parsed.
 *
 * <p>Equal for equal content: the order of members, white space, escapes and the form of a number
 * ({@code 1}, {@code 1.0}, {@code 1e0}) make no difference; the order of an array does, and so does
 * whether a member is null or absent. It is stored with every row and compared with what later
 * versions compute, so <b>it must never change</b>.
 *
 * <p>It only tells two payloads of one key apart, a duplicate from a conflict, so 64 bits are
 * enough: by chance it fails for one conflict in 2<sup>64</sup>. Members are added up, which is as
 * strong as sorting them for that purpose, since each summand depends on all bits of a name and its
 * value and no summand occurs twice. It withstands no author who constructs collisions; such an
 * author would only hide a conflict with an event of his own, as the key is cryptographic.
 */
final class PayloadHash {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  static final long NULL = 0x6E75_6C6C_0000_0001L;
  static final long TRUE = 0x7472_7565_0000_0002L;
  static final long FALSE = 0x6661_6C73_0000_0003L;

  private static final long TEXT_SEED = 0x7465_7874_0000_0004L;
  private static final long INTEGER_SEED = 0x696E_7467_0000_0005L;
  private static final long DECIMAL_SEED = 0x6465_636D_0000_0006L;
  private static final long OBJECT_SEED = 0x6F62_6A65_0000_0007L;

  /** What an array's hash starts with, before {@link #element}. */
  static final long ARRAY_SEED = 0x6172_7261_0000_0008L;

  // odd, so that multiplying loses nothing; the primes of xxHash64
  private static final long P1 = 0x9E37_79B1_85EB_CA87L;
  private static final long P2 = 0xC2B2_AE3D_27D4_EB4FL;

  private static final double TWO_TO_63 = 0x1p63;

  private PayloadHash() {}

  /** A text, by its bytes in UTF-8, eight a step. */
  static long text(byte[] utf8) {
    return text(utf8, 0, utf8.length);
  }

  /** A text, by its bytes in UTF-8 inside an array. */
  static long text(byte[] utf8, int from, int length) {
    long hash = TEXT_SEED + length * P1;
    int at = from;
    int end = from + length;
    for (; at + Long.BYTES <= end; at += Long.BYTES) {
      hash = step(hash, (long) LONGS.get(utf8, at));
    }
    long rest = 0;
    for (int shift = 0; at < end; at++, shift += Byte.SIZE) {
      rest |= (utf8[at] & 0xFFL) << shift;
    }
    return step(hash, rest);
  }

  /** A text of ASCII alone, without making bytes of it first. */
  static long ascii(char[] text, int from, int length) {
    long hash = TEXT_SEED + length * P1;
    int at = from;
    int end = from + length;
    for (; at + Long.BYTES <= end; at += Long.BYTES) {
      int low = text[at] | text[at + 1] << 8 | text[at + 2] << 16 | text[at + 3] << 24;
      int high = text[at + 4] | text[at + 5] << 8 | text[at + 6] << 16 | text[at + 7] << 24;
      hash = step(hash, (low & 0xFFFF_FFFFL) | (long) high << 32);
    }
    long rest = 0;
    for (int shift = 0; at < end; at++, shift += Byte.SIZE) {
      rest |= (long) text[at] << shift;
    }
    return step(hash, rest);
  }

  static long integer(long value) {
    return step(INTEGER_SEED, value);
  }

  /** A finite decimal; as an integer if it is one of 64 bits. */
  static long decimal(double value) {
    return value == Math.rint(value) && value >= -TWO_TO_63 && value < TWO_TO_63
        ? integer((long) value)
        : step(DECIMAL_SEED, Double.doubleToLongBits(value));
  }

  /** The payload hash of a document, by the sum and the number of its members. */
  static long payload(long sum, int members) {
    return seal(object(sum, members));
  }

  /** A member of an object, to be added to the sum of its members; sealed, since sums mix badly. */
  static long member(long name, long value) {
    return seal(step(name, value));
  }

  /** An object, by the sum and the number of its members. */
  static long object(long sum, int members) {
    return step(OBJECT_SEED + members, sum);
  }

  /** What an array's hash becomes by its next element. */
  static long element(long array, long value) {
    return step(array, value);
  }

  /** An array, by what its elements have made of {@link #ARRAY_SEED}. */
  static long array(long elements, int length) {
    return step(elements, length);
  }

  /** Takes 64 bits in; for a given hash no two inputs give the same. */
  private static long step(long hash, long input) {
    return Long.rotateLeft(hash ^ (input * P2), 29) * P1;
  }

  /** Lets every bit depend on every other: the finalizer of MurmurHash3. */
  private static long seal(long hash) {
    long mixed = hash;
    mixed = (mixed ^ (mixed >>> 33)) * 0xFF51_AFD7_ED55_8CCDL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xC4CE_B9FE_1A85_EC53L;
    return mixed ^ (mixed >>> 33);
  }
}
