package dev.wadi.deduplicate.dynamodb;

import dev.wadi.event.EventKey;
import dev.wadi.event.SharedClaims;
import dev.wadi.ops.Metrics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Claims in the table, each by one conditional write.
 *
 * <p>A commit takes a key at most once, and releases it at most once. So no value of an item ever
 * comes again, and a request that arrives late finds that its condition doesn't hold, or makes a
 * claim for a commit that was given up.
 */
final class DynamoClaims implements SharedClaims {

  private final Items items;
  private final Inserts inserts;
  private final ClaimItems claimItems;
  private final Judgement judgement;
  private final Workers workers;
  private final Metrics metrics;

  DynamoClaims(
      Items items,
      Inserts inserts,
      ClaimItems claimItems,
      Judgement judgement,
      Workers workers,
      Metrics metrics) {
    this.items = items;
    this.inserts = inserts;
    this.claimItems = claimItems;
    this.judgement = judgement;
    this.workers = workers;
    this.metrics = metrics;
  }

  @Override
  public List<Answer> claim(String commit, List<Wanted> wanted) {
    // null where the commit has put its claim
    Claim[] found = insert(commit, wanted);
    Answer[] answers = new Answer[wanted.size()];
    List<Integer> open = IntStream.range(0, wanted.size()).boxed().toList();
    while (!open.isEmpty()) {
      List<Integer> free = judge(commit, found, answers, open);
      workers.forEach(free, i -> found[i] = takeOver(commit, wanted.get(i), found[i]));
      open = free;
    }
    count(answers);
    return List.of(answers);
  }

  @Override
  public void release(String commit, Collection<EventKey> keys) {
    workers.forEach(
        keys,
        key ->
            // also where nothing is: a late request of the claim may be underway
            items.put("release", claimItems.released(commit, key), Condition.absentOrOf(commit)));
  }

  private Claim[] insert(String commit, List<Wanted> wanted) {
    Claim[] found = new Claim[wanted.size()];
    List<Integer> starts = new ArrayList<>();
    for (int start = 0; start < wanted.size(); start += inserts.most()) {
      starts.add(start);
    }
    workers.forEach(
        starts,
        start -> {
          int end = Math.min(wanted.size(), start + inserts.most());
          List<Optional<Map<String, AttributeValue>>> there =
              inserts.insert(
                  wanted.subList(start, end).stream()
                      .map(one -> claimItems.claim(commit, one))
                      .toList());
          for (int i = start; i < end; i++) {
            found[i] = there.get(i - start).map(Claim::of).orElse(null);
          }
        });
    return found;
  }

  /** Answers what it can; returns the others, which may be taken over. */
  private List<Integer> judge(String commit, Claim[] found, Answer[] answers, List<Integer> open) {
    Map<String, Judgement.Verdict> verdicts =
        judgement.of(
            commit, open.stream().filter(i -> found[i] != null).map(i -> found[i]).toList());
    List<Integer> free = new ArrayList<>();
    for (int i : open) {
      Claim claim = found[i];
      if (claim == null) {
        answers[i] = new Held();
        continue;
      }
      switch (Judgement.on(claim, commit, verdicts)) {
        case OWN -> answers[i] = new Held();
        case LANDED -> answers[i] = new Taken(claim.payloadHash(), claim.position());
        case BUSY -> answers[i] = new Busy(claim.isReleased() ? commit : claim.commit());
        case FREE -> free.add(i);
      }
    }
    return free;
  }

  /** Takes over what nobody has, unless another was faster; then says what is there now. */
  private Claim takeOver(String commit, Wanted wanted, Claim old) {
    Optional<Map<String, AttributeValue>> there =
        items.put("take-over", claimItems.claim(commit, wanted), Condition.of(old.commit()));
    if (there.isEmpty()) {
      metrics.count("wadi.claims.takeovers", "from", old.isReleased() ? "released" : "given-up", 1);
    }
    return there.map(Claim::of).orElse(null);
  }

  private void count(Answer[] answers) {
    for (Answer answer : answers) {
      metrics.count("wadi.claims.shared", "answer", answer.getClass().getSimpleName(), 1);
    }
  }
}
