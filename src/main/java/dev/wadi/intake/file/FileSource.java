package dev.wadi.intake.file;

import dev.wadi.event.SetupException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The files that are to be read, in order, as pieces that several threads can read.
 *
 * <p>Not thread-safe: one thread asks for the pieces. What it hands out may be read by others.
 */
public final class FileSource implements AutoCloseable {

  private final List<OpenedFile> files;
  private final Limits limits;
  private final Buffers buffers = new Buffers();
  private Resume resume;
  private int index;
  private FilePieces current;

  private FileSource(List<OpenedFile> files, Resume resume, Limits limits) {
    this.files = files;
    this.resume = resume;
    this.limits = limits;
  }

  /**
   * Looks at all inputs, so that nothing is read of the first before the last is known to be there.
   *
   * @param forced the format of all of them, or null to tell it from each one's content
   * @throws SetupException if an input can't be read
   */
  public static FileSource open(List<Input> inputs, Format forced, Resume resume, Limits limits) {
    List<OpenedFile> files = new ArrayList<>();
    for (Input input : inputs) {
      if (files.stream().anyMatch(file -> file.name().equals(input.name()))) {
        throw new SetupException(input.name() + " is given twice: name each file once");
      }
      files.add(OpenedFile.open(files.size(), input, forced));
    }
    return new FileSource(files, resume, limits);
  }

  /** Goes on where earlier runs have come to; to be called before the first piece is asked for. */
  public void goOn(Resume earlier) {
    resume = earlier;
  }

  /** Takes back the memory of a block whose bytes nobody looks at any more. */
  public void giveBack(Block block) {
    buffers.giveBack(block.bytes());
  }

  /** The files, in order. */
  public List<SourceFile> files() {
    return files.stream().map(OpenedFile::description).toList();
  }

  /**
   * The size on disk of all files that pieces will come of, or -1 if one's size can't be known. The
   * sum of {@link Piece#diskBytes} comes up to it.
   */
  public long totalBytes() {
    long total = 0;
    for (OpenedFile file : files) {
      if (file.bytes() < 0) {
        return -1;
      }
      total += file.isFinished(resume) ? 0 : file.bytes();
    }
    return total;
  }

  /**
   * The next piece, or null after the last one. Cheap where files are plain lines; others are read
   * and decompressed by it.
   *
   * @throws dev.wadi.event.TransientException if a file can't be read, or has changed
   */
  public Piece next() {
    while (current != null || index < files.size()) {
      if (current == null) {
        OpenedFile file = files.get(index++);
        if (file.isFinished(resume)) {
          continue;
        }
        current = file.pieces(resume, limits, buffers);
      }
      Piece piece = current.next();
      if (piece != null) {
        return piece;
      }
      closeCurrent();
    }
    return null;
  }

  @Override
  public void close() {
    closeCurrent();
    index = files.size();
  }

  private void closeCurrent() {
    if (current != null) {
      try {
        current.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      current = null;
    }
  }
}
