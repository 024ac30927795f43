package dev.wadi.intake.drop;

import dev.wadi.event.Flaw;
import dev.wadi.event.SetupException;
import dev.wadi.intake.file.Block;
import dev.wadi.intake.file.Broken;
import dev.wadi.intake.file.FileSource;
import dev.wadi.intake.file.Input;
import dev.wadi.intake.file.Limits;
import dev.wadi.intake.file.Piece;
import dev.wadi.intake.file.Resume;
import dev.wadi.ops.Backoff;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Reads an object from its start to its end, part by part, in memory that doesn't grow with it. Not
 * thread-safe.
 *
 * <p>Where parts end depends on the records and their most alone, so that a part which was
 * committed is found again, whoever reads the object.
 */
final class ObjectReader implements AutoCloseable {

  /** The reason code of an object whose content is of no kind that is read. */
  static final String UNREADABLE_CONTENT = "unreadable_content";

  /** A part ends with the record by which it has so many bytes. */
  static final int PART_BYTES = 1 << 20;

  private static final int PIECE_BYTES = 1 << 20;

  private final ObjectVersion object;
  private final ObjectStore store;
  private final Backoff pauses;
  private final ObjectContent content;
  private final Limits limits;
  private final int partEvents;
  private final byte[] notice;
  private FileSource source;
  private Block block;
  private int at;
  private long found;
  private long last;
  private boolean ended;
  private ObjectRecord ahead;

  /**
   * @param maxRecordBytes a record with more bytes has a flaw
   * @param partEvents the most records of a part
   * @param notice what told of the object: the bytes of what can't be read of it any more
   */
  ObjectReader(
      ObjectVersion object,
      ObjectStore store,
      Backoff pauses,
      int maxRecordBytes,
      int partEvents,
      byte[] notice) {
    this.object = object;
    this.store = store;
    this.pauses = pauses;
    this.content = new ObjectContent(store, object, pauses);
    this.limits = new Limits(PIECE_BYTES, maxRecordBytes);
    this.partEvents = partEvents;
    this.notice = notice;
  }

  /**
   * The next part, or null at the end.
   *
   * @throws UnreadableObjectException if nothing of the object can be read; once something was,
   *     what is left is a record with a flaw
   */
  ObjectPart next() {
    List<ObjectRecord> records = new ArrayList<>();
    long first = found + (ahead == null ? 1 : 0);
    int bytes = 0;
    ObjectRecord record = ahead == null ? read() : ahead;
    while (record != null && records.size() < partEvents && bytes < PART_BYTES) {
      records.add(record);
      bytes += record.bytes().length;
      record = read();
    }
    ahead = record;
    return records.isEmpty() ? null : new ObjectPart(first, records, record == null);
  }

  @Override
  public void close() {
    if (source != null) {
      source.close();
    }
    content.close();
  }

  private ObjectRecord read() {
    try {
      return ended ? null : counted(readOn());
    } catch (UnreadableObjectException e) {
      if (found == 0) {
        throw e;
      }
      ended = true;
      return counted(new ObjectRecord(last + 1, notice, e.flaw()));
    }
  }

  private ObjectRecord counted(ObjectRecord record) {
    if (record == null) {
      ended = true;
    } else {
      found++;
      last = record.number();
    }
    return record;
  }

  private ObjectRecord readOn() {
    if (source == null) {
      try {
        Input input = new Input(object.key(), content);
        source = FileSource.open(List.of(input), null, Resume.NOTHING, limits);
      } catch (SetupException e) {
        if (e.getCause() instanceof SdkException) {
          throw e;
        }
        ended = true;
        return new ObjectRecord(1, head(), new Flaw(UNREADABLE_CONTENT, null, e.getMessage()));
      }
    }
    while (block == null || at == block.count()) {
      if (block != null) {
        source.giveBack(block);
      }
      Piece piece = source.next();
      if (piece == null) {
        return null;
      }
      block = piece.read();
      at = 0;
    }
    return record(at++);
  }

  private ObjectRecord record(int n) {
    byte[] bytes = Arrays.copyOfRange(block.bytes(), block.start(n), block.end(n));
    Broken broken = block.broken(n);
    Flaw flaw = broken == null ? null : new Flaw(broken.reason(), broken.rule(), broken.message());
    return new ObjectRecord(block.line(n) == 0 ? found + 1 : block.line(n), bytes, flaw);
  }

  private byte[] head() {
    try (ObjectContent again = new ObjectContent(store, object, pauses)) {
      return again.readNBytes(limits.keptBytes());
    } catch (IOException e) {
      throw new IllegalStateException("the content of an object throws none", e);
    }
  }
}
