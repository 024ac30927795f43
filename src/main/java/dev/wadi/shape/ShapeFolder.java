package dev.wadi.shape;

import dev.wadi.event.SetupException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A user's folder of shape files and their catalogues. */
final class ShapeFolder {

  static final String EXTENSION = ".yaml";
  static final String CATALOGUE_EXTENSION = ".catalogue.yaml";

  /** The largest catalogue that ships has 20 KB. */
  private static final long MAX_BYTES = 1 << 20;

  private final Path folder;

  /**
   * @throws SetupException if it isn't a folder
   */
  ShapeFolder(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new SetupException(
          "there is no folder of shapes " + folder + ": make it, or name another");
    }
    this.folder = folder;
  }

  /** Where a file is or would be, for messages. */
  String path(String file) {
    return folder.resolve(file).toString();
  }

  /**
   * The names of the shapes that have a file here, sorted. Hidden files, which editors leave, are
   * none.
   *
   * @throws SetupException if a file can't be one of a shape by its name
   */
  List<String> names() {
    List<String> names = list(EXTENSION, file -> !file.endsWith(CATALOGUE_EXTENSION));
    for (String name : names) {
      if (!Shapes.isName(name)) {
        throw new SetupException(
            path(name + EXTENSION)
                + " can't be a shape: name it with letters, digits, '_' and '-' alone");
      }
    }
    return names;
  }

  /** The names of the files that end in {@code .yml} and are therefore not read, sorted. */
  List<String> otherwiseNamed() {
    return list(".yml", file -> true);
  }

  /**
   * What stands in a file, or null if there is none.
   *
   * @throws SetupException if it can't be read or is no text
   */
  String find(String file) {
    Path found = folder.resolve(file);
    if (!Files.isRegularFile(found)) {
      return null;
    }
    try {
      if (Files.size(found) > MAX_BYTES) {
        throw new SetupException(
            found + " is larger than 1 MB, which no shape is: name another folder");
      }
      return Files.readString(found);
    } catch (CharacterCodingException e) {
      throw new SetupException(found + " isn't UTF-8: save it as UTF-8", e);
    } catch (IOException e) {
      throw new SetupException("can't read " + found + ": let this user read it", e);
    }
  }

  private List<String> list(String extension, Predicate<String> wanted) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(extension) && !file.startsWith("."))
          .filter(wanted)
          .map(file -> file.substring(0, file.length() - extension.length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new SetupException("can't list " + folder + ": let this user read it", e);
    }
  }
}
