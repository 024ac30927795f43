package dev.wadi.crash.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** All objects of a bucket as files of a folder, as any reader of it sees them. */
public final class BucketCopy {

  private BucketCopy() {}

  /** Fetches every object. */
  public static Path of(S3Client s3, String bucket, Path folder) throws IOException {
    Files.createDirectories(folder);
    for (S3Object object :
        s3.listObjectsV2Paginator(list -> list.bucket(bucket)).contents().stream().toList()) {
      Path file = folder.resolve(object.key());
      Files.createDirectories(file.getParent());
      s3.getObject(get -> get.bucket(bucket).key(object.key()), ResponseTransformer.toFile(file));
    }
    return folder;
  }

  /** The keys of all objects under a prefix. */
  static List<String> keys(Path copy, String prefix) throws IOException {
    Path folder = copy.resolve(prefix);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> tree = Files.walk(folder)) {
      return tree.filter(Files::isRegularFile)
          .map(file -> copy.relativize(file).toString())
          .sorted()
          .toList();
    }
  }
}
