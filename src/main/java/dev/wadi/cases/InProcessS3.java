package dev.wadi.cases;

import dev.wadi.land.FolderLakeStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadBucketResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * An object store without a server, to put into: a bucket is a folder. All else that a route may
 * ask of S3 is refused, as the SDK's own client does it for what it doesn't know.
 */
public final class InProcessS3 implements S3Client {

  private static final int TAKEN = 412;

  private final Path buckets;

  /**
   * @param buckets the folder that buckets are in
   */
  public InProcessS3(Path buckets) {
    this.buckets = buckets;
  }

  /** Every bucket is there. */
  @Override
  public HeadBucketResponse headBucket(HeadBucketRequest head) {
    return HeadBucketResponse.builder().build();
  }

  @Override
  public PutObjectResponse putObject(PutObjectRequest put, RequestBody body) {
    byte[] bytes;
    try (InputStream content = body.contentStreamProvider().newStream()) {
      bytes = content.readAllBytes();
    } catch (IOException e) {
      throw S3Exception.builder().message("the content can't be read").cause(e).build();
    }
    FolderLakeStore bucket = new FolderLakeStore(buckets.resolve(put.bucket()));
    if (put.ifNoneMatch() == null) {
      bucket.delete(put.key());
    }
    if (!bucket.putIfAbsent(put.key(), bytes)) {
      throw S3Exception.builder().statusCode(TAKEN).message("the key is taken").build();
    }
    return PutObjectResponse.builder().eTag("\"in-process\"").build();
  }

  @Override
  public String serviceName() {
    return S3Client.SERVICE_NAME;
  }

  @Override
  public void close() {
    // nothing is open
  }
}
