package dev.wadi.check;

import java.util.List;
import java.util.Set;
import org.apache.camel.model.ConvertBodyDefinition;
import org.apache.camel.model.IdempotentConsumerDefinition;
import org.apache.camel.model.MarshalDefinition;
import org.apache.camel.model.OptionalIdentifiedDefinition;
import org.apache.camel.model.RemovePropertiesDefinition;
import org.apache.camel.model.RemovePropertyDefinition;
import org.apache.camel.model.SamplingDefinition;
import org.apache.camel.model.SetBodyDefinition;
import org.apache.camel.model.SetPropertyDefinition;
import org.apache.camel.model.SplitDefinition;
import org.apache.camel.model.ThrottleDefinition;
import org.apache.camel.model.TransformDefinition;
import org.apache.camel.model.UnmarshalDefinition;
import org.apache.camel.support.PatternHelper;

/** Whether a step may stand where it stands, after what was done before. */
final class StepCheck {

  /** What the account of a batch hangs on. */
  private static final List<String> KEPT =
      List.of("WadiBatch", "WadiRecord", "WadiEvent", "WadiRejected", "WadiClaim");

  private final Places places;
  private final Level level;
  private final Set<Finding> findings;

  StepCheck(Places places, Level level, Set<Finding> findings) {
    this.places = places;
    this.level = level;
    this.findings = findings;
  }

  /** Whether copies go the way of what is new. */
  static boolean letsCopiesIn(IdempotentConsumerDefinition consumer) {
    return "false".equals(consumer.getSkipDuplicate());
  }

  /** What is known of the ways behind a step. */
  Set<Way> after(OptionalIdentifiedDefinition<?> part, Set<Way> in) {
    if (part instanceof IdempotentConsumerDefinition consumer) {
      return isOfClaims(consumer) ? Ways.each(in, Way::afterClaim) : in;
    }
    String bean = Wadi.bean(part);
    if (Wadi.DECODERS.contains(bean)) {
      return Ways.each(in, Way::afterDecode);
    } else if (bean.equals(Wadi.FLATTEN)) {
      return Ways.each(in, Way::afterFlatten);
    } else if (Wadi.OUTCOMES.contains(bean)) {
      return level == Level.RECORD ? Ways.each(in, Way::ended) : in;
    }
    return bean.equals(Wadi.STAGE) ? Ways.each(in, Way::ended) : in;
  }

  void check(OptionalIdentifiedDefinition<?> part, Set<Way> in) {
    properties(part);
    ofAccount(part, Wadi.bean(part), in);
    if (part instanceof SamplingDefinition) {
      error(
          part,
          "sample lets events go without an outcome, so their batch fails: use a choice, and lead to"
              + " wadi-drop:reason what isn't wanted");
    } else if (part instanceof ThrottleDefinition throttle
        && "true".equals(throttle.getRejectExecution())) {
      warn(
          part,
          "throttle refuses what is too much, and every event that it refuses becomes a dead letter:"
              + " leave rejectExecution out, and the source waits");
    } else if (part instanceof SplitDefinition split && level == Level.BATCH) {
      split(split);
    } else if (part instanceof IdempotentConsumerDefinition consumer
        && level == Level.RECORD
        && !isOfClaims(consumer)) {
      warn(
          part,
          "the keys of another repository than `claims` aren't settled by the commit, so after a"
              + " crash an event may be taken for a copy: use idempotentRepository: claims");
    } else if (level == Level.BATCH
        && changesBody(part)
        && in.stream().anyMatch(way -> !way.split())) {
      error(
          part,
          "this changes the body of a batch, whose records are split from it behind: change events"
              + " in the route event");
    }
  }

  /** Rejected records must have a way to the dead-letter queue. */
  void requireDeadLetters(List<OptionalIdentifiedDefinition<?>> reached) {
    for (OptionalIdentifiedDefinition<?> part : reached) {
      if (Wadi.bean(part).equals(Wadi.DEAD_LETTERED)) {
        return;
      }
    }
    for (OptionalIdentifiedDefinition<?> part : reached) {
      if (Wadi.bean(part).equals("decode")) {
        error(
            part,
            "what decode rejects isn't led to the dead letters: add a choice with"
                + " `simple: \"${exchangeProperty.WadiRejected} != null\"` that leads to"
                + " direct:dead-letter, as in Wadi's own route event");
      }
    }
  }

  private void ofAccount(OptionalIdentifiedDefinition<?> part, String bean, Set<Way> in) {
    if (level == Level.BATCH) {
      if (bean.equals(Wadi.STAGE) && in.stream().anyMatch(way -> !way.split())) {
        error(
            part,
            "stage comes before the records of the batch have outcomes: split ${body} first, and"
                + " lead each record to direct:event");
      } else if (Wadi.DECODERS.contains(bean) || Wadi.OUTCOMES.contains(bean)) {
        error(part, bean + " is for one record: put it into the split of the batch");
      }
      return;
    }
    if (bean.equals(Wadi.STAGE)) {
      error(part, "stage is for a whole batch: put it behind the split");
    } else if (Wadi.OUTCOMES.contains(bean) && in.stream().anyMatch(Way::done)) {
      error(
          part,
          "an event comes here that has its outcome already (was set aside or kept), and this"
              + " one would count: a stop ends its own route alone, so put it into the route that"
              + " has this step");
    } else if (bean.equals(Wadi.KEEP)) {
      require(part, in.stream().allMatch(Way::decoded), "decode", "has no event to keep");
      require(part, in.stream().allMatch(Way::flattened), "flatten", "has no columns to keep");
      if (!in.stream().allMatch(Way::claimed)) {
        warn(
            part,
            "there is a way to keep past idempotentConsumer, on which copies go through all steps"
                + " and are told only when the commit is cut: put it before them, as in Wadi's own"
                + " route event");
      }
    }
  }

  private void require(
      OptionalIdentifiedDefinition<?> part, boolean holds, String step, String otherwise) {
    if (!holds) {
      error(
          part,
          "there is a way to keep past %s, on which it %s: put %s before it, as in Wadi's own route event"
              .formatted(step, otherwise, step));
    }
  }

  private void split(SplitDefinition split) {
    if (!"true".equals(split.getShareUnitOfWork())) {
      warn(split, "each record ends before its batch does: set shareUnitOfWork: true");
    }
    if (!"true".equals(split.getStopOnException())) {
      warn(
          split,
          "in an outage each record of the batch is tried in vain: set stopOnException: true");
    }
  }

  private void properties(OptionalIdentifiedDefinition<?> part) {
    String pattern =
        part instanceof RemovePropertyDefinition one
            ? one.getName()
            : part instanceof SetPropertyDefinition set
                ? set.getName()
                : part instanceof RemovePropertiesDefinition many ? many.getPattern() : null;
    String[] excluded =
        part instanceof RemovePropertiesDefinition many ? many.getExcludePatterns() : null;
    for (String kept : KEPT) {
      if (pattern != null
          && PatternHelper.matchPattern(kept, pattern)
          && !(excluded != null && PatternHelper.matchPatterns(kept, excluded))) {
        error(
            part,
            "the property %s is what the account of a batch hangs on: leave it as it is, or use another name"
                .formatted(kept));
        return;
      }
    }
  }

  private static boolean changesBody(OptionalIdentifiedDefinition<?> part) {
    return part instanceof SetBodyDefinition
        || part instanceof TransformDefinition
        || part instanceof ConvertBodyDefinition
        || part instanceof MarshalDefinition
        || part instanceof UnmarshalDefinition;
  }

  private static boolean isOfClaims(IdempotentConsumerDefinition consumer) {
    return Wadi.CLAIMS.equals(
        String.valueOf(consumer.getIdempotentRepository()).replaceFirst("^#(bean:)?", ""));
  }

  private void error(OptionalIdentifiedDefinition<?> part, String message) {
    findings.add(places.error(part, message));
  }

  private void warn(OptionalIdentifiedDefinition<?> part, String message) {
    findings.add(places.warning(part, message));
  }
}
