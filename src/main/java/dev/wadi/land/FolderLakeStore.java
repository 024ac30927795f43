package dev.wadi.land;

import dev.wadi.event.TransientException;
import dev.wadi.ops.Failpoint;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * The lake in a local folder: an object is a file that lies there under its key, as the embedded
 * store keeps it, with or without that store at work on the same folder. What it has answered
 * survives the loss of power. Thread-safe.
 */
public final class FolderLakeStore implements LakeStore {

  /** Where files are written before they get their key. The embedded store hides and sweeps it. */
  private static final String UNFINISHED = ".mpus-wadi";

  /** The embedded store takes folders away that have become empty, also one just made here. */
  private static final int TRIES = 10;

  /** Forces a file's content, or a folder's entries, to the disk. */
  @FunctionalInterface
  interface Disk {
    void force(Path path) throws IOException;
  }

  private final Path lake;
  private final Disk disk;

  /**
   * @param lake the folder, made when something is put
   */
  public FolderLakeStore(Path lake) {
    this(lake, FolderLakeStore::force);
  }

  FolderLakeStore(Path lake, Disk disk) {
    this.lake = lake.toAbsolutePath().normalize();
    this.disk = disk;
  }

  @Override
  public boolean putIfAbsent(String key, byte[] body) {
    Path file = file(key);
    boolean first;
    try {
      first = !Files.exists(file) && write(file, body);
    } catch (IOException e) {
      throw failed("put", file, e);
    }
    // also of one that was there: whoever put it may not have come so far
    forceFolders(Set.of(file));
    return first;
  }

  @Override
  public void publish(List<StagedObject> objects) {
    for (StagedObject object : objects) {
      Path file = file(object.key());
      try {
        publish(object, file);
      } catch (IOException e) {
        throw failed("put", file, e);
      }
      Failpoint.reach("published-one");
    }
    forceFolders(objects.stream().map(object -> file(object.key())).toList());
  }

  @Override
  public Optional<byte[]> get(String key) {
    Path file = file(key);
    try {
      return Optional.of(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw failed("get", file, e);
    }
  }

  @Override
  public Optional<LakeFile> file(String key, Path folder) {
    Path file = file(key);
    return Files.isRegularFile(file) ? Optional.of(new LakeFile(file, false)) : Optional.empty();
  }

  @Override
  public Optional<Map<String, String>> metadata(String key) {
    Path file = file(key);
    try {
      return Files.isRegularFile(file) ? Optional.of(UserMetadata.read(file)) : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw failed("read the metadata of", file, e);
    }
  }

  @Override
  public void delete(String key) {
    deleteFile(key);
    forceFolders(Set.of(file(key)));
  }

  @Override
  public void delete(Collection<String> keys) {
    for (String key : keys) {
      deleteFile(key);
      Failpoint.reach("deleted-one");
    }
    forceFolders(keys.stream().map(this::file).toList());
  }

  @Override
  public List<String> keys(String prefix, String after) {
    Path folder = lake.resolve(prefix.substring(0, prefix.lastIndexOf('/') + 1));
    try {
      return KeyListing.of(lake, folder).stream()
          .filter(key -> key.startsWith(prefix) && (after == null || key.compareTo(after) > 0))
          .toList();
    } catch (IOException e) {
      throw failed("list", folder, e);
    }
  }

  /** Keys come from intents and manifests too, which somebody else may have written. */
  private Path file(String key) {
    Path file = lake.resolve(key);
    if (!file.startsWith(lake) || !file.normalize().equals(file) || key.endsWith("/")) {
      throw new IllegalArgumentException("the lake can't hold the key " + key);
    }
    return file;
  }

  private void deleteFile(String key) {
    Path file = file(key);
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw failed("delete", file, e);
    }
  }

  /** Whether the key was free and is now this body's. */
  private boolean write(Path file, byte[] body) throws IOException {
    Path unfinished = unfinished();
    try {
      Files.write(unfinished, body);
      disk.force(unfinished);
      link(file, unfinished);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private void publish(StagedObject object, Path file) throws IOException {
    try {
      UserMetadata.write(object.file(), object.metadata());
      link(file, object.file());
    } catch (FileAlreadyExistsException e) {
      if (!Files.isSameFile(file, object.file())) {
        object.requireSame(metadata(object.key()));
      }
    } catch (NoSuchFileException e) {
      throw e;
    } catch (FileSystemException e) {
      // such as another disk, to which no link leads
      copy(object, file);
    }
  }

  private void copy(StagedObject object, Path file) throws IOException {
    Path unfinished = unfinished();
    try {
      Files.copy(object.file(), unfinished, StandardCopyOption.REPLACE_EXISTING);
      UserMetadata.write(unfinished, object.metadata());
      disk.force(unfinished);
      link(file, unfinished);
    } catch (FileAlreadyExistsException e) {
      object.requireSame(metadata(object.key()));
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private static void link(Path file, Path content) throws IOException {
    for (int attempt = 1; ; attempt++) {
      makeFolder(file.getParent());
      try {
        Files.createLink(file, content);
        return;
      } catch (NoSuchFileException e) {
        if (attempt == TRIES || Files.notExists(content)) {
          throw e;
        }
      }
    }
  }

  private static void makeFolder(Path folder) throws IOException {
    try {
      Files.createDirectories(folder);
    } catch (FileAlreadyExistsException e) {
      // not to be taken for an object that has the key already
      throw new NotDirectoryException(e.getFile());
    }
  }

  /** A new file, empty. */
  private Path unfinished() throws IOException {
    for (int attempt = 1; ; attempt++) {
      Path folder = Files.createDirectories(lake.resolve(UNFINISHED));
      try {
        return Files.createFile(folder.resolve(UUID.randomUUID().toString()));
      } catch (NoSuchFileException e) {
        if (attempt == TRIES) {
          throw e;
        }
      }
    }
  }

  /** All folders of these files up to the lake, each once, since any may be new. */
  private void forceFolders(Collection<Path> files) {
    // the longer path first: a folder is forced before the one that it lies in
    Set<Path> folders = new TreeSet<>(Comparator.reverseOrder());
    for (Path file : files) {
      Path folder = file.getParent();
      while (folder.startsWith(lake) && folders.add(folder)) {
        folder = folder.getParent();
      }
    }
    for (Path folder : folders) {
      try {
        disk.force(folder);
      } catch (NoSuchFileException e) {
        // it goes with its last object; then its parent, which is forced next, tells the disk
        continue;
      } catch (IOException e) {
        throw failed("force to the disk", folder, e);
      }
    }
  }

  private static void force(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static TransientException failed(String verb, Path file, IOException cause) {
    return new TransientException("could not " + verb + " " + file + ": " + cause, cause);
  }
}
