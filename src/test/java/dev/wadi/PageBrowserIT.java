package dev.wadi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wadi.process.WadiProcess;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser: Chromium or Chrome on the PATH, or it is skipped. */
@Tag("browser")
class PageBrowserIT {

  private static final List<String> BROWSERS =
      List.of("chromium", "chromium-browser", "google-chrome", "chrome");

  @TempDir Path folder;

  @Test
  void showsCountsAndRunsNothingThatAnEventBringsAlong() throws Exception {
    Optional<Path> browser = browser();
    assumeTrue(browser.isPresent(), "none of " + BROWSERS + " is on the PATH");
    try (WadiProcess wadi = start()) {
      URI page = page(wadi);
      post(page, "<img src=x onerror=document.title='stolen'>");
      post(page, "</script><script>document.title='stolen'</script>");

      String shown = shown(browser.get(), page);

      assertThat(shown)
          .as("what the script has filled in")
          .contains("<td>archive-dead-letters</td>")
          .containsPattern("data-total=\"taken\"[^>]*>2<");
      assertThat(shown).doesNotContain("stolen").doesNotContain("<img src=x");
    }
  }

  /** The page as it stands when its script has run for some seconds of the browser's own time. */
  private String shown(Path browser, URI page) throws IOException, InterruptedException {
    Path log = folder.resolve("browser.log");
    Process run =
        new ProcessBuilder(
                browser.toString(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                // it asks nobody but the page
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + folder.resolve("profile"),
                "--virtual-time-budget=8000",
                "--dump-dom",
                page.toString())
            .redirectError(log.toFile())
            .start();
    String shown = new String(run.getInputStream().readAllBytes());
    assertThat(run.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(run.exitValue()).as(Files.readString(log)).isZero();
    return shown;
  }

  private static Optional<Path> browser() {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .flatMap(path -> BROWSERS.stream().map(name -> Path.of(path, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static void post(URI page, String type) throws Exception {
    String event =
        "{\"id\":\"%s\",\"type\":\"%s\",\"time\":\"2026-11-20T10:00:00Z\"}".formatted(type, type);
    HttpRequest request =
        HttpRequest.newBuilder(page.resolve("/events"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(event))
            .build();
    assertThat(
            HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode())
        .isEqualTo(202);
  }

  private WadiProcess start() throws InterruptedException {
    WadiProcess wadi =
        WadiProcess.start(
            Map.of("WADI_DECODE_SHAPE", "json", "WADI_INTAKE_MAX_WAIT", "200ms"),
            "run",
            "--rate",
            "0",
            "--port",
            "0",
            "--data",
            folder.resolve("data").toString());
    wadi.awaitError(line -> line.startsWith("ready"), "readiness");
    return wadi;
  }

  private static URI page(WadiProcess wadi) {
    return wadi.errors().stream()
        .filter(line -> line.startsWith("ready at "))
        .map(line -> URI.create(line.split(" ")[2]))
        .findFirst()
        .orElseThrow();
  }
}
