package dev.wadi.crash.faults;

import java.io.IOException;
import java.time.Duration;

/** What can be done about one request of a client. */
interface Line {

  /** Asks the server, which does what the request says. */
  HttpMessage ask() throws IOException;

  /** Answers the client. */
  void answer(HttpMessage answer) throws IOException;

  /** Breaks the client's connection off, so that it sees a reset. */
  void reset() throws IOException;

  /** Lets time pass. */
  void pause(Duration time);
}
