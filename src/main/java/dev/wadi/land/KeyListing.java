package dev.wadi.land;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Lists the objects that lie in a folder of the lake, but not what unfinished puts have there. */
final class KeyListing extends SimpleFileVisitor<Path> {

  /** The embedded store writes {@code <key>-<uuid>} and links it to the key when it is whole. */
  private static final Pattern UNFINISHED =
      Pattern.compile(".*-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private static final String HIDDEN = ".mpus-";

  private final Path lake;
  private final SortedSet<String> keys = new TreeSet<>();

  private KeyListing(Path lake) {
    this.lake = lake;
  }

  /** The keys of all objects in a folder, in order; none if it isn't there. */
  static SortedSet<String> of(Path lake, Path folder) throws IOException {
    KeyListing listing = new KeyListing(lake);
    Files.walkFileTree(folder, listing);
    return listing.keys;
  }

  @Override
  public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
    return isHidden(folder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
    if (!isHidden(file) && !UNFINISHED.matcher(file.getFileName().toString()).matches()) {
      keys.add(lake.relativize(file).toString().replace('\\', '/'));
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
    // the folder need not be there, and a file may go meanwhile
    return failure instanceof NoSuchFileException
        ? FileVisitResult.CONTINUE
        : super.visitFileFailed(file, failure);
  }

  private boolean isHidden(Path path) {
    return lake.equals(path.getParent()) && path.getFileName().toString().startsWith(HIDDEN);
  }
}
