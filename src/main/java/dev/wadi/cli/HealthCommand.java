package dev.wadi.cli;

import dev.wadi.event.SetupException;
import dev.wadi.ops.Setting;
import dev.wadi.ops.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import javax.net.ssl.HttpsURLConnection;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code wadi health}: whether a running Wadi is ready, for a container that has no curl. */
@Command(
    name = "health",
    mixinStandardHelpOptions = true,
    description = {
      "Asks the Wadi that runs on this machine whether all that it needs answers: exits with 0 if it"
          + " does, else with 1."
    })
public final class HealthCommand implements Callable<Integer> {

  /** Above the second that the answer waits for its checks, below a container's own timeout. */
  private static final int PATIENCE_MILLIS = 4000;

  /** What is asked for. */
  private static final class Asked {

    @Option(
        names = "--live",
        description =
            "Ask whether the process can go on: what restarts it should ask this, since no new"
                + " process mends an outage elsewhere.")
    private boolean live;

    @Option(names = "--ready", description = "Ask whether it does its own part, whatever AWS does.")
    private boolean ready;

    @Option(
        names = "--url",
        paramLabel = "URL",
        description =
            "What to ask (default: http://127.0.0.1:<wadi.http.port>/health, or https with a"
                + " certificate that isn't judged).")
    private URI url;
  }

  @Spec private CommandSpec spec;

  @ArgGroup private Asked asked = new Asked();

  @Mixin private SettingsOptions options;

  @Override
  public Integer call() {
    URI url = asked.url == null ? ofThisMachine() : asked.url;
    try {
      HttpURLConnection request = open(url);
      int status = request.getResponseCode();
      boolean ready = status == HttpURLConnection.HTTP_OK;
      spec.commandLine().getOut().println(ready ? body(request) : status + " " + body(request));
      spec.commandLine().getOut().flush();
      return ready ? 0 : 1;
    } catch (IOException | IllegalArgumentException e) {
      throw new SetupException(
          url + " does not answer (" + e + "): is wadi running there? --url names another", e);
    }
  }

  private URI ofThisMachine() {
    Settings settings = options.load();
    return URI.create(OwnServer.url(settings, settings.count(Setting.HTTP_PORT)) + path());
  }

  private String path() {
    return "/health" + (asked.live ? "/live" : asked.ready ? "/ready" : "");
  }

  private HttpURLConnection open(URI url) throws IOException {
    if (!(url.toURL().openConnection() instanceof HttpURLConnection request)) {
      throw new IOException("it is no http or https URL");
    }
    if (asked.url == null && request instanceof HttpsURLConnection https) {
      UnjudgedCertificate.on(https);
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
