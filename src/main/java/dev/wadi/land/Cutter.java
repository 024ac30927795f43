package dev.wadi.land;

import dev.wadi.event.Batch;
import dev.wadi.event.Claims;
import dev.wadi.event.Event;
import dev.wadi.event.EventKey;
import dev.wadi.event.Outcome;
import dev.wadi.event.SharedClaims;
import dev.wadi.event.SourceRecord;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Decides which waiting batches make up the next commit, and what their undecided copies are: each
 * event lands once, by the batch that holds its claim, and every later copy in the commit is a
 * duplicate or a conflict.
 */
final class Cutter {

  private final Claims claims;
  private final int maxEvents;

  /**
   * @param maxEvents a commit takes batches until it has so many records; one at least
   */
  Cutter(Claims claims, int maxEvents) {
    this.claims = claims;
    this.maxEvents = maxEvents;
  }

  /**
   * Chooses the batches of the next commit; changes no account.
   *
   * @param waiting the batches that wait, oldest first
   * @return those that take part, in order; those that depend on a batch which has not come to its
   *     stage or is in a commit that isn't settled are left waiting
   */
  List<Batch> choose(List<Batch> waiting) {
    List<Batch> chosen = first(waiting);
    // the oldest may depend on one beyond the bound: better a large commit than none
    return chosen.isEmpty() ? independent(waiting) : chosen;
  }

  /** Those of these batches that depend on no other. */
  List<Batch> independent(List<Batch> batches) {
    List<Batch> chosen = new ArrayList<>(batches);
    while (removeDependent(chosen)) {
      // whoever depended on a removed batch is looked at again
    }
    return chosen;
  }

  /** A batch that travels alone, since it may fail what it is together with; else many others. */
  private List<Batch> first(List<Batch> waiting) {
    for (Batch batch : waiting) {
      if (batch.isAlone() && !independent(List.of(batch)).isEmpty()) {
        return List.of(batch);
      }
    }
    return independent(bounded(waiting.stream().filter(batch -> !batch.isAlone()).toList()));
  }

  private List<Batch> bounded(List<Batch> waiting) {
    List<Batch> chosen = new ArrayList<>();
    long records = 0;
    for (Batch batch : waiting) {
      if (!chosen.isEmpty() && records + batch.size() > maxEvents) {
        break;
      }
      chosen.add(batch);
      records += batch.size();
    }
    return chosen;
  }

  private boolean removeDependent(List<Batch> chosen) {
    Set<Batch> taking = new HashSet<>(chosen);
    return chosen.removeIf(batch -> dependsOnOther(batch, taking));
  }

  private boolean dependsOnOther(Batch batch, Set<Batch> taking) {
    if (batch.before().filter(before -> !taking.contains(before)).isPresent()) {
      return true;
    }
    for (SourceRecord record : batch.records()) {
      if (batch.account().outcome(record) instanceof Outcome.Candidate candidate
          && claim(batch, record, candidate.event(), taking) instanceof Claims.InFlight copy
          && !taking.contains(copy.owner())) {
        return true;
      }
    }
    return false;
  }

  /**
   * Asks for the claim again, since a claim that was in flight may have ended. An owner that takes
   * part but turned out not to land (dropped or rejected by a later step) loses its claim.
   */
  private Claims.Answer claim(Batch batch, SourceRecord record, Event event, Set<Batch> taking) {
    Claims.Answer answer = claim(batch, record, event);
    if (answer instanceof Claims.InFlight copy
        && taking.contains(copy.owner())
        && !(copy.owner().account().outcome(copy.ownerRecord()) instanceof Outcome.Candidate)) {
      claims.release(copy.owner(), copy.ownerRecord(), event.key());
      return claim(batch, record, event);
    }
    return answer;
  }

  /**
   * What the candidates of a commit's batches turn out to be; changes no account.
   *
   * @param taken what commits that stand have landed, by key; may lack what this process knows
   */
  Map<Batch, Map<SourceRecord, Outcome>> decide(
      List<Batch> batches, Map<EventKey, SharedClaims.Taken> taken) {
    Map<Batch, Map<SourceRecord, Outcome>> decisions = new LinkedHashMap<>();
    for (Batch batch : batches) {
      decisions.put(batch, decide(batch, taken));
    }
    return decisions;
  }

  /** The candidates of a batch that hold their claims in this process, by their keys. */
  Map<EventKey, SourceRecord> holders(Batch batch) {
    Map<EventKey, SourceRecord> holders = new LinkedHashMap<>();
    for (SourceRecord record : batch.records()) {
      if (batch.account().outcome(record) instanceof Outcome.Candidate candidate
          && claim(batch, record, candidate.event()) instanceof Claims.Fresh) {
        holders.put(candidate.event().key(), record);
      }
    }
    return holders;
  }

  /** Ends the claim that a candidate may hold in this process. */
  void release(Batch batch, SourceRecord record) {
    if (batch.account().outcome(record) instanceof Outcome.Candidate candidate) {
      claims.release(batch, record, candidate.event().key());
    }
  }

  private Claims.Answer claim(Batch batch, SourceRecord record, Event event) {
    return claims.claim(batch, record, event.key(), event.payloadHash());
  }

  private Map<SourceRecord, Outcome> decide(Batch batch, Map<EventKey, SharedClaims.Taken> taken) {
    Map<SourceRecord, Outcome> decisions = new LinkedHashMap<>();
    for (SourceRecord record : batch.records()) {
      if (batch.account().outcome(record) instanceof Outcome.Candidate candidate) {
        Event event = candidate.event();
        SharedClaims.Taken landed = taken.get(event.key());
        Claims.Answer answer =
            landed == null
                ? claim(batch, record, event)
                : landed.payloadHash() == event.payloadHash()
                    ? new Claims.LandedSame()
                    : new Claims.LandedOther(landed.payloadHash());
        decisions.put(record, decided(candidate, answer));
      }
    }
    return decisions;
  }

  private static Outcome decided(Outcome.Candidate candidate, Claims.Answer answer) {
    if (answer instanceof Claims.Fresh) {
      return candidate;
    }
    if (!candidate.table().equals(Tables.EVENTS)) {
      // a dead letter that was archived before, or stands twice in this commit
      return new Outcome.Redelivered();
    }
    // what a step masked must not come back by way of the copy
    String changed = (String) candidate.columns().get(CoreColumns.DOC);
    if (answer instanceof Claims.LandedOther landed) {
      return new Outcome.Conflict(candidate.event(), changed, landed.landedPayloadHash());
    }
    if (answer instanceof Claims.InFlight copy
        && copy.payloadHash() != candidate.event().payloadHash()) {
      return new Outcome.Conflict(candidate.event(), changed, copy.payloadHash());
    }
    return new Outcome.Duplicate(candidate.event(), changed);
  }
}
