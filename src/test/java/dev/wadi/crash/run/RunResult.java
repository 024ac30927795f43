package dev.wadi.crash.run;

import dev.wadi.crash.check.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * What a run has shown: a line of the results.
 *
 * @param at when it began
 * @param commit of the code, as git describes it
 * @param events how many keys were sent
 * @param lost of those, the ones that are not in the lake
 * @param twice rows of keys that are there already
 * @param misfiled what else breaks the promise
 * @param ok whether nothing breaks it, and the run came to its end
 */
record RunResult(
    Instant at,
    String commit,
    Contender contender,
    String fault,
    long seed,
    int events,
    int lost,
    int twice,
    int misfiled,
    boolean ok,
    double seconds) {

  static final String HEADER =
      "date,commit,system,fault,seed,events,lost,twice,misfiled,ok,seconds";

  static RunResult of(Instant at, String commit, Plan plan, Verdict verdict, Duration took) {
    return new RunResult(
        at,
        commit,
        plan.contender(),
        plan.fault().name(),
        plan.seed(),
        verdict.events(),
        verdict.lost(),
        verdict.twice(),
        verdict.misfiled(),
        verdict.ok(),
        took.toMillis() / 1000.0);
  }

  /** Reads a line. */
  static RunResult parse(String line) {
    List<String> cells = List.of(line.split(","));
    return new RunResult(
        Instant.parse(cells.get(0)),
        cells.get(1),
        Contender.of(cells.get(2)),
        cells.get(3),
        Long.parseLong(cells.get(4)),
        Integer.parseInt(cells.get(5)),
        Integer.parseInt(cells.get(6)),
        Integer.parseInt(cells.get(7)),
        Integer.parseInt(cells.get(8)),
        Boolean.parseBoolean(cells.get(9)),
        Double.parseDouble(cells.get(10)));
  }

  String line() {
    return String.format(
        Locale.ROOT,
        "%s,%s,%s,%s,%d,%d,%d,%d,%d,%b,%.1f",
        at,
        commit,
        contender.code(),
        fault,
        seed,
        events,
        lost,
        twice,
        misfiled,
        ok,
        seconds);
  }
}
