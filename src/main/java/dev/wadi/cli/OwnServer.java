package dev.wadi.cli;

import dev.wadi.event.SetupException;
import dev.wadi.ops.Setting;
import dev.wadi.ops.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** The Wadi that runs by some settings on this machine: where it is asked, and how it is known. */
final class OwnServer {

  private OwnServer() {}

  /** Its address without a path, such as {@code http://127.0.0.1:8080}. */
  static String url(Settings settings, int port) {
    return RunCommand.scheme(settings)
        + "://"
        + address(settings.text(Setting.HTTP_HOST))
        + ":"
        + port;
  }

  /** Who listens on all addresses is asked on loopback. */
  private static String address(String host) {
    boolean all = host.equals("0.0.0.0") || host.equals("::") || host.equals("localhost");
    return all ? "127.0.0.1" : host.contains(":") ? "[" + host + "]" : host;
  }

  /**
   * Trusts the certificate of the settings alone, whatever name is in it: it may be shown a token.
   */
  static SSLContext trusted(Settings settings) {
    Path file = Path.of(settings.text(Setting.HTTP_TLS_CERTIFICATE));
    try (InputStream in = Files.newInputStream(file)) {
      Certificate own = CertificateFactory.getInstance("X.509").generateCertificate(in);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new Own(own)}, new SecureRandom());
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new SetupException(
          "can't read wadi.http.tls.certificate " + file + " (" + e + "): mend it, or use --url",
          e);
    }
  }

  private static final class Own extends X509ExtendedTrustManager {

    private final Certificate own;

    Own(Certificate own) {
      this.own = own;
    }

    private void require(X509Certificate[] chain) throws CertificateException {
      if (!chain[0].equals(own)) {
        throw new CertificateException("the certificate is not that of wadi.http.tls.certificate");
      }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      require(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      require(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      require(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      require(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      require(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      require(chain);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
