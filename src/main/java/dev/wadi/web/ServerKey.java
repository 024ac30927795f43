package dev.wadi.web;

import dev.wadi.event.SetupException;
import dev.wadi.ops.HealthCheck;
import dev.wadi.ops.Renewed;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509KeyManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's certificate and key, from two PEM files, as they are now: a handshake after they
 * were renewed gets the new ones. Thread-safe.
 */
final class ServerKey extends X509ExtendedKeyManager {

  private static final Logger LOG = LoggerFactory.getLogger(ServerKey.class);
  private static final String[] NONE = {};

  /** By when whoever renews certificates has long done so. */
  private static final Duration SOON = Duration.ofDays(7);

  /** How many renewals a handshake may last; there is one a second at most. */
  private static final int KEPT = 8;

  /**
   * What both files say together; never changed.
   *
   * @param number of the renewal; what TLS is told as an alias begins with it
   */
  private record Identity(X509KeyManager keys, String alias, int number) {

    String numbered(String ofKeys) {
      return number + "/" + ofKeys;
    }
  }

  /** By number: TLS asks for key and certificate one after the other, and both must be of one. */
  private final Map<Integer, Identity> latest = new ConcurrentHashMap<>();

  private final AtomicInteger numbers = new AtomicInteger();
  private final Clock clock;
  private final Renewed<Identity> identity;

  /**
   * @param certificate the server's, and behind it those that it was signed by
   * @param key in PKCS#8, PKCS#1 or SEC1, without a password
   * @throws SetupException if one can't be read, or they don't belong together
   */
  ServerKey(Path certificate, Path key, Clock clock) {
    this.clock = clock;
    identity = new Renewed<>(List.of(certificate, key), () -> read(certificate, key, clock), clock);
  }

  private Identity read(Path certificate, Path key, Clock clock) {
    requireReadable("wadi.http.tls.certificate", certificate);
    requireReadable("wadi.http.tls.key", key);
    try {
      KeyManager[] managers =
          new PemKeyCertOptions()
              .addCertValue(Buffer.buffer(Files.readAllBytes(certificate)))
              .addKeyValue(Buffer.buffer(Files.readAllBytes(key)))
              .getKeyManagerFactory(null)
              .getKeyManagers();
      X509KeyManager keys = (X509KeyManager) managers[0];
      for (String type : List.of("RSA", "EC", "EdDSA", "Ed25519", "RSASSA-PSS")) {
        String[] aliases = keys.getServerAliases(type, null);
        if (aliases != null && aliases.length > 0) {
          Identity found = new Identity(keys, aliases[0], numbers.get() + 1);
          requireMatch(found, certificate, key);
          // only those that are used count, or a former one were forgotten too soon
          numbers.set(found.number());
          latest.put(found.number(), found);
          latest.keySet().removeIf(number -> number <= found.number() - KEPT);
          warnOfAge(keys.getCertificateChain(aliases[0])[0], certificate, clock);
          return found;
        }
      }
    } catch (SetupException e) {
      throw e;
    } catch (Exception e) {
      throw new SetupException(
          "wadi.http.tls.certificate and wadi.http.tls.key must be PEM files of a certificate and of"
              + " its key without a password: "
              + certificate
              + ", "
              + key
              + ": "
              + OneLine.of(e),
          e);
    }
    throw new SetupException(
        "wadi.http.tls.key is of a kind that TLS can't use, RSA or EC would do: " + key);
  }

  private static void requireReadable(String setting, Path file) {
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new SetupException(setting + " is " + file + ", which is no file that can be read");
    }
  }

  /** A server with another's key would fail at each handshake, and say nothing. */
  private static void requireMatch(Identity identity, Path certificate, Path key)
      throws GeneralSecurityException {
    PrivateKey own = identity.keys().getPrivateKey(identity.alias());
    String algorithm =
        switch (own.getAlgorithm()) {
          case "EC" -> "SHA256withECDSA";
          case "RSA" -> "SHA256withRSA";
          default -> own.getAlgorithm();
        };
    byte[] words = {1, 2, 3};
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(own);
    signature.update(words);
    byte[] signed = signature.sign();
    Signature check = Signature.getInstance(algorithm);
    boolean matches;
    try {
      check.initVerify(identity.keys().getCertificateChain(identity.alias())[0].getPublicKey());
      check.update(words);
      matches = check.verify(signed);
    } catch (GeneralSecurityException e) {
      // of another algorithm, or length
      matches = false;
    }
    if (!matches) {
      throw new SetupException(
          "the key " + key + " is not that of the first certificate in " + certificate);
    }
  }

  private static void warnOfAge(X509Certificate own, Path certificate, Clock clock) {
    Date now = Date.from(clock.instant());
    if (own.getNotAfter().before(now) || own.getNotBefore().after(now)) {
      LOG.warn(
          "{} is valid from {} to {}: clients will refuse it now",
          certificate,
          own.getNotBefore().toInstant(),
          own.getNotAfter().toInstant());
    }
  }

  /** How the files and the certificate are. */
  HealthCheck.Result check() {
    Optional<String> trouble = identity.trouble();
    Identity now = identity.get();
    Instant end = now.keys().getCertificateChain(now.alias())[0].getNotAfter().toInstant();
    if (trouble.isPresent()) {
      return HealthCheck.degraded(
          "what was read before stays, and ends at " + end + ": " + trouble.get());
    }
    return clock.instant().plus(SOON).isAfter(end)
        ? HealthCheck.degraded("it ends at " + end + ": renew it")
        : HealthCheck.up("it ends at " + end);
  }

  @Override
  public String chooseEngineServerAlias(String type, Principal[] issuers, SSLEngine engine) {
    String[] aliases = getServerAliases(type, issuers);
    return aliases.length == 0 ? null : aliases[0];
  }

  @Override
  public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
    return chooseEngineServerAlias(type, issuers, null);
  }

  @Override
  public String[] getServerAliases(String type, Principal[] issuers) {
    Identity now = identity.get();
    String[] aliases = now.keys().getServerAliases(type, issuers);
    return aliases == null ? NONE : Stream.of(aliases).map(now::numbered).toArray(String[]::new);
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    Identity of = of(alias);
    return of == null ? null : of.keys().getCertificateChain(ofKeys(alias));
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    Identity of = of(alias);
    return of == null ? null : of.keys().getPrivateKey(ofKeys(alias));
  }

  private Identity of(String alias) {
    String number = alias.substring(0, Math.max(0, alias.indexOf('/')));
    return number.matches("\\d{1,9}") ? latest.get(Integer.valueOf(number)) : null;
  }

  private static String ofKeys(String alias) {
    return alias.substring(alias.indexOf('/') + 1);
  }

  @Override
  public String[] getClientAliases(String type, Principal[] issuers) {
    return NONE;
  }

  @Override
  public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
    return null;
  }
}
