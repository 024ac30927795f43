package dev.wadi.land;

import dev.wadi.event.TransientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;

/** A lake store in memory that can be made to fail, before or after it did what was asked. */
class MemoryStore implements LakeStore {

  final ConcurrentSkipListMap<String, byte[]> objects = new ConcurrentSkipListMap<>();
  final ConcurrentSkipListMap<String, Map<String, String>> metadata = new ConcurrentSkipListMap<>();

  /** Calls such as {@code put key} that fail without doing anything. */
  volatile Predicate<String> refuses = call -> false;

  /** Calls that do their work, and whose answer is lost. */
  volatile Predicate<String> losesAnswerOf = call -> false;

  @Override
  public boolean putIfAbsent(String key, byte[] body) {
    before("put " + key);
    boolean first = objects.putIfAbsent(key, body) == null;
    after("put " + key);
    return first;
  }

  @Override
  public void publish(List<StagedObject> staged) {
    for (StagedObject object : staged) {
      before("put " + object.key());
      if (objects.putIfAbsent(object.key(), read(object)) == null) {
        metadata.put(object.key(), object.metadata());
      } else {
        object.requireSame(metadata(object.key()));
      }
      after("put " + object.key());
    }
  }

  @Override
  public Optional<byte[]> get(String key) {
    before("get " + key);
    return Optional.ofNullable(objects.get(key));
  }

  @Override
  public Optional<LakeFile> file(String key, Path folder) {
    Optional<byte[]> body = get(key);
    if (body.isEmpty()) {
      return Optional.empty();
    }
    try {
      Path copy = Files.createTempFile(folder, "copy", key.substring(key.lastIndexOf('/') + 1));
      Files.write(copy, body.get());
      return Optional.of(new LakeFile(copy, true));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Optional<Map<String, String>> metadata(String key) {
    before("head " + key);
    return objects.containsKey(key)
        ? Optional.of(metadata.getOrDefault(key, Map.of()))
        : Optional.empty();
  }

  @Override
  public void delete(String key) {
    before("delete " + key);
    objects.remove(key);
    after("delete " + key);
  }

  @Override
  public void delete(Collection<String> keys) {
    keys.forEach(this::delete);
  }

  @Override
  public List<String> keys(String prefix, String after) {
    before("list " + prefix);
    return objects.keySet().stream()
        .filter(key -> key.startsWith(prefix) && (after == null || key.compareTo(after) > 0))
        .toList();
  }

  private static byte[] read(StagedObject object) {
    try {
      return Files.readAllBytes(object.file());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void before(String call) {
    if (refuses.test(call)) {
      throw new TransientException("refused: " + call, null);
    }
  }

  private void after(String call) {
    if (losesAnswerOf.test(call)) {
      throw new TransientException("the answer was lost: " + call, null);
    }
  }
}
