package dev.wadi.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wadi.event.SetupException;
import dev.wadi.ops.Setting;
import dev.wadi.ops.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code wadi tap}: a sample of what passes a node of a running Wadi. */
@Command(
    name = "tap",
    mixinStandardHelpOptions = true,
    description = {
      "Prints a sample of what passes a node of the routes of a running Wadi, without slowing it,",
      "until it is stopped; see docs/tap.md. Without a node it prints which there are. The token, if",
      "one is asked for, is taken from WADI_HTTP_TAP_TOKEN."
    })
public final class TapCommand implements Callable<Integer> {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "NODE",
      description = "The id of a node, or of a route: then its first node.")
  private String node;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "Where it runs (default: http://127.0.0.1:<wadi.http.port>).")
  private URI url;

  @Option(names = "--port", paramLabel = "P", description = "The port on this machine.")
  private Integer port;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The properties file that it runs by.")
  private Path config;

  @Option(
      names = "--filter",
      paramLabel = "EXPR",
      description = "Only bodies with path=value, path!=value or path~part.")
  private String filter;

  @Option(
      names = "--sample",
      paramLabel = "N|1/N",
      description = "So many a second (default: 10), or one of so many.")
  private String sample;

  @Option(names = "--count", paramLabel = "N", description = "End after so many.")
  private Integer count;

  @Option(names = "--json", description = "Print each as a line of JSON, with the counts.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    Settings settings = Settings.load("local", Map.of(), config);
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    URI asked = URI.create(base(settings) + "/tap?" + query());
    HttpRequest.Builder request = HttpRequest.newBuilder(asked);
    String token = settings.text(Setting.HTTP_TAP_TOKEN);
    if (!token.isBlank()) {
      request.header("Authorization", "Bearer " + token);
    }
    try {
      HttpResponse<Stream<String>> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofLines());
      return read(asked, response);
    } catch (IOException e) {
      throw new SetupException(
          asked + " does not answer (" + e + "): is wadi running there? --url names another", e);
    }
  }

  private int read(URI asked, HttpResponse<Stream<String>> response) {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    if (response.statusCode() != 200) {
      if (node == null && response.statusCode() == 404) {
        response.body().skip(1).forEach(out::println);
        out.flush();
        return 0;
      }
      err.println("wadi tap: " + response.body().collect(Collectors.joining("\n")));
      return 1;
    }
    String counts = null;
    try (Stream<String> lines = response.body()) {
      for (Iterator<String> each = lines.iterator(); each.hasNext(); ) {
        String line = each.next();
        boolean isCounts = line.startsWith("{\"tap\":");
        counts = isCounts ? line : counts;
        if (json || !isCounts) {
          out.println(json ? line : text(line));
          out.flush();
        }
      }
    } catch (UncheckedIOException e) {
      throw new SetupException(asked + " has ended: wadi was stopped there", e);
    }
    if (counts != null && !json) {
      err.println(counts);
    }
    return 0;
  }

  private static String text(String line) {
    try {
      JsonNode json = JSON.readTree(line);
      String record =
          json.has("source")
              ? " " + json.get("source").asText() + " " + json.get("position").asText()
              : "";
      JsonNode body = json.path("body");
      String cut = json.has("cut") ? "... (" + json.get("cut") + " characters)" : "";
      return json.path("at").asText()
          + record
          + " "
          + (body.isTextual() ? body.asText().replaceAll("\\p{Cntrl}", "?") : body.toString())
          + cut;
    } catch (JsonProcessingException e) {
      return line;
    }
  }

  private String base(Settings settings) {
    if (url != null) {
      return url.toString().replaceFirst("/+$", "");
    }
    int chosen = port == null ? settings.count(Setting.HTTP_PORT) : port;
    return RunCommand.scheme(settings) + "://127.0.0.1:" + chosen;
  }

  private String query() {
    return Stream.of(
            parameter("node", node),
            parameter("filter", filter),
            parameter("sample", sample),
            parameter("count", count))
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining("&"));
  }

  private static String parameter(String name, Object value) {
    return value == null
        ? ""
        : name + "=" + URLEncoder.encode(value.toString(), StandardCharsets.UTF_8);
  }
}
