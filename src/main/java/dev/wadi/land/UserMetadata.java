package dev.wadi.land;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.HashMap;
import java.util.Map;

/**
 * The user metadata of an object that is a file, in the extended attributes in which the embedded
 * store (S3Proxy) keeps it. A file system that has none keeps no metadata.
 */
final class UserMetadata {

  private static final String PREFIX = "user.user-metadata.";

  private UserMetadata() {}

  static void write(Path file, Map<String, String> metadata) throws IOException {
    UserDefinedFileAttributeView view = view(file);
    if (view == null) {
      return;
    }
    for (Map.Entry<String, String> entry : metadata.entrySet()) {
      try {
        view.write(PREFIX + entry.getKey(), StandardCharsets.UTF_8.encode(entry.getValue()));
      } catch (NoSuchFileException e) {
        throw e;
      } catch (FileSystemException e) {
        // not supported here: then only a hard link is known again as the same file
        return;
      }
    }
  }

  static Map<String, String> read(Path file) throws IOException {
    Map<String, String> metadata = new HashMap<>();
    UserDefinedFileAttributeView view = view(file);
    if (view == null) {
      return metadata;
    }
    for (String name : view.list()) {
      if (name.startsWith(PREFIX)) {
        ByteBuffer value = ByteBuffer.allocate(view.size(name));
        view.read(name, value);
        metadata.put(
            name.substring(PREFIX.length()),
            StandardCharsets.UTF_8.decode(value.flip()).toString());
      }
    }
    return metadata;
  }

  private static UserDefinedFileAttributeView view(Path file) {
    return Files.getFileAttributeView(file, UserDefinedFileAttributeView.class);
  }
}
