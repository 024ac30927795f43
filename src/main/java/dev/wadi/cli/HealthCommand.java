package dev.wadi.cli;

import dev.wadi.event.SetupException;
import dev.wadi.ops.Setting;
import dev.wadi.ops.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code wadi health}: whether a running Wadi is ready, for a container that has no curl. */
@Command(
    name = "health",
    mixinStandardHelpOptions = true,
    description = "Asks a running Wadi whether it is ready: exits with 0 if it is, else with 1.")
public final class HealthCommand implements Callable<Integer> {

  /** Above the second that the answer waits for its checks, below a container's own timeout. */
  private static final int PATIENCE_MILLIS = 4000;

  @Spec private CommandSpec spec;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "What to ask (default: http://127.0.0.1:<wadi.http.port>/health).")
  private URI url;

  @Override
  public Integer call() {
    URI asked = url == null ? ofThisMachine() : url;
    try {
      HttpURLConnection request = open(asked);
      int status = request.getResponseCode();
      boolean ready = status == HttpURLConnection.HTTP_OK;
      spec.commandLine().getOut().println(ready ? body(request) : status + " " + body(request));
      spec.commandLine().getOut().flush();
      return ready ? 0 : 1;
    } catch (IOException | IllegalArgumentException e) {
      throw new SetupException(
          asked + " does not answer (" + e + "): is wadi running there? --url names another", e);
    }
  }

  private static URI ofThisMachine() {
    Settings settings = Settings.load("local", Map.of(), null);
    return URI.create("http://127.0.0.1:" + settings.count(Setting.HTTP_PORT) + "/health");
  }

  private static HttpURLConnection open(URI asked) throws IOException {
    if (!(asked.toURL().openConnection() instanceof HttpURLConnection request)) {
      throw new IOException("it is no http or https URL");
    }
    request.setConnectTimeout(PATIENCE_MILLIS);
    request.setReadTimeout(PATIENCE_MILLIS);
    return request;
  }

  private static String body(HttpURLConnection request) throws IOException {
    int status = request.getResponseCode();
    try (InputStream in =
        status < HttpURLConnection.HTTP_BAD_REQUEST
            ? request.getInputStream()
            : request.getErrorStream()) {
      return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
  }
}
