package dev.wadi.intake.drop;

import dev.wadi.event.TransientException;
import dev.wadi.ops.Backoff;
import java.io.IOException;
import java.io.InputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * The bytes of one version of an object. A connection that breaks, or ends before the object does,
 * is made again for what is left, of the same content: it is never taken for the object's end.
 *
 * <p>It throws no {@link IOException}, which whoever unpacks could take for damage of the content,
 * but a {@link TransientException} when the store goes on failing, and what {@link ObjectStore}
 * throws. Not thread-safe.
 */
final class ObjectContent extends InputStream {

  private static final Logger LOG = LoggerFactory.getLogger(ObjectContent.class);
  private static final int MOST_FAILURES = 5;

  private final ObjectStore store;
  private final ObjectVersion object;
  private final Backoff pauses;
  private ResponseInputStream<GetObjectResponse> connection;
  private String etag;
  private long position;
  private long length = -1;

  /**
   * @param pauses how long to wait before so many attempts in a row
   */
  ObjectContent(ObjectStore store, ObjectVersion object, Backoff pauses) {
    this.store = store;
    this.object = object;
    this.pauses = pauses;
    this.etag = object.etag();
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int from, int wanted) {
    if (wanted == 0) {
      return 0;
    }
    for (int failures = 1; ; failures++) {
      try {
        return readOn(bytes, from, wanted);
      } catch (IOException | SdkException e) {
        drop();
        if (failures == MOST_FAILURES || Thread.currentThread().isInterrupted()) {
          throw new TransientException(
              object + " can't be read from byte " + position + " on: " + e, e);
        }
        LOG.info("{} is read again from byte {} on: {}", object, position, e.toString());
        pause(failures);
      }
    }
  }

  /** Ends the connection without reading what is left, which may be gigabytes. */
  @Override
  public void close() {
    drop();
  }

  private int readOn(byte[] bytes, int from, int wanted) throws IOException {
    if (length >= 0 && position >= length) {
      return -1;
    }
    if (connection == null) {
      connect();
    }
    int read = connection.read(bytes, from, wanted);
    if (read >= 0) {
      position += read;
      return read;
    }
    if (position < length) {
      throw new IOException("the connection ended before the object did");
    }
    return -1;
  }

  private void connect() {
    connection = store.read(object, position, etag);
    GetObjectResponse answer = connection.response();
    if (length < 0 && answer.contentLength() != null) {
      length = position + answer.contentLength();
    }
    if (etag == null) {
      etag = answer.eTag();
    }
  }

  private void drop() {
    if (connection != null) {
      connection.abort();
      connection = null;
    }
  }

  private void pause(int failures) {
    try {
      pauses.pause(failures);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TransientException(object + " was not read to its end: wadi stops", e);
    }
  }
}
