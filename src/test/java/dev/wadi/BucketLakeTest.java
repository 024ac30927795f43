package dev.wadi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wadi.event.SetupException;
import dev.wadi.lake.Finding;
import dev.wadi.lake.LakeCopy;
import dev.wadi.lake.LakeFixture;
import dev.wadi.lake.Tables;
import dev.wadi.lake.Verification;
import dev.wadi.lake.VerifyReport;
import dev.wadi.lake.Violation;
import dev.wadi.local.Credentials;
import dev.wadi.local.EmbeddedStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
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

/** A bucket is verified as a folder is; here it is that of the embedded store, which speaks S3. */
@Tag("integration")
class BucketLakeTest {

  private static final String ONE = "host-a/1/0";
  private static final String TWO = "host-b/2/0";
  private static final String FIRST =
      "events/event_type=change/event_date=2026-11-01/" + LakeFixture.id(1) + "-0.parquet";

  @TempDir Path data;
  private LakeFixture lake;
  private EmbeddedStore server;
  private S3Client s3;

  @BeforeEach
  void open() {
    lake = new LakeFixture(data);
    lake.commit(1).by(ONE).event("a", "1").duplicate("b", "1").rejected("r").write();
    lake.commit(2).by(TWO).event("b", "1").event("c", "1", "a%2Fb", "2026-11-01", "").write();
    lake.commit(3).by(ONE).conflict("c", "2", "1").delivery("m1").write();
    lake.commit(4)
        .by(TWO)
        .from(LakeFixture.DLQ_SOURCE)
        .deadLetter("r", "not_json", "NULL::VARCHAR", "'dead_letters_bytes/r.bin'")
        .write();
    lake.write("dead_letters_bytes/r.bin", "{");
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
  void countsInABucketWhatItCountsInAFolder() {
    VerifyReport report = verify("lake", true);
    assertThat(report).isEqualTo(new Verification(lake.folder(), true).run());
    assertThat(report.findings()).isEmpty();
    assertThat(report.commits()).isEqualTo(4);
    assertThat(report.total().landed()).isEqualTo(4);
    assertThat(report.writers()).hasSize(2);
  }

  @Test
  void namesInABucketWhatItNamesInAFolder() throws Exception {
    lake.commit(5).by(TWO).event("a", "2").delivery("m1").write();
    lake.commit(6).by(ONE).event("d", "1").write();
    lake.openIntent(6);
    Files.delete(lake.file("_wadi/commits/" + LakeFixture.id(6) + ".json"));
    Files.copy(lake.file(FIRST), lake.file(FIRST.replace("-0.", "-7.")));
    Files.write(lake.file(FIRST), new byte[] {1, 2, 3});
    VerifyReport report = verify("lake", false);
    assertThat(report).isEqualTo(new Verification(lake.folder(), false).run());
    assertThat(report.inFlight()).isEqualTo(1);
    assertThat(report.findings())
        .extracting(Finding::violation)
        .contains(
            Violation.FILE_CHANGED,
            Violation.FILE_UNREADABLE,
            Violation.FILE_UNREFERENCED,
            Violation.DELIVERED_TWICE);
  }

  @Test
  void answersFromABucketWhatItAnswersFromAFolder() throws Exception {
    lake.commit(5).by(TWO).event("on-its-way", "1").write();
    lake.openIntent(5);
    Files.delete(lake.file("_wadi/commits/" + LakeFixture.id(5) + ".json"));
    String joined =
        lake.compact(6, "FROM file", FIRST, FIRST.replace(LakeFixture.id(1), LakeFixture.id(2)));
    String sql = "SELECT event_id FROM events ORDER BY 1";
    assertThat(answer(sql)).containsExactly("id-a", "id-b", "id-c");
    assertThat(answer("SELECT reason FROM dead_letters")).containsExactly("not_json");
    Files.delete(lake.file(joined));
    assertThatThrownBy(() -> answer(sql))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("the lake has lost files");
  }

  @Test
  void copiesOnlyTheTablesThatAreAskedFor() {
    try (BucketLake bucket = new BucketLake(s3, "lake");
        LakeCopy copy = LakeCopy.of(bucket, "FROM duplicates")) {
      Path root = copy.folder().root();
      assertThat(root.resolve("duplicates")).isDirectory();
      assertThat(root.resolve("events")).doesNotExist();
    }
  }

  private List<String> answer(String sql) throws Exception {
    try (BucketLake bucket = new BucketLake(s3, "lake");
        LakeCopy copy = LakeCopy.of(bucket, sql);
        Tables tables = Tables.open(copy.folder(), sql);
        ResultSet rows = tables.query()) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    }
  }

  @Test
  void leavesNoCopyBehind() throws Exception {
    Path copies;
    try (BucketLake bucket = new BucketLake(s3, "lake")) {
      copies = bucket.file(FIRST).getParent().getParent().getParent().getParent();
      var files = bucket.fetch(List.of(FIRST, "events/none.parquet"));
      assertThat(bucket.file(FIRST)).hasSameBinaryContentAs(lake.file(FIRST));
      assertThat(bucket.file("events/none.parquet")).doesNotExist();
      files.close();
      assertThat(bucket.file(FIRST)).doesNotExist();
      bucket.fetch(List.of(FIRST));
    }
    assertThat(copies).doesNotExist();
  }

  @Test
  void saysThatThereIsNoSuchBucket() {
    assertThatThrownBy(() -> verify("none", false))
        .isInstanceOf(SetupException.class)
        .hasMessage("there is no bucket 'none': set wadi.land.bucket to that of the lake");
  }

  private VerifyReport verify(String bucket, boolean checksums) {
    try (BucketLake objects = new BucketLake(s3, bucket)) {
      return new Verification(objects, checksums).run();
    }
  }
}
