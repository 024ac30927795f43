package dev.wadi.local;

import dev.wadi.event.SetupException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * S3Proxy on loopback over a folder: a bucket is a folder in it, an object is a file that lies
 * there under its key. Requests must be signed (AWS signature 4), since other users of the machine
 * reach the port too. What it has answered survives a power failure.
 */
public final class EmbeddedStore implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedStore.class);

  private final S3Proxy proxy;

  private EmbeddedStore(S3Proxy proxy) {
    this.proxy = proxy;
  }

  /**
   * Sweeps what killed puts left behind, and starts the server.
   *
   * @param root the folder of the buckets, made if it isn't there; no other store may use it
   * @param buckets folders in it that are buckets, made if they aren't there
   * @param port 0 is any free port
   * @param credentials what requests must be signed with
   * @throws SetupException if the port is taken or a folder can't be used
   */
  public static EmbeddedStore open(
      Path root, List<String> buckets, int port, Credentials credentials) {
    // S3Proxy lists nothing at all under a relative folder
    Path absolute = root.toAbsolutePath().normalize();
    prepare(absolute, buckets);
    Loopback.requireFree(port, "embedded store", "wadi.local.store-port");
    S3Proxy proxy =
        S3Proxy.builder()
            .blobStore(
                new DurableBlobStore(
                    new FilesystemNio2BlobStore(absolute.toString()), absolute, Disk.REAL))
            .endpoint(URI.create("http://" + Loopback.ADDRESS + ":" + port))
            .awsAuthentication(
                AuthenticationType.AWS_V4, credentials.accessKey(), credentials.secretKey())
            .build();
    start(proxy, port);
    return new EmbeddedStore(proxy);
  }

  /** Where the store answers, such as {@code http://127.0.0.1:9000}. Buckets are in its path. */
  public URI endpoint() {
    return URI.create("http://" + Loopback.ADDRESS + ":" + proxy.getPort());
  }

  /** Ends what is being put, then stops. */
  @Override
  public void close() {
    stop(proxy);
  }

  private static void prepare(Path root, List<String> buckets) {
    for (String bucket : buckets) {
      Path folder = root.resolve(bucket);
      try {
        Files.createDirectories(folder);
        int swept = OrphanSweep.sweep(folder);
        if (swept > 0) {
          LOG.info("swept {} unfinished files from {}", swept, folder);
        }
      } catch (IOException e) {
        throw new SetupException(
            "the store's folder " + folder + " can't be used (" + e + "): mend or choose another",
            e);
      }
    }
  }

  private static void start(S3Proxy proxy, int port) {
    try {
      proxy.start();
    } catch (Exception e) {
      stop(proxy);
      throw new SetupException(
          "the embedded store can't listen on port " + port + " (" + e.getMessage() + ")", e);
    }
  }

  private static void stop(S3Proxy proxy) {
    try {
      proxy.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the embedded store did not stop", e);
    }
  }
}
