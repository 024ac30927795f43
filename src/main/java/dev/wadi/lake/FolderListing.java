package dev.wadi.lake;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** Lists files as objects. */
final class FolderListing extends SimpleFileVisitor<Path> {

  private final Path root;
  private final LakeObjects.Visitor visitor;

  FolderListing(Path root, LakeObjects.Visitor visitor) {
    this.root = root;
    this.visitor = visitor;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
    visitor.visit(root.relativize(file).toString().replace('\\', '/'), attributes.size());
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
    // a table without files has no folder, and a file may go while the lake is written to
    return failure instanceof NoSuchFileException
        ? FileVisitResult.CONTINUE
        : super.visitFileFailed(file, failure);
  }
}
