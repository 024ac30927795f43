package dev.wadi.deduplicate;

import dev.wadi.event.SetupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A ledger that can be made anew beside the one in use, which stays until the new one is whole:
 *
 * <ul>
 *   <li>{@code <folder>.rebuilding} is filled; of no use to anybody, so a later start deletes it;
 *   <li>renamed to {@code <folder>.rebuilt}, it is the ledger, and the one before is deleted;
 *   <li>it takes the name of the one before.
 * </ul>
 *
 * <p>Only the process that holds the data folder's lock may call any of this.
 */
public final class DerivedLedger {

  private DerivedLedger() {}

  /**
   * Opens the ledger in a folder, as {@link SegmentLedger#open} does; what damage took is to be
   * brought back by {@link CatchUp}.
   *
   * @throws SetupException if the folder can't be used
   */
  public static SegmentLedger open(Path folder) {
    settle(folder);
    return SegmentLedger.open(folder, OnDamage.FALL_BACK);
  }

  /**
   * Puts another ledger in the place of this one.
   *
   * @param fill gets an empty ledger, and fills it; if it fails, nothing is changed
   * @throws SetupException if the folder can't be used
   */
  public static void rebuild(Path folder, Consumer<Ledger> fill) {
    settle(folder);
    Path building = beside(folder, ".rebuilding");
    try (SegmentLedger ledger = SegmentLedger.open(building, OnDamage.FALL_BACK)) {
      fill.accept(ledger);
    }
    try {
      move(building, beside(folder, ".rebuilt"));
    } catch (IOException e) {
      throw unusable(folder, e);
    }
    settle(folder);
  }

  /**
   * Deletes a ledger that can't be brought up to date: it is made anew by {@link CatchUp}.
   *
   * @throws SetupException if the folder can't be used
   */
  public static void forget(Path folder) {
    settle(folder);
    try {
      delete(folder);
    } catch (IOException e) {
      throw unusable(folder, e);
    }
  }

  /** Goes on from where a rebuild may have been killed. */
  private static void settle(Path folder) {
    try {
      Path rebuilt = beside(folder, ".rebuilt");
      if (Files.exists(rebuilt)) {
        delete(folder);
        move(rebuilt, folder);
      }
      delete(beside(folder, ".rebuilding"));
    } catch (IOException e) {
      throw unusable(folder, e);
    }
  }

  private static SetupException unusable(Path folder, IOException e) {
    return new SetupException(
        folder + " can't be replaced: " + e + "; check its permissions and the disk", e);
  }

  private static Path beside(Path folder, String ending) {
    return folder.resolveSibling(folder.getFileName() + ending);
  }

  private static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    SegmentWriter.force(to.toAbsolutePath().getParent());
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      List<Path> files;
      try (Stream<Path> listed = Files.list(folder)) {
        files = listed.toList();
      }
      for (Path file : files) {
        Files.delete(file);
      }
      Files.delete(folder);
    }
  }
}
