package dev.wadi.land;

/**
 * How rows are spread over folders and files.
 *
 * @param duplicates the folder of the table {@code duplicates}; one that readers look into
 */
public record FileLayout(Partitioning partitioning, FileLimits limits, String duplicates) {

  /** The usual folders. */
  public FileLayout(Partitioning partitioning, FileLimits limits) {
    this(partitioning, limits, Tables.DUPLICATES);
  }
}
