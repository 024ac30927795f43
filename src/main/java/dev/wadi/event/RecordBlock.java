package dev.wadi.event;

/** Records of one source that lie in one array of bytes, without an object for each. */
public interface RecordBlock {

  /** Where the records are from, as given by whoever asked for them; positions begin with it. */
  String file();

  /** What all records lie in, not to be changed; there may be other bytes between them. */
  byte[] bytes();

  /** How many records there are. */
  int count();

  /** Where a record begins in {@link #bytes}. */
  int start(int n);

  /** Where a record ends in {@link #bytes}, exclusive. */
  int end(int n);

  /** Where a record begins in its file; rises with {@code n}. */
  long offset(int n);

  /** {@code <file>@<offset>}. */
  String position(int n);
}
