package dev.wadi.intake;

/** What takes events in, as a route starts, suspends, resumes and stops it. */
public interface Source {

  void start();

  /** Takes nothing more in, and gives back what has not gone on; what has gone on may end. */
  void pause();

  void resume();

  /** Ends, when what has gone on has ended or has been waited for long enough. */
  void stop();
}
