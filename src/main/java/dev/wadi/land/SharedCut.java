package dev.wadi.land;

import dev.wadi.event.Batch;
import dev.wadi.event.Deliveries;
import dev.wadi.event.EventKey;
import dev.wadi.event.Lines;
import dev.wadi.event.Outcome;
import dev.wadi.event.SharedClaims;
import dev.wadi.event.SharedClaims.Answer;
import dev.wadi.event.SharedClaims.Taken;
import dev.wadi.event.SharedClaims.Wanted;
import dev.wadi.event.SourceRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Cuts a commit against what other processes have landed or are about to land. Under the commit's
 * id it claims every event that would land; then every delivery of which nothing lands, so that it
 * is accounted for once as well; then the parts of lines.
 *
 * <p>A batch with something that another process has in flight takes no part, and the commit gives
 * up what it holds of it: nobody waits and holds others up.
 */
final class SharedCut {

  private final SharedClaims claims;
  private final Lines lines;
  private final Cutter cutter;

  SharedCut(SharedClaims claims, Lines lines, Cutter cutter) {
    this.claims = claims;
    this.lines = lines;
    this.cutter = cutter;
  }

  /**
   * Claims for a commit.
   *
   * @param chosen as {@link Cutter#choose} gives them
   * @throws dev.wadi.event.TransientException if not all claims could be made; what is held ends
   *     with the commit's marker, which must be put as ABORTED
   */
  CutBatches claim(String commit, List<Batch> chosen) {
    Map<EventKey, Answer> answers = new HashMap<>();
    List<Batch> taking = cutter.independent(chosen);
    ask(commit, events(taking), answers);
    taking = withoutBusy(taking, answers);
    Map<Batch, Map<SourceRecord, Outcome>> decisions = cutter.decide(taking, taken(answers));
    ask(commit, deliveries(taking, decisions), answers);
    taking = withoutBusy(taking, answers);

    Map<Batch, Set<SourceRecord>> redelivered = new LinkedHashMap<>();
    taking.forEach(batch -> redelivered.put(batch, redelivered(batch, answers)));
    if (haveClaims(redelivered, answers)) {
      // copies of theirs were decided as if these landed: all of it is decided anew without them
      redelivered.forEach(this::accountedBefore);
      return CutBatches.givenUp(commit, List.of());
    }
    redelivered.forEach(
        (batch, records) ->
            records.forEach(record -> decisions.get(batch).put(record, new Outcome.Redelivered())));
    List<Batch> refused = refused(commit, taking);
    if (!refused.isEmpty()) {
      // parts of other lines may be taken by now that would not land without these
      return CutBatches.givenUp(commit, refused);
    }
    claims.release(commit, unused(taking, decisions, answers));
    return new CutBatches(commit, taking, decisions, refused, false);
  }

  private void ask(String commit, Collection<Wanted> wanted, Map<EventKey, Answer> answers) {
    List<Wanted> asked = List.copyOf(wanted);
    List<Answer> given = asked.isEmpty() ? List.of() : claims.claim(commit, asked);
    for (int n = 0; n < asked.size(); n++) {
      answers.put(asked.get(n).key(), given.get(n));
    }
  }

  private Collection<Wanted> events(List<Batch> batches) {
    List<Wanted> wanted = new ArrayList<>();
    for (Batch batch : batches) {
      cutter
          .holders(batch)
          .forEach(
              (key, record) -> {
                Outcome.Candidate candidate = (Outcome.Candidate) batch.account().outcome(record);
                wanted.add(
                    new Wanted(key, candidate.event().payloadHash(), CoreColumns.position(record)));
              });
    }
    return wanted;
  }

  /** The deliveries of which nothing lands; one with an event that lands is known by that. */
  private static Collection<Wanted> deliveries(
      List<Batch> batches, Map<Batch, Map<SourceRecord, Outcome>> decisions) {
    List<Wanted> wanted = new ArrayList<>();
    for (Batch batch : batches) {
      Set<String> landing = new HashSet<>();
      decisions
          .get(batch)
          .forEach(
              (record, outcome) -> {
                if (outcome instanceof Outcome.Candidate) {
                  landing.add(record.delivery());
                }
              });
      Set<String> again = new HashSet<>();
      for (SourceRecord record : batch.records()) {
        if (record.attempts() > 1) {
          again.add(record.delivery());
        }
      }
      for (String delivery : batch.deliveries()) {
        // one that came before may have been accounted for when nothing of it landed
        if (!landing.contains(delivery) || again.contains(delivery)) {
          wanted.add(new Wanted(key(batch, delivery), 0, batch.source() + " " + delivery));
        }
      }
    }
    return wanted;
  }

  /** A batch with something in flight elsewhere takes no part, nor does whoever depends on it. */
  private List<Batch> withoutBusy(List<Batch> batches, Map<EventKey, Answer> answers) {
    List<Batch> free = new ArrayList<>();
    for (Batch batch : batches) {
      boolean busy =
          cutter.holders(batch).keySet().stream().anyMatch(key -> isBusy(answers, key))
              || batch.deliveries().stream().anyMatch(one -> isBusy(answers, key(batch, one)));
      if (!busy) {
        free.add(batch);
      }
    }
    return free.size() == batches.size() ? batches : cutter.independent(free);
  }

  private static boolean isBusy(Map<EventKey, Answer> answers, EventKey key) {
    return answers.get(key) instanceof SharedClaims.Busy;
  }

  private static Map<EventKey, Taken> taken(Map<EventKey, Answer> answers) {
    Map<EventKey, Taken> taken = new HashMap<>();
    answers.forEach(
        (key, answer) -> {
          if (answer instanceof Taken landed) {
            taken.put(key, landed);
          }
        });
    return taken;
  }

  /**
   * What was accounted for before. What has landed from the very position of a record was delivered
   * again, also where another copy of the event asked for it; and with it all beside it, unless its
   * delivery may have been cut otherwise before.
   */
  private static Set<SourceRecord> redelivered(Batch batch, Map<EventKey, Answer> answers) {
    Set<SourceRecord> redelivered = new LinkedHashSet<>();
    for (SourceRecord record : batch.records()) {
      if (batch.account().outcome(record) instanceof Outcome.Candidate candidate
          && answers.get(candidate.event().key()) instanceof Taken landed
          && landed.position().equals(CoreColumns.position(record))) {
        redelivered.add(record);
        if (!batch.isCutOut()) {
          redelivered.addAll(ofDelivery(batch, record.delivery()));
        }
      }
    }
    for (String delivery : batch.deliveries()) {
      if (answers.get(key(batch, delivery)) instanceof Taken) {
        redelivered.addAll(ofDelivery(batch, delivery));
      }
    }
    return redelivered;
  }

  private static List<SourceRecord> ofDelivery(Batch batch, String delivery) {
    return batch.deliveries().contains(delivery) ? batch.recordsOf(delivery) : List.of();
  }

  /** Whether any of these records holds a claim, so that others were taken for its copies. */
  private boolean haveClaims(
      Map<Batch, Set<SourceRecord>> redelivered, Map<EventKey, Answer> answers) {
    for (Map.Entry<Batch, Set<SourceRecord>> one : redelivered.entrySet()) {
      for (Map.Entry<EventKey, SourceRecord> held : cutter.holders(one.getKey()).entrySet()) {
        if (one.getValue().contains(held.getValue())
            && answers.get(held.getKey()) instanceof SharedClaims.Held) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * Notes at once what is certain, whatever becomes of the commit; the next one goes on from it.
   */
  private void accountedBefore(Batch batch, Set<SourceRecord> records) {
    for (SourceRecord record : records) {
      cutter.release(batch, record);
      batch.account().put(record, new Outcome.Redelivered());
    }
  }

  /** Takes the parts of lines that the batches hold, and answers whose are refused. */
  private List<Batch> refused(String commit, List<Batch> batches) {
    Map<String, Map<String, Lines.Part>> bySource = parts(batches);
    Set<String> refused = new HashSet<>();
    bySource.forEach(
        (source, parts) -> {
          for (Lines.Part part : lines.take(commit, source, parts.values())) {
            refused.add(line(source, part));
          }
        });
    return batches.stream()
        .filter(
            batch ->
                batch.part().filter(p -> refused.contains(line(batch.source(), p))).isPresent())
        .toList();
  }

  /** What a commit's batches hold of each line, by source and line. */
  static Map<String, Map<String, Lines.Part>> parts(Collection<Batch> batches) {
    Map<String, Map<String, Lines.Part>> bySource = new LinkedHashMap<>();
    for (Batch batch : batches) {
      batch
          .part()
          .ifPresent(
              part ->
                  bySource
                      .computeIfAbsent(batch.source(), source -> new LinkedHashMap<>())
                      .merge(
                          part.line(),
                          part,
                          (first, next) -> new Lines.Part(first.line(), first.after(), next.to())));
    }
    return bySource;
  }

  /** What the commit holds and does not land. */
  private static Collection<EventKey> unused(
      List<Batch> batches,
      Map<Batch, Map<SourceRecord, Outcome>> decisions,
      Map<EventKey, Answer> answers) {
    Set<EventKey> unused = new LinkedHashSet<>();
    answers.forEach(
        (key, answer) -> {
          if (answer instanceof SharedClaims.Held) {
            unused.add(key);
          }
        });
    for (Batch batch : batches) {
      for (Outcome outcome : decisions.get(batch).values()) {
        if (outcome instanceof Outcome.Candidate candidate) {
          unused.remove(candidate.event().key());
        }
      }
      batch.deliveries().forEach(delivery -> unused.remove(key(batch, delivery)));
    }
    return unused;
  }

  private static EventKey key(Batch batch, String delivery) {
    return Deliveries.key(batch.source(), delivery);
  }

  private static String line(String source, Lines.Part part) {
    return source + " " + part.line();
  }
}
