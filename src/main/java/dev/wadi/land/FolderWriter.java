package dev.wadi.land;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Makes files in a folder so that each is there wholly or not at all, also after the loss of power,
 * and only one of several that want a name gets it.
 */
final class FolderWriter {

  /** Where files are written before they get their name. The embedded store hides and sweeps it. */
  private static final String UNFINISHED = ".mpus-wadi";

  /** The embedded store takes folders away that have become empty, also one just made here. */
  private static final int TRIES = 10;

  private final Path root;
  private final Disk disk;

  /** Forces a file's content, or a folder's entries, to the disk. */
  @FunctionalInterface
  interface Disk {

    /** The real one. */
    Disk REAL =
        path -> {
          try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
          }
        };

    void force(Path path) throws IOException;
  }

  /**
   * @param root the folder, made when something is written
   */
  FolderWriter(Path root, Disk disk) {
    this.root = root;
    this.disk = disk;
  }

  /**
   * Writes a file; its folders are the caller's to force.
   *
   * @return whether the name was free, and is now this content's
   */
  boolean write(byte[] content, Path file) throws IOException {
    Path unfinished = unfinished();
    try {
      Files.write(unfinished, content);
      disk.force(unfinished);
      return link(unfinished, file);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  /** The same with the content of another file, and metadata. */
  boolean copy(Path content, Map<String, String> metadata, Path file) throws IOException {
    Path unfinished = unfinished();
    try {
      Files.copy(content, unfinished, StandardCopyOption.REPLACE_EXISTING);
      UserMetadata.write(unfinished, metadata);
      disk.force(unfinished);
      return link(unfinished, file);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  /**
   * Gives a file, whose content is on the disk, another name.
   *
   * @return whether the name was free
   */
  boolean link(Path content, Path file) throws IOException {
    for (int attempt = 1; ; attempt++) {
      makeFolder(file.getParent());
      try {
        Files.createLink(file, content);
        return true;
      } catch (FileAlreadyExistsException e) {
        return false;
      } catch (NoSuchFileException e) {
        if (attempt == TRIES || Files.notExists(content)) {
          throw e;
        }
      }
    }
  }

  /** Forces all folders of these files up to the root, each once, since any may be new. */
  void forceFolders(Collection<Path> files) throws IOException {
    // the longer path first: a folder is forced before the one that it lies in
    Set<Path> folders = new TreeSet<>(Comparator.reverseOrder());
    for (Path file : files) {
      Path folder = file.getParent();
      while (folder.startsWith(root) && folders.add(folder)) {
        folder = folder.getParent();
      }
    }
    for (Path folder : folders) {
      try {
        disk.force(folder);
      } catch (NoSuchFileException e) {
        // it goes with its last file; then its parent, which is forced next, tells the disk
        continue;
      }
    }
  }

  private static void makeFolder(Path folder) throws IOException {
    try {
      Files.createDirectories(folder);
    } catch (FileAlreadyExistsException e) {
      // not to be taken for a file that has the name already
      throw new NotDirectoryException(e.getFile());
    }
  }

  /** A new file, empty. */
  private Path unfinished() throws IOException {
    for (int attempt = 1; ; attempt++) {
      Path folder = Files.createDirectories(root.resolve(UNFINISHED));
      try {
        return Files.createFile(folder.resolve(UUID.randomUUID().toString()));
      } catch (NoSuchFileException e) {
        if (attempt == TRIES) {
          throw e;
        }
      }
    }
  }
}
