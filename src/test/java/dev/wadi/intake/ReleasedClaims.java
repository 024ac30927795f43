package dev.wadi.intake;

import dev.wadi.event.Batch;
import dev.wadi.event.Claims;
import dev.wadi.event.EventKey;
import dev.wadi.event.SourceRecord;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Only remembers whose claims were released; a source asks for nothing else. */
public final class ReleasedClaims implements Claims {

  public final List<Batch> released = new CopyOnWriteArrayList<>();

  @Override
  public void releaseAll(Batch batch) {
    released.add(batch);
  }

  @Override
  public Answer claim(Batch batch, SourceRecord record, EventKey key, long payloadHash) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void release(Batch batch, SourceRecord record, EventKey key) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void confirm(String commit, List<LandedKey> landed) {
    throw new UnsupportedOperationException();
  }
}
