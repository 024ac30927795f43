package dev.wadi.crash.run;

/** Which run it is. */
record Plan(Contender contender, Fault fault, long seed, int items) {

  /** Names queues, buckets and folders. */
  String name() {
    return (contender.code() + "-" + fault.name() + "-" + seed).replaceAll("[^a-z0-9-]", "-");
  }

  /** How it is run again. */
  String again() {
    return "--system "
        + contender.code()
        + " --faults "
        + fault.name()
        + " --seeds "
        + seed
        + " --items "
        + items;
  }
}
