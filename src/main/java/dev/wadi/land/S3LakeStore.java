package dev.wadi.land;

import dev.wadi.event.TransientException;
import dev.wadi.ops.Failpoint;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The lake in a bucket, by the AWS SDK. */
public final class S3LakeStore implements LakeStore {

  private static final int PRECONDITION_FAILED = 412;

  private static final int NOT_FOUND = 404;

  private final S3Client s3;
  private final String bucket;

  public S3LakeStore(S3Client s3, String bucket) {
    this.s3 = s3;
    this.bucket = bucket;
  }

  @Override
  public boolean putIfAbsent(String key, byte[] body) {
    return call(
        "put",
        key,
        () -> {
          try {
            s3.putObject(
                put -> put.bucket(bucket).key(key).ifNoneMatch("*"), RequestBody.fromBytes(body));
            return true;
          } catch (S3Exception e) {
            if (e.statusCode() == PRECONDITION_FAILED) {
              return false;
            }
            // a 409 too: another call is at work on the key, and may fail yet
            throw e;
          }
        });
  }

  @Override
  public void publish(List<StagedObject> objects) {
    Concurrently.forEach(
        objects,
        object -> {
          put(object);
          Failpoint.reach("published-one");
        });
  }

  private void put(StagedObject object) {
    call(
        "put",
        object.key(),
        () -> {
          try {
            return s3.putObject(
                put ->
                    put.bucket(bucket)
                        .key(object.key())
                        .ifNoneMatch("*")
                        .metadata(object.metadata()),
                RequestBody.fromFile(object.file()));
          } catch (S3Exception e) {
            if (e.statusCode() != PRECONDITION_FAILED) {
              throw e;
            }
            object.requireSame(metadata(object.key()));
            return null;
          }
        });
  }

  @Override
  public Optional<byte[]> get(String key) {
    return call(
        "get",
        key,
        () -> {
          try {
            return Optional.of(
                s3.getObjectAsBytes(get -> get.bucket(bucket).key(key)).asByteArray());
          } catch (NoSuchKeyException e) {
            return Optional.empty();
          }
        });
  }

  @Override
  public Optional<LakeFile> file(String key, Path folder) {
    Path copy = folder.resolve(UUID.randomUUID() + key.substring(key.lastIndexOf('/') + 1));
    return call(
        "get",
        key,
        () -> {
          try {
            s3.getObject(get -> get.bucket(bucket).key(key), ResponseTransformer.toFile(copy));
            return Optional.of(new LakeFile(copy, true));
          } catch (NoSuchKeyException e) {
            return Optional.empty();
          }
        });
  }

  @Override
  public Optional<Map<String, String>> metadata(String key) {
    return call(
        "head",
        key,
        () -> {
          try {
            return Optional.of(s3.headObject(head -> head.bucket(bucket).key(key)).metadata());
          } catch (S3Exception e) {
            if (e.statusCode() == NOT_FOUND) {
              return Optional.empty();
            }
            throw e;
          }
        });
  }

  @Override
  public void delete(String key) {
    call("delete", key, () -> s3.deleteObject(delete -> delete.bucket(bucket).key(key)));
  }

  @Override
  public void delete(Collection<String> keys) {
    Concurrently.forEach(
        keys,
        key -> {
          delete(key);
          Failpoint.reach("deleted-one");
        });
  }

  @Override
  public List<String> keys(String prefix, String after) {
    return call(
        "list",
        prefix,
        () ->
            s3
                .listObjectsV2Paginator(
                    list -> list.bucket(bucket).prefix(prefix).startAfter(after))
                .contents()
                .stream()
                .map(S3Object::key)
                .toList());
  }

  private <T> T call(String verb, String key, Supplier<T> request) {
    try {
      return request.get();
    } catch (SdkException e) {
      throw new TransientException(
          "could not " + verb + " s3://" + bucket + "/" + key + ": " + e.getMessage(), e);
    }
  }
}
