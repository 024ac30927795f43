package dev.wadi.docs;

import dev.wadi.process.ClassArchive;
import dev.wadi.process.FreePort;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A shell in a folder that looks like a checkout whose application is built, as a reader of the
 * pages has it: one shell for all blocks, so that variables and jobs live on.
 */
final class ShellSession implements AutoCloseable {

  private static final List<String> LINKED = List.of("src/main", "docs", "wadi.jar", "lib");

  private final Path folder;
  private final Process shell;
  private final BufferedReader out;
  private final Writer in;
  private final int port;

  /**
   * Begins one.
   *
   * @param folder an empty one
   */
  ShellSession(Path folder) throws IOException {
    this.folder = folder;
    port = FreePort.find();
    Path here = Path.of("").toAbsolutePath();
    Files.copy(here.resolve("wadi"), folder.resolve("wadi"));
    folder.resolve("wadi").toFile().setExecutable(true);
    Files.createDirectories(folder.resolve("src"));
    for (String linked : LINKED) {
      Path built = here.resolve("target").resolve(linked);
      Path target =
          linked.startsWith("src") || linked.equals("docs") ? here.resolve(linked) : built;
      Files.createSymbolicLink(folder.resolve(linked), target);
    }
    // as the launcher of a checkout keeps it from its first start on
    Files.createSymbolicLink(folder.resolve("wadi.jsa"), ClassArchive.ofThePackagedJar());
    ProcessBuilder builder = new ProcessBuilder("bash").directory(folder.toFile());
    builder.environment().put("WADI_HTTP_PORT", Integer.toString(port));
    // few of its commands live long enough for the optimizing compiler
    builder.environment().put("WADI_JAVA_OPTS", "-Xmx512m -XX:TieredStopAtLevel=1");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.redirectError(folder.resolve("errors.txt").toFile());
    shell = builder.start();
    out = shell.inputReader(StandardCharsets.UTF_8);
    in = shell.outputWriter(StandardCharsets.UTF_8);
  }

  /** What came of a block: all of its standard output, and how its last command ended. */
  record Answer(String output, int status) {}

  /** Types a block, and waits until it is done. */
  Answer type(String block) throws IOException {
    String end = "end of block " + UUID.randomUUID();
    in.write(block.replace("127.0.0.1:8080", "127.0.0.1:" + port) + "\n");
    // a line of its own, also behind an output that doesn't end with one
    in.write("printf '\\n%s %s\\n' '" + end + "' $?\n");
    in.flush();
    List<String> lines = new ArrayList<>();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith(end)) {
        String output = String.join("\n", lines).strip();
        return new Answer(output, Integer.parseInt(line.substring(end.length() + 1)));
      }
      lines.add(line);
    }
    throw new IOException("the shell has ended: " + Files.readString(folder.resolve("errors.txt")));
  }

  /** What its commands have said beside their output. */
  String errors() {
    try {
      Path log = folder.resolve("wadi.log");
      return Files.readString(folder.resolve("errors.txt"))
          + (Files.exists(log) ? "\nwadi.log:\n" + Files.readString(log) : "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path folder() {
    return folder;
  }

  @Override
  public void close() throws IOException {
    shell.descendants().forEach(ProcessHandle::destroyForcibly);
    shell.destroyForcibly();
    // what tidies the folder up must not follow them
    for (String linked : LINKED) {
      Files.deleteIfExists(folder.resolve(linked));
    }
  }
}
