package dev.wadi.land.feed;

/** Where a feed hands rows on to. */
interface Receiver {

  /**
   * Takes rows; on return they are handed on.
   *
   * @throws Exception if they are not, or perhaps not all of them: they come again
   */
  void take(Landed landed) throws Exception;
}
