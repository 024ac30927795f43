package dev.wadi.lake;

import dev.wadi.event.SetupException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lake's folder: where its objects, markers and intents are.
 *
 * @param root absolute, with symbolic links resolved if it is there; a lake in which nothing has
 *     landed need not be
 */
public record LakeFolder(Path root) {

  /** An object store may leave {@code <key>-<uuid>} behind, which is no marker and no intent. */
  private static final Pattern OF_A_COMMIT = Pattern.compile("([0-9A-Za-z]+)\\.json");

  /**
   * The lake of a data folder.
   *
   * @param data what {@code --data} names
   * @throws SetupException if it is no data folder
   */
  public static LakeFolder of(Path data) {
    if (!Files.isDirectory(data)) {
      throw new SetupException(
          "there is no data folder '" + data + "': start `wadi run`, or name another with --data");
    }
    Path lake = data.resolve("lake");
    if (!Files.isDirectory(lake) && Files.isDirectory(data.resolve("_wadi"))) {
      throw new SetupException(
          "'" + data + "' is a lake itself: name the folder that holds it with --data");
    }
    try {
      return new LakeFolder(
          Files.isDirectory(lake) ? lake.toRealPath() : lake.toAbsolutePath().normalize());
    } catch (IOException e) {
      throw new UncheckedIOException("the lake's folder " + lake + " can't be read", e);
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
      if (!holds(key)) {
        throw new NoSuchFileException(key);
      }
      return Files.readAllBytes(file(key));
    } catch (IOException e) {
      throw new SetupException("the lake's object " + key + " can't be read: see `wadi verify`", e);
    }
  }

  /** The file that holds an object. */
  Path file(String key) {
    return root.resolve(key);
  }

  /** Whether a key stays inside the lake, as every key that Wadi writes does. */
  boolean holds(String key) {
    return !key.startsWith("/") && root.resolve(key).normalize().equals(root.resolve(key));
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

  /**
   * The compactions of which something is left to be done: they are on their way, were given up, or
   * have not deleted yet what they replaced.
   */
  Set<String> pendingCompactions() {
    return commits(root.resolve("_wadi/compactions"));
  }

  /** The commits whose intent is open. */
  Set<String> openIntents() {
    return commits(root.resolve("_wadi/intents"));
  }

  private static TreeSet<String> commits(Path folder) {
    TreeSet<String> commits = new TreeSet<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Matcher name = OF_A_COMMIT.matcher(file.getFileName().toString());
        if (name.matches()) {
          commits.add(name.group(1));
        }
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
