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
import java.util.stream.Stream;
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
    long read = judgement.moment();
    // null where the commit has put its claim
    Claim[] found = insert(commit, wanted);
    Answer[] answers = new Answer[wanted.size()];
    List<Integer> open = IntStream.range(0, wanted.size()).boxed().toList();
    while (!open.isEmpty()) {
      Undecided undecided = judge(commit, found, answers, open, read);
      read = judgement.moment();
      workers.forEach(undecided.free, i -> found[i] = takeOver(commit, wanted.get(i), found[i]));
      workers.forEach(undecided.unsure, i -> found[i] = readAgain(wanted.get(i)));
      open = undecided.all();
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

  /**
   * What has no answer yet.
   *
   * @param free may be taken over
   * @param unsure landed, if the claim is still the one that was read
   */
  private record Undecided(List<Integer> free, List<Integer> unsure) {

    List<Integer> all() {
      return Stream.concat(free.stream(), unsure.stream()).toList();
    }
  }

  /**
   * Answers what it can.
   *
   * @param read no later than the claims were read
   */
  private Undecided judge(
      String commit, Claim[] found, Answer[] answers, List<Integer> open, long read) {
    Map<String, Judgement.Verdict> verdicts =
        judgement.of(
            commit, open.stream().filter(i -> found[i] != null).map(i -> found[i]).toList());
    Undecided undecided = new Undecided(new ArrayList<>(), new ArrayList<>());
    for (int i : open) {
      Claim claim = found[i];
      if (claim == null) {
        answers[i] = new Held();
        continue;
      }
      switch (Judgement.on(claim, commit, verdicts)) {
        case OWN -> answers[i] = new Held();
        case LANDED -> {
          if (judgement.isFinal(claim, read)) {
            answers[i] = new Taken(claim.payloadHash(), claim.position());
          } else {
            undecided.unsure.add(i);
          }
        }
        case BUSY -> answers[i] = new Busy(claim.isReleased() ? commit : claim.commit());
        case FREE -> undecided.free.add(i);
      }
    }
    return undecided;
  }

  /** Its commit may have released the key after it was read, and have come to stand only then. */
  private Claim readAgain(Wanted wanted) {
    return Claim.of(items.get(wanted.key()).orElse(Map.of()));
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
