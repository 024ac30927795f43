package dev.wadi.land;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.wadi.event.TransientException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

@Tag("unit")
class PublishManyTest {

  @TempDir Path folder;
  private final AtomicInteger begun = new AtomicInteger();
  private final CountDownLatch failed = new CountDownLatch(1);
  private final CountDownLatch slow = new CountDownLatch(1);
  private volatile Thread failing;

  @Test
  void doesNotThrowBeforeEveryPutHasEndedAndBeginsNoMore() throws Exception {
    S3LakeStore store = new S3LakeStore(new OneFailsTheOthersAreSlow(), "lake");
    List<StagedObject> objects =
        IntStream.range(0, 100)
            .mapToObj(n -> Staged.object(folder, "events/01ARZ-" + n + ".parquet"))
            .toList();

    CompletableFuture<Void> publishing = CompletableFuture.runAsync(() -> store.publish(objects));
    failed.await();
    // the one that failed has told of it when it has nothing more to do
    await().during(Duration.ofMillis(200)).until(() -> failing.getState() != Thread.State.RUNNABLE);
    assertThat(publishing).isNotDone();
    slow.countDown();

    assertThatThrownBy(publishing::join).hasCauseInstanceOf(TransientException.class);
    assertThat(begun).hasValueLessThan(objects.size());
  }

  private final class OneFailsTheOthersAreSlow implements S3Client {

    @Override
    public PutObjectResponse putObject(PutObjectRequest put, RequestBody body) {
      if (begun.incrementAndGet() == 2) {
        failing = Thread.currentThread();
        failed.countDown();
        throw S3Exception.builder().statusCode(503).message("slow down").build();
      }
      try {
        slow.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return PutObjectResponse.builder().build();
    }

    @Override
    public String serviceName() {
      return "s3";
    }

    @Override
    public void close() {
      // nothing is open
    }
  }
}
