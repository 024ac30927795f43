package dev.wadi.intake.http;

/** A request is refused while it is being read. */
final class RefusedException extends Exception {

  private static final long serialVersionUID = 1;

  private final transient Problem problem;

  RefusedException(Problem problem) {
    // no stack trace: it is the sender's fault, and a bad sender must not cost much
    super(problem.detail(), null, false, false);
    this.problem = problem;
  }

  Problem problem() {
    return problem;
  }
}
