package dev.wadi.web;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509KeyManager;

/** Certificates and keys in a folder, made by the JDK's own keytool. */
public final class Certificates {

  private static final String PASSWORD = "of-a-test";
  private static final String[] RSA = {"-keyalg", "RSA", "-keysize", "2048"};
  private static final String[] EC = {"-keyalg", "EC", "-groupname", "secp256r1"};

  private final Path folder;

  public Certificates(Path folder) {
    this.folder = folder;
  }

  /**
   * A certificate for this machine, signed by itself: {@code <name>.pem} and {@code <name>.key}.
   *
   * @return that of the certificate
   */
  public Path server(String name) throws Exception {
    return made(name, RSA);
  }

  /** The same with a key on an elliptic curve. */
  public Path serverOnACurve(String name) throws Exception {
    return made(name, EC);
  }

  private Path made(String name, String... kind) throws Exception {
    List<String> command = new ArrayList<>(List.of("-genkeypair", "-alias", "own"));
    command.addAll(List.of(kind));
    command.addAll(
        List.of(
            "-dname", "CN=" + name, "-validity", "30", "-ext", "san=dns:localhost,ip:127.0.0.1"));
    keytool(name, command);
    KeyStore store = store(name);
    write(folder.resolve(name + ".pem"), "CERTIFICATE", store.getCertificate("own").getEncoded());
    byte[] key = store.getKey("own", PASSWORD.toCharArray()).getEncoded();
    write(folder.resolve(name + ".key"), "PRIVATE KEY", key);
    return folder.resolve(name + ".pem");
  }

  /** The key that belongs to a certificate. */
  public static Path keyOf(Path certificate) {
    return certificate.resolveSibling(certificate.getFileName().toString().replace(".pem", ".key"));
  }

  /**
   * What a client has.
   *
   * @param trusts the name of the server that it trusts
   * @param shows the name of its own certificate; null if it has none
   */
  public SSLContext client(String trusts, String shows) throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("server", store(trusts).getCertificate("own"));
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    KeyManagerFactory own = KeyManagerFactory.getInstance("PKIX");
    own.init(shows == null ? null : store(shows), PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(
        new KeyManager[] {new Insistent((X509KeyManager) own.getKeyManagers()[0])},
        trust.getTrustManagers(),
        new SecureRandom());
    return context;
  }

  private KeyStore store(String name) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(folder.resolve(name + ".p12"))) {
      store.load(in, PASSWORD.toCharArray());
    }
    return store;
  }

  private void keytool(String name, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(arguments);
    command.addAll(
        List.of(
            "-storetype",
            "PKCS12",
            "-keystore",
            folder.resolve(name + ".p12").toString(),
            "-storepass",
            PASSWORD));
    Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(keytool.getInputStream().readAllBytes());
    if (keytool.waitFor() != 0) {
      throw new AssertionError("keytool: " + said);
    }
  }

  private static void write(Path file, String kind, byte[] bytes) throws IOException {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    Files.writeString(
        file, "-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(kind, text, kind));
  }

  /** Shows its certificate to whoever asks for one, also if it isn't by an authority they named. */
  private static final class Insistent extends X509ExtendedKeyManager {

    private final X509KeyManager own;

    Insistent(X509KeyManager own) {
      this.own = own;
    }

    @Override
    public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
      String[] aliases = own.getClientAliases("RSA", null);
      return aliases == null ? null : aliases[0];
    }

    @Override
    public String[] getClientAliases(String type, Principal[] issuers) {
      return own.getClientAliases(type, issuers);
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      return own.getCertificateChain(alias);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      return own.getPrivateKey(alias);
    }

    @Override
    public String[] getServerAliases(String type, Principal[] issuers) {
      return own.getServerAliases(type, issuers);
    }

    @Override
    public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
      return own.chooseServerAlias(type, issuers, socket);
    }
  }
}
