package dev.wadi.land.compact;

import dev.wadi.event.TransientException;
import dev.wadi.land.LakeFile;
import dev.wadi.land.LakeStore;
import dev.wadi.land.StagedObject;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** A store that lets a test step in before a call, and can be made to fail. */
final class FlakyStore implements LakeStore {

  private final LakeStore store;

  /** Told of every call, such as {@code put key}, before it is made. */
  Consumer<String> before = call -> {};

  /** Calls that fail without doing anything. */
  Predicate<String> refuses = call -> false;

  /** Calls that do their work, and whose answer is lost. */
  Predicate<String> losesAnswerOf = call -> false;

  FlakyStore(LakeStore store) {
    this.store = store;
  }

  void heal() {
    before = call -> {};
    refuses = call -> false;
    losesAnswerOf = call -> false;
  }

  @Override
  public boolean putIfAbsent(String key, byte[] body) {
    begin("put " + key);
    boolean first = store.putIfAbsent(key, body);
    end("put " + key);
    return first;
  }

  @Override
  public void publish(List<StagedObject> objects) {
    for (StagedObject object : objects) {
      begin("put " + object.key());
      store.publish(List.of(object));
      end("put " + object.key());
    }
  }

  @Override
  public Optional<byte[]> get(String key) {
    begin("get " + key);
    return store.get(key);
  }

  @Override
  public Optional<LakeFile> file(String key, Path folder) {
    begin("file " + key);
    return store.file(key, folder);
  }

  @Override
  public Optional<Map<String, String>> metadata(String key) {
    begin("head " + key);
    return store.metadata(key);
  }

  @Override
  public void delete(String key) {
    begin("delete " + key);
    store.delete(key);
    end("delete " + key);
  }

  @Override
  public void delete(Collection<String> keys) {
    keys.forEach(this::delete);
  }

  @Override
  public List<String> keys(String prefix, String after) {
    begin("list " + prefix);
    return store.keys(prefix, after);
  }

  private void begin(String call) {
    before.accept(call);
    if (refuses.test(call)) {
      throw new TransientException("refused: " + call, null);
    }
  }

  private void end(String call) {
    if (losesAnswerOf.test(call)) {
      throw new TransientException("the answer was lost: " + call, null);
    }
  }
}
