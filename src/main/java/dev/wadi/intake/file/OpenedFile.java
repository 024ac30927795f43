package dev.wadi.intake.file;

import dev.wadi.event.SetupException;
import dev.wadi.event.TransientException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** An input that has been looked at and can be read. */
final class OpenedFile {

  /** Enough that a decompressor has something to show: more than the largest block of zstd. */
  private static final int HEAD_BYTES = 256 << 10;

  private final int index;
  private final String name;
  private final Path path;
  private final FileState state;
  private final InputStream stream;
  private final Compression compression;
  private final Format format;
  private final int start;
  private final CsvHeader header;
  private final String fingerprint;

  private OpenedFile(
      int index, String name, Path path, FileState state, InputStream stream, Format forced)
      throws IOException {
    this.index = index;
    this.name = name;
    this.path = path;
    this.state = state;
    InputStream source = state == null ? stream : Files.newInputStream(path);
    byte[] head = source.readNBytes(HEAD_BYTES);
    if (state == null) {
      this.stream = new SequenceInputStream(new ByteArrayInputStream(head), source);
    } else {
      source.close();
      this.stream = null;
    }
    String foreign = FileMagic.describe(head);
    if (foreign != null) {
      throw new SetupException("can't read " + name + ": it is " + foreign);
    }
    this.compression = Compression.of(head, name);
    ContentHead content = ContentHead.of(head, compression);
    this.format = forced == null ? content.format(name) : forced;
    this.header =
        format == Format.CSV
            ? CsvHeader.read(content.bytes(), content.start(), content.whole(), name)
            : null;
    this.start = header == null ? content.start() : header.end();
    this.fingerprint = state == null ? "" : state.fingerprint(head, compression + " " + format);
  }

  /**
   * @param index the file's place among the source's
   * @throws SetupException if it can't be read
   */
  static OpenedFile open(int index, Input input, Format forced) {
    String name = input.name();
    try {
      if (input.stream() != null) {
        return new OpenedFile(index, name, null, null, input.stream(), forced);
      }
      Path path = Path.of(name);
      if (Files.isDirectory(path)) {
        throw new SetupException(
            "can't read " + name + ": it is a folder; name the files in it, as in " + name + "/*");
      }
      FileState state = FileState.of(path);
      return Files.isRegularFile(path)
          ? new OpenedFile(index, name, path, state, null, forced)
          : new OpenedFile(index, name, null, null, Files.newInputStream(path), forced);
    } catch (NoSuchFileException | InvalidPathException e) {
      throw new SetupException("can't read " + name + ": there is no such file", e);
    } catch (AccessDeniedException e) {
      throw new SetupException("can't read " + name + ": permission denied", e);
    } catch (IOException e) {
      throw new SetupException("can't read " + name + ": " + e, e);
    }
  }

  String name() {
    return name;
  }

  /** Its size on disk; -1 if it is no file. */
  long bytes() {
    return state == null ? -1 : state.size();
  }

  SourceFile description() {
    return new SourceFile(name, bytes(), fingerprint, format);
  }

  boolean isFinished(Resume resume) {
    return resume.of(name, fingerprint).finished();
  }

  FilePieces pieces(Resume resume, Limits limits, Buffers buffers) {
    long from = resume.of(name, fingerprint).offset();
    if (state != null && compression == Compression.NONE && format == Format.JSON_LINES) {
      return new RangePieces(index, name, path, state, from, limits, buffers);
    }
    try {
      return new StreamPieces(streamed(limits), forStream(limits), from, buffers);
    } catch (IOException e) {
      throw new TransientException(name + " can't be read: " + e, e);
    }
  }

  private StreamedFile streamed(Limits limits) throws IOException {
    CountedInput packed = new CountedInput(state == null ? stream : Files.newInputStream(path));
    InputStream content = compression.unpack(packed);
    content.skipNBytes(start);
    UnaryOperator<Block> toJson =
        header == null
            ? UnaryOperator.identity()
            : rows -> new CsvRows(header, limits).toJson(rows);
    return new StreamedFile(index, name, content, start, scanner(), toJson, packed, path, state);
  }

  private RecordScanner scanner() {
    return switch (format) {
      case JSON_LINES -> new LineScanner();
      case JSON -> new JsonScanner();
      case CSV -> new CsvScanner(header.line());
    };
  }

  // JSON repeats the columns' names in each row; a piece must not outgrow memory by that
  private Limits forStream(Limits limits) {
    int piece = limits.pieceBytes();
    return header == null
        ? limits
        : new Limits(
            Math.min(piece, Math.max(1, 16 * (piece / header.growth()))), limits.maxRecordBytes());
  }
}
