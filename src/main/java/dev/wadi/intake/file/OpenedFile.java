package dev.wadi.intake.file;

import dev.wadi.event.SetupException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** An input that has been looked at and can be read. */
final class OpenedFile {

  private final int index;
  private final Input input;
  private final FileState state;

  private OpenedFile(int index, Input input, FileState state) {
    this.index = index;
    this.input = input;
    this.state = state;
  }

  /**
   * @throws SetupException if it can't be read
   */
  static OpenedFile open(int index, Input input, Format forced) {
    Path path = Path.of(input.name());
    try {
      FileState state = FileState.of(path);
      if (Files.isDirectory(path)) {
        throw new SetupException(
            "can't read " + input.name() + ": it is a folder; name the files in it");
      }
      Files.newByteChannel(path).close();
      return new OpenedFile(index, input, state);
    } catch (NoSuchFileException e) {
      throw new SetupException("can't read " + input.name() + ": there is no such file", e);
    } catch (AccessDeniedException e) {
      throw new SetupException("can't read " + input.name() + ": permission denied", e);
    } catch (IOException e) {
      throw new SetupException("can't read " + input.name() + ": " + e, e);
    }
  }

  String name() {
    return input.name();
  }

  long bytes() {
    return state.size();
  }

  SourceFile description() {
    return new SourceFile(name(), bytes(), state.toString(), Format.JSON_LINES);
  }

  FilePieces pieces(Resume resume, Limits limits) {
    Resume.Point done = resume.of(name(), state.toString());
    return new RangePieces(index, name(), Path.of(name()), state, done.offset(), limits);
  }
}
