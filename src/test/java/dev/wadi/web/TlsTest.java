package dev.wadi.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wadi.event.SetupException;
import dev.wadi.ops.HandClock;
import dev.wadi.ops.HealthCheck;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real handshakes with a server as Camel makes it. */
@Tag("unit")
class TlsTest {

  private static final int PATIENCE_MS = 60_000;

  @TempDir Path folder;
  private final HandClock clock = new HandClock();
  private final Vertx vertx = Vertx.vertx();
  private Certificates certificates;

  @BeforeEach
  void openFolder() {
    certificates = new Certificates(folder);
  }

  @AfterEach
  void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void speaksTlsByTheCertificateOfTheFiles(String protocol) throws Exception {
    Path own = certificates.server("a");
    HttpServer server = serve(tls(own, null), 90);

    SSLSession session = handshake(server, certificates.client("a", null), protocol);

    assertThat(session.getProtocol()).isEqualTo(protocol);
    assertThat(name(session)).isEqualTo("CN=a");
  }

  @Test
  void speaksTlsByAKeyOnACurve() throws Exception {
    HttpServer server = serve(tls(certificates.serverOnACurve("a"), null), 90);

    assertThat(name(handshake(server, certificates.client("a", null), "TLSv1.3")))
        .isEqualTo("CN=a");
  }

  @Test
  void offersNothingOlderThanTls12() throws Exception {
    HttpServerOptions options = new HttpServerOptions();

    tls(certificates.server("a"), null).set(options);

    assertThat(options.getEnabledSecureTransportProtocols())
        .containsExactlyInAnyOrder("TLSv1.2", "TLSv1.3");
  }

  @Test
  void takesARenewedCertificateWithoutARestart() throws Exception {
    Path own = certificates.server("a");
    HttpServer server = serve(tls(own, null), 90);
    assertThat(name(handshake(server, certificates.client("a", null), "TLSv1.3")))
        .isEqualTo("CN=a");

    replace(certificates.serverOnACurve("renewed"), own);
    clock.forward(Duration.ofSeconds(2));

    assertThat(name(handshake(server, certificates.client("renewed", null), "TLSv1.3")))
        .isEqualTo("CN=renewed");
  }

  @Test
  void keepsTheOldCertificateWhileTheFilesDontBelongTogether() throws Exception {
    Path own = certificates.server("a");
    HttpServer server = serve(tls(own, null), 90);

    // the certificate is there, and its key is not yet
    Files.copy(certificates.server("renewed"), own, StandardCopyOption.REPLACE_EXISTING);
    clock.forward(Duration.ofSeconds(2));

    assertThat(name(handshake(server, certificates.client("a", null), "TLSv1.3")))
        .isEqualTo("CN=a");
  }

  @Test
  void isDegradedWhileTheOldCertificateStays() throws Exception {
    Path own = certificates.server("a");
    Tls tls = tls(own, null);
    assertThat(tls.check().state()).isEqualTo(HealthCheck.State.UP);

    Path renewed = certificates.server("renewed");
    Files.copy(renewed, own, StandardCopyOption.REPLACE_EXISTING);
    clock.forward(Duration.ofSeconds(2));

    assertThat(tls.check().state()).isEqualTo(HealthCheck.State.DEGRADED);
    assertThat(tls.check().detail())
        .startsWith("what was read before stays, and ends at ")
        .contains("is not that of the first certificate");

    replace(renewed, own);
    clock.forward(Duration.ofSeconds(2));
    assertThat(tls.check().state()).isEqualTo(HealthCheck.State.UP);
  }

  @Test
  void isDegradedWhenTheCertificateEndsInAWeek() throws Exception {
    Tls tls = tls(certificates.server("a"), null);
    // it is made for 30 days from the machine's own time on
    clock.forward(Duration.between(clock.instant(), Instant.now()).plusDays(24));

    assertThat(tls.check().state()).isEqualTo(HealthCheck.State.DEGRADED);
    assertThat(tls.check().detail()).startsWith("it ends at ").endsWith(": renew it");
  }

  @Test
  void endsAHandshakeWithTheCertificateThatItBeganWith() throws Exception {
    Path own = certificates.server("a");
    ServerKey key = new ServerKey(own, Certificates.keyOf(own), clock);
    String alias = key.chooseEngineServerAlias("RSA", null, null);

    replace(certificates.server("renewed"), own);
    clock.forward(Duration.ofSeconds(2));
    String next = key.chooseEngineServerAlias("RSA", null, null);

    assertThat(subject(key, alias)).isEqualTo("CN=a");
    assertThat(subject(key, next)).isEqualTo("CN=renewed");
    assertThat(key.getPrivateKey(alias)).isNotEqualTo(key.getPrivateKey(next));
    assertThat(key.getPrivateKey("none")).isNull();
    assertThat(key.getCertificateChain("none")).isNull();
  }

  @Test
  void refusesAClientWithAnAuthorityThatIsNotNamed() throws Exception {
    certificates.server("sender");
    certificates.server("stranger");
    HttpServer server = serve(tls(certificates.server("a"), folder.resolve("sender.pem")), 90);

    assertThat(certified(handshake(server, certificates.client("a", "sender"), "TLSv1.2")))
        .isTrue();
    assertThat(answer(server, certificates.client("a", "sender"))).isEqualTo("CN=sender");
    assertThat(answer(server, certificates.client("a", null))).isEqualTo("nobody");
    assertThatThrownBy(() -> answer(server, certificates.client("a", "stranger")))
        .isInstanceOf(IOException.class);
  }

  @Test
  void givesUpAConnectionThatSaysNothing() throws Exception {
    HttpServer server = serve(null, 1);
    try (Socket slow = new Socket("127.0.0.1", server.actualPort())) {
      slow.setSoTimeout(PATIENCE_MS);
      slow.getOutputStream()
          .write("POST /events HTTP/1.1\r\nHost: loc".getBytes(StandardCharsets.US_ASCII));
      assertThat(slow.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void saysWhichFileIsNotThere() {
    assertThatThrownBy(() -> tls(folder.resolve("none.pem"), null))
        .isInstanceOf(SetupException.class)
        .hasMessage(
            "wadi.http.tls.certificate is "
                + folder.resolve("none.pem")
                + ", which is no file that can be read");
  }

  @Test
  void saysThatAKeyIsAnothers() throws Exception {
    Path own = certificates.server("a");
    certificates.server("b");
    Files.copy(
        folder.resolve("b.key"), folder.resolve("a.key"), StandardCopyOption.REPLACE_EXISTING);

    assertThatThrownBy(() -> tls(own, null))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("is not that of the first certificate in " + own);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no PEM at all",
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n"
      })
  void saysInOneLineThatAKeyIsNone(String key) throws Exception {
    Path own = certificates.server("a");
    Files.writeString(folder.resolve("a.key"), key);

    assertThatThrownBy(() -> tls(own, null))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("wadi.http.tls.key")
        .hasMessageNotContaining("\n");
  }

  @Test
  void saysThatAuthoritiesAreNone() throws Exception {
    Path own = certificates.server("a");

    assertThatThrownBy(() -> tls(own, folder.resolve("a.key")))
        .isInstanceOf(SetupException.class)
        .hasMessageStartingWith("wadi.http.tls.client-authorities is ");
  }

  private Tls tls(Path certificate, Path clients) {
    return new Tls(certificate, Certificates.keyOf(certificate), clients, clock);
  }

  private HttpServer serve(Tls tls, int idleSeconds) throws Exception {
    return ServerVertx.of(vertx, tls, () -> {}, idleSeconds)
        .createHttpServer(new HttpServerOptions())
        .requestHandler(request -> request.response().end(client(request.sslSession())))
        .listen(0, "127.0.0.1")
        .toCompletionStage()
        .toCompletableFuture()
        .get(30, TimeUnit.SECONDS);
  }

  private static String client(SSLSession session) {
    try {
      return ((X509Certificate) session.getPeerCertificates()[0])
          .getSubjectX500Principal()
          .getName();
    } catch (SSLPeerUnverifiedException e) {
      return "nobody";
    }
  }

  private static SSLSession handshake(HttpServer server, SSLContext client, String protocol)
      throws IOException {
    try (SSLSocket socket = connect(server, client)) {
      socket.setEnabledProtocols(new String[] {protocol});
      socket.startHandshake();
      return socket.getSession();
    }
  }

  /** In TLS 1.3 a client learns that it was refused when it reads. */
  private static String answer(HttpServer server, SSLContext client) throws IOException {
    try (SSLSocket socket = connect(server, client)) {
      socket.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }
  }

  private static SSLSocket connect(HttpServer server, SSLContext client) throws IOException {
    SSLSocket socket =
        (SSLSocket) client.getSocketFactory().createSocket("127.0.0.1", server.actualPort());
    socket.setSoTimeout(PATIENCE_MS);
    return socket;
  }

  private static String subject(ServerKey key, String alias) {
    return key.getCertificateChain(alias)[0].getSubjectX500Principal().getName();
  }

  private static boolean certified(SSLSession session) {
    return session.getLocalCertificates() != null;
  }

  private static String name(SSLSession session) throws IOException {
    return ((X509Certificate) session.getPeerCertificates()[0]).getSubjectX500Principal().getName();
  }

  private static void replace(Path renewed, Path own) throws IOException {
    Files.copy(renewed, own, StandardCopyOption.REPLACE_EXISTING);
    Files.copy(
        Certificates.keyOf(renewed), Certificates.keyOf(own), StandardCopyOption.REPLACE_EXISTING);
  }
}
