package dev.wadi.land.compact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wadi.lake.LakeFixture;
import dev.wadi.lake.Verification;
import dev.wadi.lake.VerifyReport;
import dev.wadi.land.CommitLog;
import dev.wadi.land.Publisher;
import dev.wadi.land.S3LakeStore;
import dev.wadi.land.Settlement;
import dev.wadi.land.format.Compression;
import dev.wadi.local.Credentials;
import dev.wadi.local.EmbeddedStore;
import dev.wadi.ops.Backoff;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** A bucket is compacted as a folder is; here it is that of the embedded store, which speaks S3. */
@Tag("integration")
class CompactionOnS3Test {

  @TempDir Path data;
  private LakeFixture lake;
  private EmbeddedStore server;
  private S3Client s3;

  @BeforeEach
  void open() {
    lake = new LakeFixture(data);
    for (int n = 1; n <= 5; n++) {
      lake.commit(n).event("e" + n, "1").duplicate("e" + n, "1").write();
    }
    Credentials credentials = Credentials.random(new SecureRandom());
    server = EmbeddedStore.open(data, List.of("lake"), 0, credentials);
    s3 =
        S3Client.builder()
            .region(Region.US_EAST_1)
            .endpointOverride(server.endpoint())
            .forcePathStyle(true)
            .httpClient(ApacheHttpClient.create())
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(credentials.accessKey(), credentials.secretKey())))
            .build();
  }

  @AfterEach
  void close() {
    s3.close();
    server.close();
  }

  @Test
  void joinsTheFilesOfABucket() throws Exception {
    S3LakeStore store = new S3LakeStore(s3, "lake");
    CommitLog log = new CommitLog(store);
    Clock clock = Clock.systemUTC();
    Settlement settlement = new Settlement(store, log, "compaction", clock);
    Backoff backoff = new Backoff(Duration.ZERO, Duration.ZERO);
    try (ParquetJoiner joiner =
        new ParquetJoiner(
            Map.of(), Compression.ZSTD, 1 << 20, 256 << 20, data.resolve("compact/spill"))) {
      CompactionReport report =
          new Compaction(
                  new CompactionLimits(1 << 20, 2, Duration.ZERO, Duration.ZERO),
                  new Compaction.Parts(
                      store,
                      log,
                      settlement,
                      new Publisher(
                          store,
                          log,
                          settlement,
                          Duration.ofMinutes(5),
                          () -> {},
                          clock,
                          backoff,
                          2),
                      List.of(joiner),
                      data.resolve("compact"),
                      "compaction",
                      clock,
                      new SecureRandom()))
              .run(() -> false);

      assertThat(report.filesBefore()).isEqualTo(10);
      assertThat(report.filesDeleted()).isEqualTo(10);
    }
    VerifyReport verified = new Verification(lake.folder(), true).run();
    assertThat(verified.findings()).isEmpty();
    assertThat(verified.files()).isEqualTo(2);
    assertThat(data.resolve("compact")).doesNotExist();
  }
}
