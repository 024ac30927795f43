package dev.wadi.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class RenewedTest {

  @TempDir Path folder;
  private final HandClock clock = new HandClock();
  private final AtomicBoolean broken = new AtomicBoolean();
  private final AtomicInteger reads = new AtomicInteger();
  private Path file;
  private Renewed<String> renewed;

  @BeforeEach
  void readForTheFirstTime() throws IOException {
    file = Files.writeString(folder.resolve("secret"), "first");
    renewed = new Renewed<>(List.of(file), this::read, clock);
  }

  @Test
  void readsAgainOnlyWhatHasChanged() throws IOException {
    later();
    assertThat(renewed.get()).isEqualTo("first");
    assertThat(reads).hasValue(1);

    Files.writeString(file, "the second");
    later();
    assertThat(renewed.get()).isEqualTo("the second");
    later();
    assertThat(renewed.get()).isEqualTo("the second");
    assertThat(reads).hasValue(2);
  }

  @Test
  void triesAgainWhatCouldNotBeReadAtTheFirstLook() throws IOException {
    Files.writeString(file, "the second");
    broken.set(true);
    later();
    assertThat(renewed.get()).isEqualTo("first");
    assertThat(renewed.trouble()).contains("too many open files");

    broken.set(false);
    later();

    assertThat(renewed.get()).isEqualTo("the second");
    assertThat(renewed.trouble()).isEmpty();
  }

  private void later() {
    clock.forward(Duration.ofMillis(Renewed.EVERY_MS));
  }

  private String read() {
    reads.incrementAndGet();
    if (broken.get()) {
      throw new IllegalStateException("too many open files");
    }
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
