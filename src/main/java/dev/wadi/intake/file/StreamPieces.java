package dev.wadi.intake.file;

import dev.wadi.event.TransientException;
import java.io.IOException;

/**
 * Content that can only be read from its start: packed, or in a format whose records can't be found
 * from the middle, or no file. It is read by whoever asks for the pieces, one piece at a time.
 */
final class StreamPieces implements FilePieces {

  private final StreamedFile file;
  private final RecordScanner scanner;
  private final Limits limits;
  private final long resumeAt;
  private final Window window;
  private byte last;
  private Broken broken;
  private long brokenLine;

  private BlockBuilder records;
  private long from;
  private long diskBytes;
  private boolean ended;

  /**
   * @param resumeAt records before this offset are left out
   */
  StreamPieces(StreamedFile file, Limits limits, long resumeAt, Buffers buffers) {
    this.file = file;
    this.scanner = file.scanner();
    this.limits = limits;
    this.resumeAt = resumeAt;
    this.from = resumeAt;
    this.window = new Window(limits.pieceBytes(), limits.keptBytes(), file.start(), buffers);
    this.records = new BlockBuilder(limits);
  }

  @Override
  public Piece next() {
    if (ended) {
      return null;
    }
    try {
      while (!ended && (records.count() == 0 || window.position() - from < limits.pieceBytes())) {
        advance();
      }
      if (ended) {
        file.requireUnchanged();
      }
      return piece();
    } catch (IOException e) {
      throw new TransientException(
          file.name() + " can't be read from byte " + window.position() + " on: " + e, e);
    }
  }

  @Override
  public void close() throws IOException {
    file.content().close();
  }

  private void advance() throws IOException {
    int scanned = window.scanned();
    if (scanned == window.filled()) {
      if (!fill()) {
        finish();
      }
    } else if (broken != null) {
      window.scanned(window.filled());
    } else {
      int at = scanner.scan(window.bytes(), scanned, window.filled());
      last = at > scanned ? window.bytes()[at - 1] : last;
      window.scanned(at);
      switch (scanner.event()) {
        case START -> window.begin();
        case END -> end();
        case BREAK -> breakOff();
        case NONE -> {}
      }
    }
  }

  /** Reads on; returns false at the end of the content, or where it is damaged. */
  private boolean fill() throws IOException {
    // one byte more may be a carriage return, which doesn't count
    boolean tooLarge = window.openLength() > limits.maxRecordBytes() + 1;
    if (window.isOpen() && (tooLarge || broken != null)) {
      window.drop();
    }
    if (records.count() == 0) {
      window.forget();
    }
    try {
      return window.fill(file.content());
    } catch (DamagedContentException e) {
      if (broken == null) {
        brokenLine = window.isOpen() ? scanner.line() : scanner.lineAhead();
        window.begin();
        String rest = "; the content from byte " + window.openOffset() + " on can't be read";
        broken = new Broken(e.reason(), null, e.getMessage() + rest);
      }
      return false;
    }
  }

  private void end() {
    if (window.openOffset() >= resumeAt) {
      long length = window.openLength() - (last == '\r' ? 1 : 0);
      int start = window.open();
      if (window.dropped() == 0) {
        records.add(start, start + (int) length, window.openOffset());
      } else {
        records.addBroken(start, window.filled(), window.openOffset(), limits.tooLarge(length));
      }
      noteLine(scanner.line());
    }
    window.end();
  }

  private void noteLine(long line) {
    if (line > 0) {
      records.line(line);
    }
  }

  private void breakOff() {
    long at = window.position();
    brokenLine = window.isOpen() ? scanner.line() : scanner.lineAhead();
    window.begin();
    RecordScanner.Break why = scanner.broken();
    broken =
        new Broken(
            why.reason(),
            null,
            String.format(
                "%s at byte %d; all from byte %d on is taken as one record",
                why.message(), at, window.openOffset()));
  }

  private void finish() {
    if (broken == null) {
      switch (scanner.finish()) {
        case END -> end();
        case BREAK -> breakOff();
        case START, NONE -> {}
      }
    }
    if (broken != null && window.openOffset() >= resumeAt) {
      records.addBroken(window.open(), window.filled(), window.openOffset(), broken);
      noteLine(brokenLine);
    }
    window.end();
    ended = true;
  }

  private Piece piece() {
    long to = window.isOpen() ? window.openOffset() : window.position();
    long counted = ended ? file.diskBytes() : file.read();
    Piece piece =
        new HeldPiece(
            file.index(),
            from,
            Math.max(from, to),
            ended,
            counted - diskBytes,
            records.build(file.name(), window.bytes()),
            file.toJson());
    from = piece.to();
    diskBytes = counted;
    records = new BlockBuilder(limits);
    if (!ended) {
      window.renew(limits.pieceBytes());
    }
    return piece;
  }
}
