package dev.wadi.land.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wadi.event.ColumnType;
import dev.wadi.event.TransientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class StagingTest {

  @TempDir private Path folder;

  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable closeable : open) {
      closeable.close();
    }
  }

  @Test
  void writesEachFileUnderTheCommitsName() {
    ParquetFormat format = new ParquetFormat();
    List<FileStats> stats = staging(format, 2).write("c1", List.of(rows(1), rows(500), rows(20)));
    open.add(format);

    assertThat(stats).extracting(FileStats::rows).containsExactly(1L, 500L, 20L);
    assertThat(stats)
        .extracting(FileStats::file)
        .containsExactly(staged("c1-0.parquet"), staged("c1-1.parquet"), staged("c1-2.parquet"));
    assertThat(stats).extracting(FileStats::sha256).doesNotHaveDuplicates();
    for (FileStats file : stats) {
      assertThat(Read.rows(file.file())).hasSize((int) file.rows());
    }
  }

  @Test
  void beginsWithTheLargest() {
    List<Integer> order = new ArrayList<>();
    staging(
            (rows, file) -> {
              order.add(rows.count());
              return Files.write(file, new byte[1]);
            },
            1)
        .write("c1", List.of(rows(3), rows(9), rows(1), rows(5)));

    assertThat(order).containsExactly(9, 5, 3, 1);
  }

  @Test
  void writesAsManyAtATimeAsItHasWorkers() {
    CyclicBarrier both = new CyclicBarrier(2);
    List<FileStats> stats =
        staging(
                (rows, file) -> {
                  both.await(30, TimeUnit.SECONDS);
                  return Files.write(file, new byte[1]);
                },
                2)
            .write("c1", List.of(rows(1), rows(1)));

    assertThat(stats).hasSize(2).doesNotContainNull();
  }

  @Test
  void leavesNothingOfACommitThatFails() {
    Staging staging =
        staging(
            (rows, file) -> {
              Files.write(file, new byte[1]);
              if (rows.count() == 2) {
                throw new TransientException("disk full", null);
              }
              return file;
            },
            2);
    staging.write("c0", List.of(rows(1)));

    assertThatThrownBy(() -> staging.write("c1", List.of(rows(3), rows(2), rows(1))))
        .isInstanceOf(TransientException.class)
        .hasMessage("disk full");
    assertThat(folder.resolve("staging/c1")).doesNotExist();
    assertThat(folder.resolve("staging/c0/c0-0.test")).exists();
  }

  @Test
  void writesNoMoreFilesAfterOneFailed() {
    List<Integer> order = new ArrayList<>();
    Staging staging =
        staging(
            (rows, file) -> {
              order.add(rows.count());
              throw new OutOfMemoryError("a large file");
            },
            1);

    assertThatThrownBy(() -> staging.write("c1", List.of(rows(3), rows(2), rows(1))))
        .isInstanceOf(OutOfMemoryError.class);
    assertThat(order).containsExactly(3);
  }

  @Test
  void givesACommitUpWhenInterruptedButNotBeforeItsFilesAreClosed() {
    List<Path> whole = new CopyOnWriteArrayList<>();
    Staging staging =
        staging(
            (rows, file) -> {
              whole.add(Files.write(file, new byte[1]));
              return file;
            },
            2);
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> staging.write("c1", List.of(rows(1), rows(1))))
        .isInstanceOf(TransientException.class)
        .hasMessageContaining("Interrupt");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(whole).hasSize(2);
    assertThat(folder.resolve("staging/c1")).doesNotExist();
  }

  @Test
  void namesTheFolderThatItCannotMake() throws Exception {
    Files.write(folder.resolve("staging"), new byte[0]);
    Staging staging = staging((rows, file) -> file, 1);

    assertThatThrownBy(() -> staging.write("c1", List.of(rows(1))))
        .isInstanceOf(TransientException.class)
        .hasMessageContaining("staging");
  }

  @Test
  void discardsOneCommitAndSweepsAll() {
    Staging staging = staging((rows, file) -> Files.write(file, new byte[1]), 1);
    staging.write("c1", List.of(rows(1)));
    staging.write("c2", List.of(rows(1)));

    staging.discard("c1");
    staging.discard("never there");
    assertThat(folder.resolve("staging/c1")).doesNotExist();
    assertThat(folder.resolve("staging/c2")).exists();

    staging.sweep();
    staging.sweep();
    assertThat(folder.resolve("staging")).doesNotExist();
    assertThat(staging.write("c3", List.of(rows(1)))).hasSize(1);
  }

  @Test
  void writesNoFilesForACommitThatHasNone() {
    assertThat(staging((rows, file) -> file, 2).write("c1", List.of())).isEmpty();
  }

  /** Writes in some way, and returns the file. */
  private interface Way {
    Path write(Rows rows, Path file) throws Exception;
  }

  private Staging staging(Way way, int workers) {
    return staging(
        new FileFormat() {
          @Override
          public String extension() {
            return "test";
          }

          @Override
          public FileStats write(Rows rows, Path file) {
            try {
              return Durable.file(way.write(rows, file), rows.count());
            } catch (IOException e) {
              throw WriteFailure.of(file, e);
            } catch (RuntimeException e) {
              throw e;
            } catch (Exception e) {
              throw new IllegalStateException(e);
            }
          }

          @Override
          public void close() {}
        },
        workers);
  }

  private Staging staging(FileFormat format, int workers) {
    Staging staging = new Staging(folder.resolve("staging"), format, workers);
    open.add(staging);
    return staging;
  }

  private Path staged(String name) {
    return folder.resolve("staging/c1").resolve(name);
  }

  private static RowsToWrite rows(int count) {
    Rows rows = new Rows(List.of(), List.of());
    for (int n = 0; n < count; n++) {
      rows.set("v", ColumnType.BIGINT, (long) n);
      rows.endRow();
    }
    return RowsToWrite.of(rows);
  }
}
