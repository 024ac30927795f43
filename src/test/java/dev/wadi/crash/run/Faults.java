package dev.wadi.crash.run;

import java.util.ArrayList;
import java.util.List;

/** All faults there are. */
final class Faults {

  private Faults() {}

  static List<Fault> all() {
    List<Fault> all = new ArrayList<>(NetworkFaults.all());
    all.addAll(ProcessFaults.all());
    all.addAll(DiskFaults.all());
    all.addAll(DropFaults.all());
    all.addAll(CaptureFaults.all());
    all.addAll(HttpFaults.all());
    all.addAll(PollFaults.all());
    all.addAll(ManyWriterFaults.all());
    all.addAll(RouteFaults.all());
    return List.copyOf(all);
  }

  /**
   * Those that can happen to a contender.
   *
   * @param names or families; empty for all
   * @throws IllegalArgumentException if a name is nobody's
   */
  static List<Fault> of(Contender contender, List<String> names) {
    for (String name : names) {
      if (all().stream().noneMatch(fault -> isNamed(fault, name))) {
        throw new IllegalArgumentException(
            "there is no fault " + name + ": " + all().stream().map(Fault::name).toList());
      }
    }
    return all().stream()
        .filter(fault -> fault.concerns().contains(contender))
        .filter(fault -> names.isEmpty() || names.stream().anyMatch(name -> isNamed(fault, name)))
        .toList();
  }

  private static boolean isNamed(Fault fault, String name) {
    return fault.name().equals(name) || fault.family().equals(name);
  }
}
