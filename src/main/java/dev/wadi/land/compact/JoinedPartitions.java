package dev.wadi.land.compact;

import dev.wadi.event.TransientException;
import dev.wadi.land.LakeFile;
import dev.wadi.land.LakeStore;
import dev.wadi.land.Manifest.LandedFile;
import dev.wadi.land.StagedObject;
import dev.wadi.land.format.Durable;
import dev.wadi.land.format.FileStats;
import dev.wadi.ops.Closing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the joined files of a commit into a folder, {@code <folder>/<commit>/<n>/}, where they lie
 * until they are in the lake. Nothing in it is needed after a crash.
 */
final class JoinedPartitions {

  private static final Logger LOG = LoggerFactory.getLogger(JoinedPartitions.class);

  private final LakeStore store;
  private final List<Joiner> joiners;
  private final Path folder;

  JoinedPartitions(LakeStore store, List<Joiner> joiners, Path folder) {
    this.store = store;
    this.joiners = joiners;
    this.folder = folder;
  }

  /** Whether there is a way to join files of this format. */
  boolean canJoin(SmallFiles files) {
    return joiner(files).isPresent();
  }

  /**
   * Joins some files.
   *
   * @param commit the commit that will replace them
   * @param number of the first of the new files in the commit
   * @return the new files, fsynced
   * @throws UnjoinableException if they can't be joined
   * @throws TransientException if the store or the disk fails
   */
  List<StagedObject> join(String commit, int number, SmallFiles files) throws UnjoinableException {
    Path staged = folder.resolve(commit).resolve(Integer.toString(number));
    try (Closing copies = new Closing()) {
      Files.createDirectories(staged);
      Path downloads = Files.createDirectories(folder.resolve("downloads"));
      List<Path> inputs = new ArrayList<>();
      for (LandedFile file : files.files()) {
        inputs.add(copies.opened(input(file, downloads)).path());
      }
      List<FileStats> written = joiner(files).orElseThrow().join(inputs, staged);
      long rows = written.stream().mapToLong(FileStats::rows).sum();
      if (rows != files.rows()) {
        throw new UnjoinableException(
            "its files have " + rows + " rows, their manifests say " + files.rows(), null);
      }
      return objects(commit, number, files, written);
    } catch (IOException e) {
      throw new TransientException("can't join files in " + staged + ": " + e.getMessage(), e);
    }
  }

  /** Deletes what was written for a commit. What can't be deleted now goes at the next start. */
  void discard(String commit) {
    try {
      delete(folder.resolve(commit));
    } catch (TransientException e) {
      LOG.warn("{}", e.getMessage());
    }
  }

  /** Deletes everything that an earlier process left. */
  void discardAll() {
    delete(folder);
  }

  /** A file that is not as it was written must not be made to look whole by joining it. */
  private LakeFile input(LandedFile file, Path downloads) throws IOException, UnjoinableException {
    LakeFile input =
        store
            .file(file.key(), downloads)
            .orElseThrow(
                () ->
                    new UnjoinableException(
                        "the lake has lost " + file.key() + ": see `wadi verify`", null));
    if (!Durable.sha256(input.path()).equals(file.sha256())) {
      input.close();
      throw new UnjoinableException(
          file.key() + " is not as it was written: see `wadi verify --checksums`", null);
    }
    return input;
  }

  private static List<StagedObject> objects(
      String commit, int number, SmallFiles files, List<FileStats> written) {
    List<StagedObject> objects = new ArrayList<>();
    for (FileStats file : written) {
      objects.add(
          new StagedObject(
              commit,
              files.table(),
              files.folder() + commit + "-" + (number + objects.size()) + "." + files.extension(),
              file.file(),
              file.rows(),
              file.bytes(),
              file.sha256()));
    }
    return objects;
  }

  private Optional<Joiner> joiner(SmallFiles files) {
    return joiners.stream()
        .filter(joiner -> joiner.extension().equals(files.extension()))
        .findFirst();
  }

  private static void delete(Path target) {
    if (Files.notExists(target)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(target)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new TransientException("can't delete joined files in " + target + ": " + e, e);
    }
  }
}
