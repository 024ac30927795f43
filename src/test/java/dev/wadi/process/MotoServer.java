package dev.wadi.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * AWS's services as {@code moto_server} plays them: one of the test's own if it is on the PATH, or
 * whatever the environment variable {@code AWS_ENDPOINT_URL} names. Where there is neither, the
 * test is skipped and says so.
 */
public final class MotoServer implements AutoCloseable {

  private static final String COMMAND = "moto_server";
  private static final String ELSEWHERE = System.getenv("AWS_ENDPOINT_URL");
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);
  private static final long LOOK_AGAIN_MILLIS = 50;

  private final URI endpoint;
  private final Process process;

  private MotoServer(URI endpoint, Process process) {
    this.endpoint = endpoint;
    this.process = process;
  }

  /** Starts one on a free port, and returns when it answers; empty at first. */
  public static MotoServer start() throws IOException, InterruptedException {
    if (ELSEWHERE != null && !ELSEWHERE.isBlank()) {
      return new MotoServer(URI.create(ELSEWHERE), null);
    }
    Assumptions.assumeTrue(
        isOnThePath(),
        "no server plays AWS: moto_server is not on the PATH (pip install 'moto[server]'),"
            + " and AWS_ENDPOINT_URL names no other");
    return startHere();
  }

  /** Starts one of the test's own, whatever the environment names. */
  static MotoServer startHere() throws IOException, InterruptedException {
    return start(freePort());
  }

  /** Where it answers. */
  public URI endpoint() {
    return endpoint;
  }

  @Override
  public void close() {
    if (process != null) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().onExit().join();
    }
  }

  private static MotoServer start(int port) throws IOException, InterruptedException {
    ProcessBuilder command = new ProcessBuilder(COMMAND, "-p", Integer.toString(port));
    command.environment().put("PYTHONPATH", path("/moto").toString());
    command.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    MotoServer server = new MotoServer(URI.create("http://127.0.0.1:" + port), command.start());
    long end = System.nanoTime() + PATIENCE;
    while (!server.answers()) {
      if (System.nanoTime() > end
          || server.process.waitFor(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
        server.close();
        throw new IOException("moto_server does not answer on port " + port);
      }
    }
    return server;
  }

  private boolean answers() throws IOException {
    HttpURLConnection request =
        (HttpURLConnection) endpoint.resolve("/moto-api/").toURL().openConnection();
    try {
      return request.getResponseCode() == HttpURLConnection.HTTP_OK;
    } catch (IOException notYet) {
      return false;
    } finally {
      request.disconnect();
    }
  }

  private static Path path(String resource) {
    try {
      return Path.of(MotoServer.class.getResource(resource).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether one can be started here. */
  static boolean isOnThePath() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, COMMAND)));
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
