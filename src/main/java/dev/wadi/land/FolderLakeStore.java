package dev.wadi.land;

import dev.wadi.event.TransientException;
import dev.wadi.ops.Failpoint;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The lake in a local folder: an object is a file that lies there under its key, as the embedded
 * store keeps it, with or without that store at work on the same folder. What it has answered
 * survives the loss of power. Thread-safe.
 */
public final class FolderLakeStore implements LakeStore {

  private final Path lake;
  private final FolderWriter writer;

  /**
   * @param lake the folder, made when something is put
   */
  public FolderLakeStore(Path lake) {
    this(lake, FolderWriter.Disk.REAL);
  }

  FolderLakeStore(Path lake, FolderWriter.Disk disk) {
    this.lake = lake.toAbsolutePath().normalize();
    this.writer = new FolderWriter(this.lake, disk);
  }

  @Override
  public boolean putIfAbsent(String key, byte[] body) {
    Path file = file(key);
    boolean first;
    try {
      first = !Files.exists(file) && writer.write(body, file);
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
      publish(object, file);
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

  private void publish(StagedObject object, Path file) {
    try {
      UserMetadata.write(object.file(), object.metadata());
      boolean first;
      try {
        first = writer.link(object.file(), file);
      } catch (NoSuchFileException e) {
        throw e;
      } catch (FileSystemException e) {
        // such as another disk, to which no link leads
        first = writer.copy(object.file(), object.metadata(), file);
      }
      if (!first && !Files.isSameFile(file, object.file())) {
        object.requireSame(metadata(object.key()));
      }
    } catch (IOException e) {
      throw failed("put", file, e);
    }
  }

  private void forceFolders(Collection<Path> files) {
    try {
      writer.forceFolders(files);
    } catch (IOException e) {
      throw failed("force to the disk", lake, e);
    }
  }

  private static TransientException failed(String verb, Path file, IOException cause) {
    return new TransientException("could not " + verb + " " + file + ": " + cause, cause);
  }
}
