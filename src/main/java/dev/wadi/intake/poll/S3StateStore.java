package dev.wadi.intake.poll;

import dev.wadi.event.TransientException;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** The state as an object of a bucket, so that a process may lose its disk. */
public final class S3StateStore implements StateStore {

  private final S3Client s3;
  private final String bucket;
  private final String key;

  public S3StateStore(S3Client s3, String bucket, String key) {
    this.s3 = s3;
    this.bucket = bucket;
    this.key = key;
  }

  @Override
  public Optional<byte[]> get() {
    try {
      return Optional.of(s3.getObjectAsBytes(get -> get.bucket(bucket).key(key)).asByteArray());
    } catch (NoSuchKeyException e) {
      return Optional.empty();
    } catch (SdkException e) {
      throw failure("read", e);
    }
  }

  @Override
  public void put(byte[] state) {
    try {
      s3.putObject(put -> put.bucket(bucket).key(key), RequestBody.fromBytes(state));
    } catch (SdkException e) {
      throw failure("put", e);
    }
  }

  private TransientException failure(String verb, SdkException e) {
    return new TransientException(
        "could not " + verb + " s3://" + bucket + "/" + key + ": " + e.getMessage(), e);
  }
}
