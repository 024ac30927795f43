package dev.wadi.deduplicate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class MappedRegionTest {

  @TempDir Path folder;

  @Test
  void readsAcrossPiecesAndToTheEndOfAPartOfAFile() throws Exception {
    ByteBuffer content = ByteBuffer.allocate(1000 * Long.BYTES + 5);
    for (long i = 0; i < 1000; i++) {
      content.putLong(i);
    }
    Path path = Files.write(folder.resolve("file"), content.array());
    MappedRegion region;
    try (FileChannel file = FileChannel.open(path)) {
      region = MappedRegion.map(file, 10 * Long.BYTES, 900 * Long.BYTES, 192);
    }
    Files.delete(path);

    for (int i = 0; i < 900; i++) {
      assertThat(region.getLong((long) i * Long.BYTES)).isEqualTo(i + 10);
    }
  }
}
