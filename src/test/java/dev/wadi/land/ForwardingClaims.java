package dev.wadi.land;

import dev.wadi.event.Batch;
import dev.wadi.event.Claims;
import dev.wadi.event.EventKey;
import dev.wadi.event.SourceRecord;
import java.util.List;

/** Hands every call on; for a test to override one. */
class ForwardingClaims implements Claims {

  private final Claims claims;

  ForwardingClaims(Claims claims) {
    this.claims = claims;
  }

  @Override
  public Answer claim(Batch batch, SourceRecord record, EventKey key, long payloadHash) {
    return claims.claim(batch, record, key, payloadHash);
  }

  @Override
  public void release(Batch batch, SourceRecord record, EventKey key) {
    claims.release(batch, record, key);
  }

  @Override
  public void releaseAll(Batch batch) {
    claims.releaseAll(batch);
  }

  @Override
  public void confirm(String commit, List<LandedKey> landed) {
    claims.confirm(commit, landed);
  }
}
