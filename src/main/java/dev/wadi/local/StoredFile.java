package dev.wadi.local;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** How the store names files: a key is its file's path, and what is being put has a suffix. */
final class StoredFile {

  /** S3Proxy writes {@code <key>-<uuid>} first and links it to the key when it is complete. */
  private static final Pattern UNFINISHED =
      Pattern.compile(
          ".*\\.[A-Za-z0-9]+-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
          Pattern.DOTALL);

  private static final String UPLOAD = ".mpus-";
  private static final int LONGEST_NAME = 255;
  private static final int SUFFIX = 37;

  private StoredFile() {}

  /** Whether a file of this name is what a killed put left behind. */
  static boolean isUnfinished(String name) {
    return UNFINISHED.matcher(name).matches();
  }

  /** Whether a file or folder of this name belongs to a multipart upload that was not completed. */
  static boolean isUpload(String name) {
    return name.startsWith(UPLOAD);
  }

  /** What is wrong with a key for this store, or null if nothing is. */
  static String fault(String key) {
    String[] segments = key.split("/", -1);
    for (int i = 0; i < segments.length; i++) {
      String segment = segments[i];
      boolean last = i == segments.length - 1;
      // a slash at the end marks a folder; any other empty segment would be dropped silently
      if (segment.isEmpty() && !(last && i > 0)) {
        return "it has an empty segment, which a folder can't hold";
      }
      if (segment.equals(".") || segment.equals("..")) {
        return "it has a segment " + segment + ", which would lead elsewhere";
      }
      int length = segment.getBytes(StandardCharsets.UTF_8).length;
      if (length > (last ? LONGEST_NAME - SUFFIX : LONGEST_NAME)) {
        return "it has a segment of " + length + " bytes, which a file's name can't hold";
      }
    }
    if (isUnfinished(key)) {
      return "it looks like an unfinished put, which the next start would sweep";
    }
    return null;
  }
}
