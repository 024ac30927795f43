package dev.wadi.web;

import dev.wadi.event.SetupException;
import dev.wadi.ops.HealthCheck;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.util.Set;
import javax.net.ssl.TrustManagerFactory;

/** How the server speaks TLS: 1.2 or 1.3, by a certificate that may be renewed while it runs. */
public final class Tls {

  private static final Set<String> PROTOCOLS = Set.of("TLSv1.2", "TLSv1.3");

  private final ServerKey key;
  private final TrustOptions clients;

  /**
   * @param certificate a PEM file
   * @param key a PEM file
   * @param clients a PEM file of the authorities whose certificates clients may show; null if none
   *     are asked for
   * @throws SetupException if one of them can't be used
   */
  public Tls(Path certificate, Path key, Path clients, Clock clock) {
    this.key = new ServerKey(certificate, key, clock);
    this.clients = clients == null ? null : authorities(clients);
  }

  private static TrustOptions authorities(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry(Integer.toString(store.size()), each);
      }
      // one with nobody in it refuses everybody, which can't be meant
      if (store.size() == 0) {
        throw new IOException("there is no certificate in it");
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return TrustOptions.wrap(factory.getTrustManagers()[0]);
    } catch (IOException | GeneralSecurityException e) {
      throw new SetupException(
          "wadi.http.tls.client-authorities is "
              + file
              + ", which is no PEM file of certificates: "
              + OneLine.of(e),
          e);
    }
  }

  /** Degraded while the files can't be used, and when the certificate ends soon. */
  public HealthCheck.Result check() {
    return key.check();
  }

  /**
   * Who shows a certificate must show one of the given authorities; who shows none is let in, since
   * probes have none, and whoever needs one asks for it.
   */
  void set(HttpServerOptions options) {
    options
        .setSsl(true)
        .setKeyCertOptions(KeyCertOptions.wrap(key))
        .setEnabledSecureTransportProtocols(PROTOCOLS);
    if (clients != null) {
      options.setTrustOptions(clients).setClientAuth(ClientAuth.REQUEST);
    }
  }
}
