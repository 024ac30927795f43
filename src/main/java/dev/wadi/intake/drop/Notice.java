package dev.wadi.intake.drop;

import dev.wadi.event.Flaw;
import java.util.Objects;

/** What one entry of a notification says. */
sealed interface Notice {

  /** An object is there that is to be read. */
  record Created(ObjectVersion object) implements Notice {
    public Created {
      Objects.requireNonNull(object, "object");
    }
  }

  /**
   * It is about something that nothing is to be read of.
   *
   * @param reason a code to count by
   */
  record Ignored(String reason) implements Notice {
    public Ignored {
      Objects.requireNonNull(reason, "reason");
    }
  }

  /** It can't be told what it is about, or nothing must be read of that. */
  record Unreadable(Flaw flaw) implements Notice {
    public Unreadable {
      Objects.requireNonNull(flaw, "flaw");
    }
  }
}
