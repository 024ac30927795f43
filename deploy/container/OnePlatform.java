import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Leaves in a folder of jars the native libraries of one Linux platform (glibc), for an image:
 *
 * <pre>java OnePlatform.java target/lib amd64</pre>
 *
 * <p>DuckDB's library, by far the largest, is laid beside its jar, where its driver looks when the
 * jar has none: so no process unpacks 70 MB of it into the temporary folder, which in a container
 * may be memory. All files get one date, so that the same jars make the same layer.
 */
public final class OnePlatform {

  /** What the build of an architecture (as Docker calls it) calls it. */
  private static final Map<String, List<String>> NAMES =
      Map.of("amd64", List.of("amd64", "x86_64"), "arm64", List.of("arm64", "aarch64", "aarch_64"));

  private static final Pattern NATIVE =
      Pattern.compile(".*\\.(so|dll|dylib|jnilib)(_[a-z]+_[a-z0-9]+)?");
  private static final Pattern FOR_LINUX = Pattern.compile(".*\\.so(_linux_[a-z0-9]+)?");

  /** Folders with libraries for systems that end in .so as well. */
  private static final Pattern ELSEWHERE =
      Pattern.compile("(^|.*/)(aix|android|freebsd|linux-(musl|android))/.*");

  private static final Pattern BESIDE_THE_JAR = Pattern.compile("libduckdb_java\\.so_linux_.*");
  private static final FileTime DATE = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));

  private final Path folder;
  private final List<String> architecture;

  private OnePlatform(Path folder, String architecture) {
    this.folder = folder;
    this.architecture = NAMES.get(architecture);
  }

  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 2 || !NAMES.containsKey(arguments[1])) {
      System.err.println("usage: java OnePlatform.java FOLDER amd64|arm64");
      System.exit(2);
    }
    new OnePlatform(Path.of(arguments[0]), arguments[1]).strip();
  }

  private void strip() throws IOException {
    long before = size();
    for (Path jar : files()) {
      if (jar.toString().endsWith(".jar")) {
        strip(jar);
      }
    }
    for (Path file : files()) {
      Files.setLastModifiedTime(file, DATE);
    }
    Files.setLastModifiedTime(folder, DATE);
    System.out.printf("%s: %,d bytes, before %,d%n", folder, size(), before);
  }

  private void strip(Path jar) throws IOException {
    try (ZipFile content = new ZipFile(jar.toFile())) {
      List<String> natives =
          content.stream().map(ZipEntry::getName).filter(OnePlatform::isNative).toList();
      List<String> kept = natives.stream().filter(this::isOurs).toList();
      if (natives.isEmpty()) {
        return;
      }
      if (kept.isEmpty()) {
        throw new IllegalStateException(
            jar + " has native libraries, and none for " + architecture + ": " + natives);
      }
      Path stripped = jar.resolveSibling(jar.getFileName() + ".stripped");
      try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(stripped))) {
        for (ZipEntry entry : content.stream().toList()) {
          if (BESIDE_THE_JAR.matcher(entry.getName()).matches() && isOurs(entry.getName())) {
            layBeside(content, entry);
          } else if (!isNative(entry.getName()) || isOurs(entry.getName())) {
            copy(content, entry, out);
          }
        }
      }
      Files.move(stripped, jar, StandardCopyOption.REPLACE_EXISTING);
      System.out.printf("%s: kept %s of %d%n", jar.getFileName(), kept, natives.size());
    }
  }

  private void layBeside(ZipFile content, ZipEntry entry) throws IOException {
    try (InputStream in = content.getInputStream(entry)) {
      Files.copy(in, folder.resolve(entry.getName()), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static void copy(ZipFile content, ZipEntry entry, ZipOutputStream out)
      throws IOException {
    ZipEntry copy = new ZipEntry(entry.getName());
    copy.setLastModifiedTime(DATE);
    out.putNextEntry(copy);
    try (InputStream in = content.getInputStream(entry)) {
      in.transferTo(out);
    }
    out.closeEntry();
  }

  private static boolean isNative(String name) {
    return NATIVE.matcher(name).matches();
  }

  private boolean isOurs(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return FOR_LINUX.matcher(lower).matches()
        && !ELSEWHERE.matcher(lower).matches()
        && architecture.stream().anyMatch(lower::contains);
  }

  private long size() throws IOException {
    long bytes = 0;
    for (Path file : files()) {
      bytes += Files.size(file);
    }
    return bytes;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
