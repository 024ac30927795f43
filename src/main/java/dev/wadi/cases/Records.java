package dev.wadi.cases;

import dev.wadi.event.Batch;
import dev.wadi.event.Flaw;
import dev.wadi.event.SetupException;
import dev.wadi.event.SourceRecord;
import dev.wadi.intake.MessageReader;
import dev.wadi.intake.file.Block;
import dev.wadi.intake.file.Broken;
import dev.wadi.intake.file.FileSource;
import dev.wadi.intake.file.Input;
import dev.wadi.intake.file.Limits;
import dev.wadi.intake.file.Piece;
import dev.wadi.intake.file.Resume;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Makes batches of what is given, as the sources do of what they receive. */
public final class Records {

  private static final int PIECE_BYTES = 1 << 20;

  private final int maxRecordBytes;
  private final Instant receivedAt;
  private long sequence;

  /**
   * @param maxRecordBytes a record of a file with more bytes has a flaw
   */
  public Records(int maxRecordBytes, Instant receivedAt) {
    this.maxRecordBytes = maxRecordBytes;
    this.receivedAt = receivedAt;
  }

  /** The batches, in order: one for all that come from one source behind each other. */
  public List<Batch> batches(List<Given> given) {
    List<Batch> batches = new ArrayList<>();
    List<SourceRecord> records = new ArrayList<>();
    String source = given.get(0).source();
    for (Given each : given) {
      if (!each.source().equals(source)) {
        batches.add(batch(source, records));
        records = new ArrayList<>();
        source = each.source();
      }
      records.addAll(records(each));
    }
    batches.add(batch(source, records));
    batches.removeIf(batch -> batch == null);
    return batches;
  }

  private Batch batch(String source, List<SourceRecord> records) {
    return records.isEmpty()
        ? null
        : new Batch(
            source,
            ++sequence,
            records,
            records.stream().map(SourceRecord::delivery).distinct().toList());
  }

  private List<SourceRecord> records(Given given) {
    return given.file() == null
        ? new MessageReader(given.source())
            .read(given.position() + "#", given.body(), receivedAt, given.attempts())
        : ofFile(given);
  }

  private List<SourceRecord> ofFile(Given given) {
    String name =
        given.position() == null ? given.file().getFileName().toString() : given.position();
    List<SourceRecord> records = new ArrayList<>();
    try (InputStream content = Files.newInputStream(given.file());
        FileSource source =
            FileSource.open(
                List.of(new Input(name, content)),
                null,
                Resume.NOTHING,
                new Limits(PIECE_BYTES, maxRecordBytes))) {
      for (Piece piece = source.next(); piece != null; piece = source.next()) {
        Block block = piece.read();
        for (int n = 0; n < block.count(); n++) {
          records.add(record(given, name, block, n, records.size() + 1));
        }
      }
      return records;
    } catch (IOException e) {
      throw new SetupException("can't read " + given.file() + ": " + e.getMessage(), e);
    }
  }

  private SourceRecord record(Given given, String name, Block block, int n, int number) {
    Broken broken = block.broken(n);
    return new SourceRecord(
        given.source(),
        name + "#" + (block.line(n) == 0 ? number : block.line(n)),
        name,
        Arrays.copyOfRange(block.bytes(), block.start(n), block.end(n)),
        receivedAt,
        given.attempts(),
        broken == null ? null : new Flaw(broken.reason(), broken.rule(), broken.message()));
  }
}
