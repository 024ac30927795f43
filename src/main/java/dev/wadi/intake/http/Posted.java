package dev.wadi.intake.http;

import java.util.List;

/**
 * What a request has brought.
 *
 * @param entries all of it; empty if it was an empty list
 * @param rejected those of several that can't be events, of which dead letters are made
 */
public record Posted(List<Entry> entries, List<Rejection> rejected) {

  public Posted {
    entries = List.copyOf(entries);
    rejected = List.copyOf(rejected);
  }

  /**
   * What is wrong with one of several.
   *
   * @param index its place among those of the request, from 0
   * @param field the field that is wrong; null if it is none
   */
  public record Rejection(int index, String field, String detail) {}

  /** How many events there are, without what was rejected. */
  public int accepted() {
    return entries.size() - rejected.size();
  }

  /** The bytes of its events, in their order. */
  public List<byte[]> events() {
    return entries.stream().map(Entry::bytes).toList();
  }
}
