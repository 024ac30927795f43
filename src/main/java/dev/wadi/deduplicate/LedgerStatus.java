package dev.wadi.deduplicate;

import dev.wadi.event.SetupException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a ledger's files say of it, without opening it: another process may be at work on it.
 *
 * @param keys how many it has; one that was appended twice may count twice until it is merged
 * @param segments how many files it has
 * @param bytes what they take on the disk
 * @param lastCommit the greatest commit id that was appended, or null if there is none
 */
public record LedgerStatus(long keys, int segments, long bytes, String lastCommit) {

  private static final int LOOKS = 10;
  private static final LedgerStatus NONE = new LedgerStatus(0, 0, 0, null);

  /**
   * Looks at the ledger in a folder, which need not be there.
   *
   * @throws SetupException if a file can't be read, or isn't what was written
   */
  public static LedgerStatus of(Path folder) {
    // a merge may delete files between the listing and the reading
    for (int look = 1; ; look++) {
      try {
        return Files.isDirectory(folder) ? look(folder) : NONE;
      } catch (DamagedSegmentException e) {
        throw new SetupException(
            folder + ": " + e.getMessage() + "; make it anew with wadi ledger rebuild", e);
      } catch (IOException e) {
        if (look == LOOKS || !(e instanceof NoSuchFileException)) {
          throw new SetupException(folder + " can't be read: " + e, e);
        }
      }
    }
  }

  private static LedgerStatus look(Path folder) throws IOException {
    LedgerStatus status = NONE;
    long end = 0;
    for (SegmentRange range : ranges(folder)) {
      if (range.to() > end) {
        status = status.plus(folder.resolve(range.fileName()));
        end = range.to();
      }
    }
    return status;
  }

  /** The longest first of those that begin with the same append: the others are in it. */
  private static List<SegmentRange> ranges(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .flatMap(file -> SegmentRange.parse(file.getFileName().toString()).stream())
          .sorted(
              Comparator.comparingLong(SegmentRange::from)
                  .thenComparing(Comparator.comparingLong(SegmentRange::to).reversed()))
          .toList();
    }
  }

  private LedgerStatus plus(Path segment) throws IOException {
    try (FileChannel file = FileChannel.open(segment)) {
      SegmentFooter footer = SegmentFooter.read(file);
      String last = footer.lastCommit();
      return new LedgerStatus(
          keys + footer.count(),
          segments + 1,
          bytes + footer.fileLength(),
          last.equals(SegmentFooter.NO_COMMIT) ? null : last);
    } catch (DamagedSegmentException e) {
      throw new DamagedSegmentException(segment.getFileName() + " is damaged: " + e.getMessage());
    }
  }
}
