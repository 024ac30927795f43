package dev.wadi.event;

/** What decoding makes of a record: an event, or the reason why it is none. */
public sealed interface Decoded permits Event, Rejected {

  /** The record that was decoded. */
  SourceRecord record();
}
