package dev.wadi.lake;

import dev.wadi.event.SetupException;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The lake's folder: where its objects, markers and intents are.
 *
 * @param root absolute, with symbolic links resolved if it is there; a lake in which nothing has
 *     landed need not be
 */
public record LakeFolder(Path root) implements LakeObjects {

  /**
   * The lake of a data folder: the bucket in it that has commits, or {@code lake} if none has.
   *
   * @param data what {@code --data} names
   * @throws SetupException if it is no data folder, or has several lakes
   */
  public static LakeFolder of(Path data) {
    if (!Files.isDirectory(data)) {
      throw new SetupException(
          "there is no data folder '" + data + "': start `wadi run`, or name another with --data");
    }
    List<Path> lakes = in(data);
    if (lakes.size() > 1) {
      throw new SetupException(
          "the data folder '%s' has several lakes, %s: keep one, and move the others elsewhere"
              .formatted(data, lakes.stream().map(Path::getFileName).toList()));
    }
    Path lake = lakes.isEmpty() ? data.resolve("lake") : lakes.get(0);
    if (!Files.isDirectory(lake) && Files.isDirectory(data.resolve("_wadi"))) {
      throw new SetupException(
          "'" + data + "' is a lake itself: name the folder that holds it with --data");
    }
    try {
      return new LakeFolder(
          Files.isDirectory(lake) ? lake.toRealPath() : lake.toAbsolutePath().normalize());
    } catch (IOException e) {
      throw new SetupException("the lake's folder " + lake + " can't be read: " + e, e);
    }
  }

  /**
   * The buckets of a data folder that are lakes.
   *
   * @throws SetupException if the folder can't be read
   */
  public static List<Path> in(Path data) {
    if (!Files.isDirectory(data)) {
      return List.of();
    }
    try (DirectoryStream<Path> folders =
        Files.newDirectoryStream(data, folder -> Files.isDirectory(folder.resolve("_wadi")))) {
      List<Path> lakes = new ArrayList<>();
      folders.forEach(lakes::add);
      return lakes;
    } catch (DirectoryIteratorException | IOException e) {
      throw new SetupException("the data folder " + data + " can't be read: " + e.getMessage(), e);
    }
  }

  /**
   * The bytes of an object.
   *
   * @param key as a row of the lake names it
   * @throws SetupException if it is not there
   */
  public byte[] read(String key) {
    try {
      if (!LakeObjects.isInside(key)) {
        throw new NoSuchFileException(key);
      }
      return Files.readAllBytes(file(key));
    } catch (IOException e) {
      throw new SetupException("the lake's object " + key + " can't be read: see `wadi verify`", e);
    }
  }

  @Override
  public void list(String folder, Visitor visitor) {
    try {
      Files.walkFileTree(file(folder), new FolderListing(root, visitor));
    } catch (IOException e) {
      throw new SetupException(
          "the lake's folder " + file(folder) + " can't be read: " + e.getMessage(), e);
    }
  }

  @Override
  public Map<String, byte[]> read(Collection<String> keys) {
    Map<String, byte[]> found = new HashMap<>();
    for (String key : keys) {
      try {
        found.put(key, Files.readAllBytes(file(key)));
      } catch (NoSuchFileException e) {
        continue;
      } catch (IOException e) {
        throw new SetupException("the lake's object " + key + " can't be read: " + e, e);
      }
    }
    return found;
  }

  @Override
  public boolean exists(String key) {
    return Files.exists(file(key));
  }

  /** Objects are files already. */
  @Override
  public Fetched fetch(Collection<String> keys) {
    return () -> {};
  }

  @Override
  public Path file(String key) {
    return root.resolve(key);
  }

  /** The marker of a commit, which need not be there. */
  Path marker(String commit) {
    return root.resolve("_wadi/commits").resolve(commit + ".json");
  }

  /**
   * The commits that have a marker, in order. No later one is among them if an earlier one is not:
   * a folder that is written to may list the later of two new files alone.
   */
  List<String> markers() {
    Path folder = root.resolve("_wadi/commits");
    TreeSet<String> first = commits(folder);
    return first.isEmpty()
        ? List.of()
        : Collections.unmodifiableList(
            new ArrayList<>(commits(folder).headSet(first.last(), true)));
  }

  /** The commits whose intent is open. */
  Set<String> openIntents() {
    return commits(root.resolve("_wadi/intents"));
  }

  private static TreeSet<String> commits(Path folder) {
    TreeSet<String> commits = new TreeSet<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        CommitNames.of(file.getFileName().toString()).ifPresent(commits::add);
      }
      return commits;
    } catch (NoSuchFileException e) {
      return commits;
    } catch (DirectoryIteratorException | IOException e) {
      throw new SetupException(
          "the lake's folder " + folder + " can't be read: " + e.getMessage(), e);
    }
  }
}
