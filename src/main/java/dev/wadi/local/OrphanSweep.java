package dev.wadi.local;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Removes what puts that were killed have left in a bucket's folder. S3Proxy would list it as
 * objects. A compaction may be putting objects meanwhile: it tries again what is taken from it
 * here.
 */
final class OrphanSweep extends SimpleFileVisitor<Path> {

  private final Path bucket;
  private Path upload;
  private int swept;

  private OrphanSweep(Path bucket) {
    this.bucket = bucket;
  }

  /** Sweeps a bucket and answers how many files went. */
  static int sweep(Path bucket) throws IOException {
    OrphanSweep sweep = new OrphanSweep(bucket);
    Files.walkFileTree(bucket, sweep);
    return sweep.swept;
  }

  @Override
  public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
    if (upload == null && bucket.equals(folder.getParent()) && isUpload(folder)) {
      upload = folder;
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
    boolean uploaded = upload != null || (bucket.equals(file.getParent()) && isUpload(file));
    if (uploaded || StoredFile.isUnfinished(file.getFileName().toString())) {
      swept += Files.deleteIfExists(file) ? 1 : 0;
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
    return failure instanceof NoSuchFileException
        ? FileVisitResult.CONTINUE
        : super.visitFileFailed(file, failure);
  }

  @Override
  public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
    super.postVisitDirectory(folder, failure);
    if (upload != null) {
      deleteIfEmpty(folder);
    }
    if (folder.equals(upload)) {
      upload = null;
    }
    return FileVisitResult.CONTINUE;
  }

  private static void deleteIfEmpty(Path folder) throws IOException {
    try {
      Files.deleteIfExists(folder);
    } catch (DirectoryNotEmptyException e) {
      // something was put into it just now
      return;
    }
  }

  private static boolean isUpload(Path path) {
    return StoredFile.isUpload(path.getFileName().toString());
  }
}
