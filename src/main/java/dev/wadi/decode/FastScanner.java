package dev.wadi.decode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads JSON from bytes into the nodes of its members, in one pass and without making an object for
 * a value. It takes only what it is sure of: all else it declines, and then {@link DocumentParser}
 * says what it is. Not thread-safe.
 */
final class FastScanner {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** What a reading method returns for a position when it declines. */
  private static final int DECLINED = -1;

  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

  /** So many digits always fit into 64 bits. */
  private static final int SAFE_DIGITS = 18;

  /** No tree of names gets larger: what is new then is declined. */
  private static final int MAX_NODES = 50_000;

  /** Nor does it keep longer names, in bytes: their authors could fill the memory with them. */
  private static final int MAX_NAME = 512;

  private final DecodeLimits limits;
  private final int maxLevel;
  private final MemberNode root;
  private int nodes;

  private byte[] bytes;
  private int end;
  private long record;
  private long objects;
  private long hash;
  private int depth;
  private int valueCount;

  /** Whether there are spaces in the array that is being read. */
  private boolean spaces;

  private MemberNode[] values = new MemberNode[64];
  private int count;

  private byte[] scratch = new byte[1024];
  private int scratchLength;

  /**
   * @param maxLevel a member so many names deep that holds an object is declined
   * @param root the document's node
   */
  FastScanner(DecodeLimits limits, int maxLevel, MemberNode root) {
    this.limits = limits;
    this.maxLevel = maxLevel;
    this.root = root;
  }

  /**
   * Reads a document.
   *
   * @return whether all of it was taken; if not, nothing of it counts
   */
  boolean read(byte[] source, int from, int to) {
    if (to - from > limits.maxBytes() || Unicode.firstInvalid(source, from, to) >= 0) {
      return false;
    }
    bytes = source;
    end = to;
    record++;
    depth = 0;
    count = 0;
    valueCount = 1;
    scratchLength = 0;
    int at = skip(from);
    if (peek(at) != '{') {
      return false;
    }
    at = members(root, at + 1);
    return at >= 0 && skip(at) == end;
  }

  /** The hash of the payload that was read. */
  long hash() {
    return hash;
  }

  /** The nodes that a value other than an object stands at, in the document's order. */
  MemberNode[] values() {
    return values;
  }

  /** How many {@link #values} there are. */
  int count() {
    return count;
  }

  /** Whether the record has something other than null at this node. */
  boolean has(MemberNode node) {
    return node.record == record && node.kind != MemberNode.NULL;
  }

  /** Whether the record has a text at this node. */
  boolean hasText(MemberNode node) {
    return node.record == record && node.kind == MemberNode.TEXT;
  }

  private int members(MemberNode object, int from) {
    if (++depth > limits.maxDepth()) {
      return DECLINED;
    }
    long own = ++objects;
    long sum = 0;
    int members = 0;
    MemberNode before = null;
    int at = skip(from);
    if (peek(at) == '}') {
      return closeObject(0, 0, at + 1);
    }
    while (true) {
      if (peek(at) != '"') {
        return DECLINED;
      }
      int nameEnd = quoteAfter(at + 1);
      if (nameEnd < 0 || bytes[nameEnd] != '"' || nameEnd - at - 1 > limits.maxStringBytes()) {
        return DECLINED;
      }
      MemberNode member = member(object, before, at + 1, nameEnd);
      if (member == null || member.seenIn == own) {
        return DECLINED;
      }
      member.seenIn = own;
      at = skip(nameEnd + 1);
      if (peek(at) != ':' || ++valueCount > limits.maxValues()) {
        return DECLINED;
      }
      at = value(member, skip(at + 1));
      if (at < 0) {
        return DECLINED;
      }
      if (!member.isIgnored()) {
        sum += PayloadHash.member(member.nameHash, hash);
        members++;
      }
      at = skip(at);
      if (peek(at) == '}') {
        return closeObject(sum, members, at + 1);
      }
      if (peek(at) != ',') {
        return DECLINED;
      }
      at = skip(at + 1);
      before = member;
    }
  }

  private int closeObject(long sum, int members, int at) {
    depth--;
    hash = depth == 0 ? PayloadHash.payload(sum, members) : PayloadHash.object(sum, members);
    return at;
  }

  private MemberNode member(MemberNode object, MemberNode before, int from, int to) {
    MemberNode found = object.find(before, bytes, from, to);
    if (found == null && nodes < MAX_NODES && to - from <= MAX_NAME) {
      nodes++;
      found = object.add(before, bytes, from, to);
    }
    return found;
  }

  private int value(MemberNode node, int at) {
    byte first = peek(at);
    return switch (first) {
      case '"' -> text(node, at + 1);
      case '{' -> object(node, at);
      case '[' -> node.inArray ? elements(node, at + 1) : array(node, at);
      case 't' -> literal(node, at, "true", MemberNode.TRUE, PayloadHash.TRUE);
      case 'f' -> literal(node, at, "false", MemberNode.FALSE, PayloadHash.FALSE);
      case 'n' -> literal(node, at, "null", MemberNode.NULL, PayloadHash.NULL);
      default -> first == '-' || isDigit(first) ? number(node, at) : DECLINED;
    };
  }

  private int object(MemberNode node, int at) {
    if (node.inArray) {
      return members(node, at + 1);
    }
    if (node.level >= maxLevel) {
      return DECLINED;
    }
    node.record = record;
    node.kind = MemberNode.OBJECT;
    return members(node, at + 1);
  }

  private int array(MemberNode node, int from) {
    spaces = false;
    int to = elements(node, from + 1);
    if (to < 0) {
      return DECLINED;
    }
    if (spaces) {
      int start = scratchLength;
      compact(from, to);
      keep(node, MemberNode.ARRAY, scratch, start, scratchLength - start);
    } else {
      keep(node, MemberNode.ARRAY, bytes, from, to - from);
    }
    return to;
  }

  private int elements(MemberNode array, int from) {
    if (++depth > limits.maxDepth()) {
      return DECLINED;
    }
    MemberNode element = array.element();
    long elements = PayloadHash.ARRAY_SEED;
    int length = 0;
    int at = skip(from);
    if (peek(at) != ']') {
      while (true) {
        if (++valueCount > limits.maxValues()) {
          return DECLINED;
        }
        at = value(element, at);
        if (at < 0) {
          return DECLINED;
        }
        elements = PayloadHash.element(elements, hash);
        length++;
        at = skip(at);
        if (peek(at) == ']') {
          break;
        }
        if (peek(at) != ',') {
          return DECLINED;
        }
        at = skip(at + 1);
      }
    }
    depth--;
    hash = PayloadHash.array(elements, length);
    return at + 1;
  }

  private int text(MemberNode node, int from) {
    int to = quoteAfter(from);
    if (to < 0) {
      return DECLINED;
    }
    if (bytes[to] == '\\') {
      return node.inArray ? DECLINED : escapedText(node, from, to);
    }
    if (bytes[to] != '"' || to - from > limits.maxStringBytes()) {
      return DECLINED;
    }
    hash = PayloadHash.text(bytes, from, to - from);
    if (!node.inArray) {
      keep(node, MemberNode.TEXT, bytes, from, to - from);
      node.number = hash;
    }
    return to + 1;
  }

  /** A text with escapes, whose first is at {@code escape}. */
  private int escapedText(MemberNode node, int from, int escape) {
    int start = scratchLength;
    int copied = from;
    int at = escape;
    while (bytes[at] == '\\') {
      append(copied, at);
      at = unescape(at + 1);
      if (at < 0) {
        return DECLINED;
      }
      copied = at;
      at = quoteAfter(at);
      if (at < 0) {
        return DECLINED;
      }
    }
    if (bytes[at] != '"') {
      return DECLINED;
    }
    append(copied, at);
    int length = scratchLength - start;
    if (length > limits.maxStringBytes()) {
      return DECLINED;
    }
    hash = PayloadHash.text(scratch, start, length);
    keep(node, MemberNode.TEXT, scratch, start, length);
    node.number = hash;
    return at + 1;
  }

  /** Takes in what stands after a backslash; returns where the text goes on. */
  private int unescape(int at) {
    int plain =
        switch (peek(at)) {
          case '"' -> '"';
          case '\\' -> '\\';
          case '/' -> '/';
          case 'b' -> '\b';
          case 'f' -> '\f';
          case 'n' -> '\n';
          case 'r' -> '\r';
          case 't' -> '\t';
          default -> -1;
        };
    if (plain >= 0) {
      appendCodePoint(plain);
      return at + 1;
    }
    int unit = peek(at) == 'u' ? hex(at + 1) : -1;
    if (unit < 0 || Character.isLowSurrogate((char) unit)) {
      return DECLINED;
    }
    if (!Character.isHighSurrogate((char) unit)) {
      appendCodePoint(unit);
      return at + 5;
    }
    int low = peek(at + 5) == '\\' && peek(at + 6) == 'u' ? hex(at + 7) : -1;
    if (low < 0 || !Character.isLowSurrogate((char) low)) {
      return DECLINED;
    }
    appendCodePoint(Character.toCodePoint((char) unit, (char) low));
    return at + 11;
  }

  private int hex(int from) {
    if (from + 4 > end) {
      return -1;
    }
    int value = 0;
    for (int at = from; at < from + 4; at++) {
      int digit = bytes[at] < 0 ? -1 : Character.digit((char) bytes[at], 16);
      if (digit < 0) {
        return -1;
      }
      value = value << 4 | digit;
    }
    return value;
  }

  private int number(MemberNode node, int from) {
    boolean negative = bytes[from] == '-';
    int first = negative ? from + 1 : from;
    int at = first;
    long value = 0;
    while (isDigit(peek(at))) {
      value = value * 10 + bytes[at] - '0';
      at++;
    }
    int digits = at - first;
    if (digits == 0 || digits > SAFE_DIGITS || (digits > 1 && bytes[first] == '0')) {
      return DECLINED;
    }
    byte next = peek(at);
    if (next == '.' || next == 'e' || next == 'E') {
      return decimal(node, from, at);
    }
    if (node.inArray) {
      // the tree would write -0 as 0
      if (negative && value == 0) {
        return DECLINED;
      }
    } else {
      keep(node, MemberNode.INTEGER, null, 0, 0);
      node.number = negative ? -value : value;
    }
    hash = PayloadHash.integer(negative ? -value : value);
    return at;
  }

  private int decimal(MemberNode node, int from, int wholeEnd) {
    int at = wholeEnd;
    if (bytes[at] == '.') {
      int fraction = at + 1;
      at = digitsEnd(fraction);
      if (at == fraction) {
        return DECLINED;
      }
    }
    if (peek(at) == 'e' || peek(at) == 'E') {
      int exponent = peek(at + 1) == '+' || peek(at + 1) == '-' ? at + 2 : at + 1;
      at = digitsEnd(exponent);
      if (at == exponent) {
        return DECLINED;
      }
    }
    String text = new String(bytes, from, at - from, StandardCharsets.ISO_8859_1);
    double value = Double.parseDouble(text);
    if (!Double.isFinite(value)) {
      return DECLINED;
    }
    if (node.inArray) {
      if (!Double.toString(value).equals(text)) {
        return DECLINED;
      }
    } else {
      keep(node, MemberNode.DECIMAL, null, 0, 0);
      node.number = Double.doubleToRawLongBits(value);
    }
    hash = PayloadHash.decimal(value);
    return at;
  }

  private int literal(MemberNode node, int at, String word, int kind, long ownHash) {
    if (at + word.length() > end) {
      return DECLINED;
    }
    for (int i = 1; i < word.length(); i++) {
      if (bytes[at + i] != word.charAt(i)) {
        return DECLINED;
      }
    }
    if (!node.inArray) {
      if (kind == MemberNode.NULL) {
        node.record = record;
        node.kind = kind;
      } else {
        keep(node, kind, null, 0, 0);
      }
    }
    hash = ownHash;
    return at + word.length();
  }

  private void keep(MemberNode node, int kind, byte[] buffer, int from, int length) {
    node.record = record;
    node.kind = kind;
    node.buffer = buffer;
    node.from = from;
    node.length = length;
    if (count == values.length) {
      values = Arrays.copyOf(values, count * 2);
    }
    values[count++] = node;
  }

  /** Copies JSON without the spaces between its tokens; there are no escapes in it. */
  private void compact(int from, int to) {
    reserve(to - from);
    boolean inText = false;
    for (int at = from; at < to; at++) {
      byte one = bytes[at];
      if (one == '"') {
        inText = !inText;
      }
      if (inText || !isSpace(one)) {
        scratch[scratchLength++] = one;
      }
    }
  }

  private void append(int from, int to) {
    reserve(to - from);
    System.arraycopy(bytes, from, scratch, scratchLength, to - from);
    scratchLength += to - from;
  }

  private void appendCodePoint(int codePoint) {
    reserve(4);
    if (codePoint < 0x80) {
      scratch[scratchLength++] = (byte) codePoint;
    } else if (codePoint < 0x800) {
      scratch[scratchLength++] = (byte) (0xC0 | codePoint >> 6);
      tail(codePoint);
    } else if (codePoint < 0x10000) {
      scratch[scratchLength++] = (byte) (0xE0 | codePoint >> 12);
      tail(codePoint >> 6);
      tail(codePoint);
    } else {
      scratch[scratchLength++] = (byte) (0xF0 | codePoint >> 18);
      tail(codePoint >> 12);
      tail(codePoint >> 6);
      tail(codePoint);
    }
  }

  private void tail(int bits) {
    scratch[scratchLength++] = (byte) (0x80 | bits & 0x3F);
  }

  private void reserve(int more) {
    if (scratchLength + more > scratch.length) {
      // what nodes point to stays in the old array
      scratch = Arrays.copyOf(scratch, Math.max(scratch.length * 2, scratchLength + more));
    }
  }

  /** Where the next quote, backslash or control character stands; negative if there is none. */
  private int quoteAfter(int from) {
    int at = from;
    for (; at + Long.BYTES <= end; at += Long.BYTES) {
      long word = (long) LONGS.get(bytes, at);
      long quote = word ^ (ONES * '"');
      long backslash = word ^ (ONES * '\\');
      long found =
          (((quote - ONES) & ~quote)
                  | ((backslash - ONES) & ~backslash)
                  | ((word - ONES * ' ') & ~word))
              & HIGH_BITS;
      if (found != 0) {
        return at + (Long.numberOfTrailingZeros(found) >>> 3);
      }
    }
    for (; at < end; at++) {
      byte one = bytes[at];
      if (one == '"' || one == '\\' || (one >= 0 && one < ' ')) {
        return at;
      }
    }
    return DECLINED;
  }

  private int skip(int from) {
    int at = from;
    while (at < end && isSpace(bytes[at])) {
      at++;
      spaces = true;
    }
    return at;
  }

  private int digitsEnd(int from) {
    int at = from;
    while (isDigit(peek(at))) {
      at++;
    }
    return at;
  }

  /** The byte there; zero, which no JSON has outside of texts, after the end. */
  private byte peek(int at) {
    return at < end ? bytes[at] : 0;
  }

  private static boolean isSpace(byte one) {
    return one == ' ' || one == '\n' || one == '\r' || one == '\t';
  }

  private static boolean isDigit(byte one) {
    return one >= '0' && one <= '9';
  }
}
