package dev.wadi.process;

import java.io.File;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.localstack.LocalStackContainer;

/**
 * AWS's services as another server plays them: whatever the environment variable {@code
 * AWS_ENDPOINT_URL} names, else a {@code moto_server} of the test's own if it is on the PATH, else
 * LocalStack where Docker answers. Where there is none of them, the test is skipped and says so.
 */
public final class MotoServer implements AutoCloseable {

  private static final String COMMAND = "moto_server";
  private static final String ELSEWHERE = System.getenv("AWS_ENDPOINT_URL");
  private static final long PATIENCE = TimeUnit.MINUTES.toNanos(5);
  private static final int TRIES = 3;
  private static final long LOOK_AGAIN_MILLIS = 50;

  private final URI endpoint;
  private final Runnable closing;

  private MotoServer(URI endpoint, Runnable closing) {
    this.endpoint = endpoint;
    this.closing = closing;
  }

  /** Finds or starts one, and returns when it answers; one that it starts is empty at first. */
  public static MotoServer start() throws IOException, InterruptedException {
    if (ELSEWHERE != null && !ELSEWHERE.isBlank()) {
      return new MotoServer(URI.create(ELSEWHERE), () -> {});
    }
    if (isOnThePath()) {
      return start(TRIES);
    }
    Assumptions.assumeTrue(
        DockerClientFactory.instance().isDockerAvailable(),
        "no server plays AWS: AWS_ENDPOINT_URL names none, moto_server is not on the PATH (pip"
            + " install 'moto[server]'), and Docker does not answer, so there is no LocalStack");
    LocalStackContainer localStack = new LocalStackContainer(Images.named("AWS_IMAGE"));
    localStack.start();
    return new MotoServer(localStack.getEndpoint(), localStack::close);
  }

  /** Where it answers. */
  public URI endpoint() {
    return endpoint;
  }

  @Override
  public void close() {
    closing.run();
  }

  private static MotoServer start(int tries) throws IOException, InterruptedException {
    try {
      return startAt(FreePort.find());
    } catch (IOException e) {
      // another may have taken the port before it did
      if (tries == 1) {
        throw e;
      }
      return start(tries - 1);
    }
  }

  private static MotoServer startAt(int port) throws IOException, InterruptedException {
    ProcessBuilder command = new ProcessBuilder(COMMAND, "-p", Integer.toString(port));
    command.environment().put("PYTHONPATH", path("/moto").toString());
    command.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    Process process = command.start();
    MotoServer server = new MotoServer(URI.create("http://127.0.0.1:" + port), () -> end(process));
    long end = System.nanoTime() + PATIENCE;
    while (!server.answers()) {
      if (System.nanoTime() > end || process.waitFor(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
        server.close();
        throw new IOException("moto_server does not answer on port " + port);
      }
    }
    return server;
  }

  private static void end(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().onExit().join();
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

  private static boolean isOnThePath() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, COMMAND)));
  }
}
