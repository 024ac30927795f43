package dev.wadi.crash.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

/** A data folder on a disk that gets full, and has space again later. */
final class DiskFaults {

  private DiskFaults() {}

  static List<Fault> all() {
    return List.of(Fault.ofOne("disk-full", Set.of(Contender.WADI), DiskFaults::full));
  }

  private static String log(Arena arena) {
    try {
      return Files.readString(arena.folder().resolve(WadiHere.LOG));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Ordeal full(Contender contender, Arena arena, Random random) {
    OnADisk wadi = new OnADisk(WadiHere.alone(arena), arena.folder().resolve("data-0"));
    return new Ordeal(
        wadi,
        wadi::start,
        () -> {
          Arena.pass(Duration.ofMillis(random.nextInt(1000)));
          wadi.fill();
          Arena.await(
              "the full disk",
              () -> log(arena).toLowerCase(Locale.ROOT).contains("no space left on"));
          Arena.pass(Duration.ofMillis(random.nextInt(2000)));
          wadi.free();
        });
  }
}
