package dev.wadi.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wadi.event.SetupException;
import dev.wadi.ops.Setting;
import dev.wadi.ops.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code wadi tap}: a sample of what passes a node of a running Wadi. */
@Command(
    name = "tap",
    mixinStandardHelpOptions = true,
    description = {
      "Prints a sample of what passes a node of the routes of a running Wadi, which waits for no",
      "reader, until it is stopped; see docs/tap.md. Without a node it prints which there are. The token, if",
      "one is asked for, is taken from WADI_HTTP_TAP_TOKEN."
    })
public final class TapCommand implements Callable<Integer> {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x1f\\x7f-\\x9f]");
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
      description =
          "Where it runs (default: where the settings say, such as http://127.0.0.1:8080).")
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

  private final StandardOutput out;

  /** Writes to standard output. */
  public TapCommand() {
    this(StandardOutput.ofProcess());
  }

  TapCommand(StandardOutput out) {
    this.out = out;
  }

  @Override
  public Integer call() throws InterruptedException, SQLException {
    if (url != null && (!String.valueOf(url.getScheme()).matches("https?") || isNameless(url))) {
      throw new ParameterException(
          spec.commandLine(), "--url is '" + url + "': it must begin with http:// or https://");
    }
    Settings settings = Settings.load("local", Map.of(), config);
    HttpClient.Builder client =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE);
    if (url == null && RunCommand.scheme(settings).equals("https")) {
      client.sslContext(OwnServer.trusted(settings));
    }
    URI asked = URI.create(base(settings) + "/tap?" + query());
    HttpRequest.Builder request = HttpRequest.newBuilder(asked);
    String token = settings.text(Setting.HTTP_TAP_TOKEN);
    if (!token.isBlank()) {
      request.header("Authorization", "Bearer " + token);
    }
    try {
      HttpResponse<Stream<String>> response =
          client.build().send(request.build(), HttpResponse.BodyHandlers.ofLines());
      return read(asked, response);
    } catch (IOException e) {
      throw new SetupException(
          asked + " does not answer (" + e + "): is wadi running there? --url names another", e);
    }
  }

  private int read(URI asked, HttpResponse<Stream<String>> response) throws SQLException {
    try (Stream<String> lines = response.body()) {
      if (response.statusCode() == 200) {
        out.write(writer -> write(lines.iterator(), writer));
        return 0;
      }
      List<String> said = lines.map(Printable::line).toList();
      if (node == null && isListing(response.statusCode(), said)) {
        out.write(writer -> writer.write(String.join("\n", said.subList(1, said.size())) + "\n"));
        return 0;
      }
      err(said.isEmpty() ? asked + " answered " + response.statusCode() : String.join("\n", said));
      return response.statusCode() == 400 ? ExitCode.USAGE : ExitCode.SOFTWARE;
    } catch (UncheckedIOException e) {
      throw new SetupException(asked + " has ended: wadi was stopped there", e);
    }
  }

  /** Other servers, and a Wadi without taps, answer 404 too. */
  private static boolean isListing(int status, List<String> said) {
    return status == 404 && !said.isEmpty() && said.get(0).startsWith("there is no node");
  }

  private void write(Iterator<String> lines, Writer writer) throws IOException {
    String counts = null;
    while (lines.hasNext()) {
      String line = lines.next();
      boolean isCounts = line.startsWith("{\"tap\":");
      counts = isCounts ? line : counts;
      if (json || !isCounts) {
        writer.write((json ? escaped(line) : Printable.line(text(line))) + "\n");
        writer.flush();
      }
    }
    if (counts != null && !json) {
      spec.commandLine().getErr().println(Printable.line(counts));
    }
  }

  private void err(String line) {
    spec.commandLine().getErr().println("wadi tap: " + line);
  }

  /** The same JSON, without control characters that JSON would allow as they are. */
  private static String escaped(String line) {
    return CONTROL
        .matcher(line)
        .replaceAll(found -> String.format("\\\\u%04x", (int) found.group().charAt(0)));
  }

  private static String text(String line) {
    try {
      JsonNode json = JSON.readTree(line);
      String record =
          json.has("source")
              ? " " + json.get("source").asText() + " " + json.path("position").asText()
              : "";
      JsonNode body = json.path("body");
      String cut = json.has("cut") ? "... (" + json.get("cut") + " characters)" : "";
      return json.path("at").asText()
          + record
          + " "
          + (body.isTextual() ? body.asText() : body.toString())
          + cut;
    } catch (JsonProcessingException e) {
      return line;
    }
  }

  private static boolean isNameless(URI url) {
    return url.getHost() == null;
  }

  private String base(Settings settings) {
    return url == null
        ? OwnServer.url(settings, port == null ? settings.count(Setting.HTTP_PORT) : port)
        : url.toString().replaceFirst("/+$", "");
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
