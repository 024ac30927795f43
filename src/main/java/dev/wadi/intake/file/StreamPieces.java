package dev.wadi.intake.file;

import dev.wadi.event.TransientException;
import java.io.IOException;
import java.util.Arrays;

/**
 * Content that can only be read from its start: packed, or in a format whose records can't be found
 * from the middle, or no file. It is read by whoever asks for the pieces, one piece at a time.
 *
 * <p>Held are one piece and the begin of the record that goes on behind it; of a record that is too
 * large only what is kept of it.
 */
final class StreamPieces implements FilePieces {

  private static final int READ_BYTES = 64 << 10;

  private final StreamedFile file;
  private final RecordScanner scanner;
  private final Limits limits;
  private final long resumeAt;

  private final Buffers buffers;
  private byte[] buffer;

  /** The offset in the content of the buffer's first byte, as if nothing had been dropped. */
  private long base;

  private int filled;
  private int scanned;
  private byte last;

  /** Where in the buffer the record begins that is being read; -1 for none. */
  private int open = -1;

  private long openOffset;
  private long dropped;
  private Broken broken;

  private BlockBuilder records;
  private long from;
  private long diskBytes;
  private boolean ended;

  /**
   * @param resumeAt records before this offset are left out
   */
  StreamPieces(StreamedFile file, Limits limits, long resumeAt, Buffers buffers) {
    this.buffers = buffers;
    this.file = file;
    this.scanner = file.scanner();
    this.limits = limits;
    this.resumeAt = resumeAt;
    this.from = resumeAt;
    this.base = file.start();
    this.buffer = new byte[Math.min(limits.pieceBytes(), READ_BYTES)];
    this.records = new BlockBuilder(limits);
  }

  @Override
  public Piece next() {
    if (ended) {
      return null;
    }
    try {
      while (!ended && (records.count() == 0 || offset(scanned) - from < limits.pieceBytes())) {
        advance();
      }
      if (ended) {
        file.requireUnchanged();
      }
      return piece();
    } catch (IOException e) {
      throw new TransientException(
          file.name() + " can't be read from byte " + offset(filled) + " on: " + e, e);
    }
  }

  @Override
  public void close() throws IOException {
    file.content().close();
  }

  private long offset(int index) {
    return base + index;
  }

  private void advance() throws IOException {
    if (scanned == filled) {
      if (!fill()) {
        finish();
      }
      return;
    }
    if (broken != null) {
      scanned = filled;
      return;
    }
    int at = scanner.scan(buffer, scanned, filled);
    last = at > scanned ? buffer[at - 1] : last;
    scanned = at;
    switch (scanner.event()) {
      case START -> begin();
      case END -> end();
      case BREAK -> breakOff();
      case NONE -> {}
    }
  }

  /** Reads on; returns false at the end of the content, or where it is damaged. */
  private boolean fill() throws IOException {
    dropWhatIsTooLarge();
    if (records.count() == 0) {
      forget(open < 0 ? filled : open);
    }
    if (filled == buffer.length) {
      buffer = Arrays.copyOf(buffer, 2 * filled);
    }
    try {
      int read = file.content().read(buffer, filled, Math.min(READ_BYTES, buffer.length - filled));
      filled += Math.max(0, read);
      return read >= 0;
    } catch (DamagedContentException e) {
      if (broken == null) {
        begin();
        broken =
            new Broken(
                e.reason(),
                null,
                e.getMessage() + "; the content from byte " + openOffset + " on can't be read");
      }
      return false;
    }
  }

  private void begin() {
    if (open < 0) {
      open = scanned;
      openOffset = offset(scanned);
      dropped = 0;
    }
  }

  private void end() {
    int end = last == '\r' ? scanned - 1 : scanned;
    if (openOffset < resumeAt) {
      open = -1;
      return;
    }
    if (dropped == 0) {
      records.add(open, end, openOffset);
    } else {
      // the end may stand before what is kept, by the carriage return that was dropped
      records.addBroken(open, filled, openOffset, limits.tooLarge(end - open + dropped));
    }
    if (scanner.line() > 0) {
      records.line(scanner.line());
    }
    open = -1;
  }

  private void breakOff() {
    long at = offset(scanned);
    begin();
    RecordScanner.Break why = scanner.broken();
    broken =
        new Broken(
            why.reason(),
            null,
            String.format(
                "%s at byte %d; all from byte %d on is taken as one record",
                why.message(), at, openOffset));
  }

  private void finish() {
    if (broken == null) {
      switch (scanner.finish()) {
        case END -> end();
        case BREAK -> breakOff();
        case START, NONE -> {}
      }
    }
    if (broken != null && openOffset >= resumeAt) {
      records.addBroken(open, filled, openOffset, broken);
      open = -1;
    }
    ended = true;
  }

  private void dropWhatIsTooLarge() {
    boolean tooLarge = open >= 0 && filled - open > limits.maxRecordBytes() + 1;
    if (open >= 0 && (tooLarge || dropped > 0 || broken != null)) {
      int kept = Math.min(filled, open + limits.keptBytes());
      dropped += filled - kept;
      base += filled - kept;
      filled = kept;
      scanned = kept;
    }
  }

  /** Makes room by what stands before this index, which no record is in. */
  private void forget(int index) {
    System.arraycopy(buffer, index, buffer, 0, filled - index);
    base += index;
    filled -= index;
    scanned -= index;
    open = open < 0 ? -1 : 0;
  }

  private Piece piece() {
    long to = !ended && open >= 0 ? openOffset : offset(scanned);
    long counted = ended ? file.diskBytes() : file.read();
    Piece piece =
        new HeldPiece(
            file.index(),
            from,
            Math.max(from, to),
            ended,
            counted - diskBytes,
            records.build(file.name(), buffer),
            file.toJson());
    from = piece.to();
    diskBytes = counted;
    records = new BlockBuilder(limits);
    if (!ended) {
      byte[] full = buffer;
      buffer =
          buffers.take(Math.max(limits.pieceBytes(), 2 * (filled - (open < 0 ? scanned : open))));
      int keep = open < 0 ? scanned : open;
      System.arraycopy(full, keep, buffer, 0, filled - keep);
      base += keep;
      filled -= keep;
      scanned -= keep;
      open = open < 0 ? -1 : 0;
    }
    return piece;
  }
}
