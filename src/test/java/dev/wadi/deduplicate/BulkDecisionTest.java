package dev.wadi.deduplicate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wadi.event.Claims.LandedKey;
import dev.wadi.event.EventBlock;
import dev.wadi.event.EventBlock.Fate;
import dev.wadi.event.EventKey;
import dev.wadi.event.Rejected;
import dev.wadi.event.SourceRecord;
import dev.wadi.event.Tape;
import dev.wadi.event.TextBlock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class BulkDecisionTest {

  private final LedgerInMemory ledger = new LedgerInMemory();
  private final BulkDecision decision = new BulkDecision(ledger);

  @Test
  void theFirstOfAKeyLandsAndItsCopiesAreSetAside() {
    EventBlock block = block("a=1", "b=1", "a=1", "a=2", "b=1");

    BulkDecision.Decided landed = decision.decide(List.of(block));

    assertThat(fates(block)).isEqualTo("LANDS LANDS DUPLICATE CONFLICT DUPLICATE");
    assertThat(block.landedHash(3)).isEqualTo(1);
    assertLanded(landed, new LandedKey(key("a"), 1), new LandedKey(key("b"), 1));
  }

  @Test
  void aCopyOfWhatALaterBlockHasIsNotTheFirst() {
    EventBlock first = block("a=1");
    EventBlock second = block("a=2", "c=1");

    decision.decide(List.of(first, second));

    assertThat(fates(first)).isEqualTo("LANDS");
    assertThat(fates(second)).isEqualTo("CONFLICT LANDS");
  }

  @Test
  void whatHasLandedBeforeDoesNotLandAgain() {
    ledger.append("1", List.of(new LandedKey(key("a"), 7)));
    EventBlock block = block("a=7", "a=8", "b=1");

    BulkDecision.Decided landed = decision.decide(List.of(block));

    assertThat(fates(block)).isEqualTo("DUPLICATE CONFLICT LANDS");
    assertThat(block.landedHash(1)).isEqualTo(7);
    assertLanded(landed, new LandedKey(key("b"), 1));
  }

  @Test
  void aRejectedRecordIsLeftAsItIs() {
    EventBlock block = new EventBlock(new TextBlock("f", "x", "y"), Instant.EPOCH, new Tape());
    SourceRecord record = new SourceRecord("file", "f@0", new byte[0], Instant.EPOCH, 1);
    block.reject(0, new Rejected(record, "json", "decode", "not_json", null, "no"));
    event(block, 1, "a=1");

    BulkDecision.Decided decided = decision.decide(List.of(block));

    EventKey letter = EventKey.of("dead_letter", "1");
    assertThat(decided.takeLetter(letter)).isTrue();
    assertThat(decided.takeLetter(letter)).isFalse();
    assertThat(decision.decide(List.of()).takeLetter(letter)).isFalse();
    assertLanded(decided, new LandedKey(key("a"), 1), new LandedKey(letter, 0));
    assertThat(decision.decide(List.of()).takeLetter(letter)).isFalse();
    assertThat(fates(block)).isEqualTo("REJECTED LANDS");
  }

  @Test
  void decidesAsOneWhoLooksAtOneEventAfterTheOther() {
    Random random = new Random(11);
    Map<String, Long> landedBefore = new HashMap<>();
    Queue<BulkDecision.Decided> unconfirmed = new ArrayDeque<>();
    int confirmed = 0;
    for (int commit = 0; commit < 30; commit++) {
      List<EventBlock> blocks = new ArrayList<>();
      List<String> expected = new ArrayList<>();
      Map<String, Long> first = new HashMap<>(landedBefore);
      for (int n = random.nextInt(4); n >= 0; n--) {
        String[] events = new String[random.nextInt(50)];
        for (int i = 0; i < events.length; i++) {
          String name = "k" + random.nextInt(200);
          long hash = random.nextInt(3);
          events[i] = name + "=" + hash;
          Long known = first.putIfAbsent(name, hash);
          expected.add(known == null ? "LANDS" : known == hash ? "DUPLICATE" : "CONFLICT");
        }
        blocks.add(block(events));
      }

      BulkDecision.Decided landed = decision.decide(blocks);

      assertThat(String.join(" ", blocks.stream().map(BulkDecisionTest::fates).toList()).trim())
          .isEqualToNormalizingWhitespace(String.join(" ", expected));
      unconfirmed.add(landed);
      // the ledger may be some commits behind what is decided
      while (unconfirmed.size() > random.nextInt(3)) {
        unconfirmed.remove().confirm("commit" + (100 + confirmed++));
      }
      long pending = first.size() - ledger.count();
      assertThat(pending).isGreaterThanOrEqualTo(0);
      landedBefore = first;
    }
    while (!unconfirmed.isEmpty()) {
      unconfirmed.remove().confirm("commit" + (100 + confirmed++));
    }
    assertThat(ledger.count()).isEqualTo(landedBefore.size());
  }

  private void assertLanded(BulkDecision.Decided landed, LandedKey... expected) {
    long before = ledger.count();
    landed.confirm("9");
    assertThat(ledger.count()).isEqualTo(before + expected.length);
    for (LandedKey one : expected) {
      assertThat(ledger.find(one.key())).hasValue(one.payloadHash());
    }
  }

  private static EventBlock block(String... events) {
    EventBlock block = new EventBlock(new TextBlock("f", events), Instant.EPOCH, new Tape());
    for (int n = 0; n < events.length; n++) {
      event(block, n, events[n]);
    }
    return block;
  }

  /** An event as {@code <key>=<payload hash>}. */
  private static void event(EventBlock block, int n, String text) {
    EventKey key = key(text.substring(0, text.indexOf('=')));
    long hash = Long.parseLong(text.substring(text.indexOf('=') + 1));
    block.event(n, key.high(), key.low(), hash, "t", null, Instant.EPOCH);
  }

  private static EventKey key(String name) {
    return EventKey.of("test", name);
  }

  private static String fates(EventBlock block) {
    StringBuilder fates = new StringBuilder();
    for (int n = 0; n < block.count(); n++) {
      Fate fate = block.fate(n);
      fates.append(n == 0 ? "" : " ").append(fate);
    }
    return fates.toString();
  }
}
