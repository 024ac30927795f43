package dev.wadi;

import dev.wadi.event.SetupException;
import dev.wadi.event.TransientException;
import dev.wadi.lake.LakeObjects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * The lake in a bucket, for readers. What they need as files is copied to the system's temporary
 * folder, and is there no longer than it is read. For one thread.
 */
final class BucketLake implements LakeObjects, AutoCloseable {

  /** The client has more connections than this. */
  private static final int CALLS = 16;

  private static final int NOT_FOUND = 404;

  private final S3Client s3;
  private final String bucket;
  private final Path copies;
  private final ExecutorService pool = Executors.newFixedThreadPool(CALLS, BucketLake::thread);

  BucketLake(S3Client s3, String bucket) {
    this.s3 = s3;
    this.bucket = bucket;
    try {
      this.copies = Files.createTempDirectory("wadi-lake");
    } catch (IOException e) {
      throw new SetupException("no temporary folder can be made: " + e.getMessage(), e);
    }
  }

  @Override
  public void list(String folder, Visitor visitor) {
    call(
        "list",
        folder,
        () -> {
          s3.listObjectsV2Paginator(list -> list.bucket(bucket).prefix(folder))
              .contents()
              .forEach(object -> visitor.visit(object.key(), object.size()));
          return null;
        });
  }

  @Override
  public Map<String, byte[]> read(Collection<String> keys) {
    Map<String, byte[]> found = new ConcurrentHashMap<>();
    forEach(
        keys,
        key ->
            call(
                "get",
                key,
                () -> {
                  try {
                    return found.put(
                        key, s3.getObjectAsBytes(get -> get.bucket(bucket).key(key)).asByteArray());
                  } catch (NoSuchKeyException e) {
                    return null;
                  }
                }));
    return found;
  }

  @Override
  public boolean exists(String key) {
    return call(
        "head",
        key,
        () -> {
          try {
            s3.headObject(head -> head.bucket(bucket).key(key));
            return true;
          } catch (S3Exception e) {
            if (e.statusCode() == NOT_FOUND) {
              return false;
            }
            throw e;
          }
        });
  }

  @Override
  public Fetched fetch(Collection<String> keys) {
    List<String> fetched = List.copyOf(keys);
    forEach(fetched, this::copy);
    return () -> fetched.forEach(this::drop);
  }

  @Override
  public Path file(String key) {
    if (!LakeObjects.isInside(key)) {
      throw new IllegalArgumentException("the lake can't hold the key " + key);
    }
    return copies.resolve(key);
  }

  @Override
  public void close() {
    pool.shutdown();
    try (Stream<Path> tree = Files.walk(copies)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new SetupException(
          "the copies in " + copies + " can't be deleted: " + e.getMessage(), e);
    }
  }

  private void copy(String key) {
    Path file = file(key);
    try {
      Files.createDirectories(file.getParent());
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new SetupException("no copies can be put into " + copies + ": " + e.getMessage(), e);
    }
    call(
        "get",
        key,
        () -> {
          try {
            return s3.getObject(
                get -> get.bucket(bucket).key(key), ResponseTransformer.toFile(file));
          } catch (NoSuchKeyException e) {
            return null;
          }
        });
  }

  private void drop(String key) {
    try {
      Files.deleteIfExists(file(key));
    } catch (IOException e) {
      throw new SetupException("the copy " + file(key) + " can't be deleted: " + e.getMessage(), e);
    }
  }

  private void forEach(Collection<String> keys, Consumer<String> call) {
    CompletableFuture<?>[] calls =
        keys.stream()
            .map(key -> CompletableFuture.runAsync(() -> call.accept(key), pool))
            .toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(calls).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private <T> T call(String verb, String key, Supplier<T> request) {
    try {
      return request.get();
    } catch (NoSuchBucketException e) {
      throw new SetupException(
          "there is no bucket '" + bucket + "': set wadi.land.bucket to that of the lake", e);
    } catch (SdkException e) {
      throw new TransientException(
          "could not " + verb + " s3://" + bucket + "/" + key + ": " + e.getMessage(), e);
    }
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "wadi-lake");
    thread.setDaemon(true);
    return thread;
  }
}
