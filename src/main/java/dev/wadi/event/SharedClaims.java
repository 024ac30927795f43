package dev.wadi.event;

import java.util.Collection;
import java.util.Collections;
import java.util.List;

/**
 * Who may land which event, where several processes write to one lake. Claims are made when a
 * commit is cut, under the commit's id, and its marker settles them: no further write says that an
 * event has landed. A claim under a commit that was given up is nobody's.
 *
 * <p>What a source delivers is claimed by the same calls, so that it is accounted for once: see
 * {@link Wanted#position}. Thread-safe.
 */
public interface SharedClaims {

  /**
   * One thing that a commit wants to be the only one to land.
   *
   * @param key the event's key; or that of a delivery none of whose records lands
   * @param payloadHash of the event; 0 of a delivery
   * @param position {@code <source> <position>} of the record, as in the column {@code
   *     source_position}. Found landed from the same position, the record was delivered again, and
   *     is no duplicate
   */
  record Wanted(EventKey key, long payloadHash, String position) {}

  /** The answer to a claim. */
  sealed interface Answer {}

  /** The commit holds it now. */
  record Held() implements Answer {}

  /**
   * A commit that stands has it.
   *
   * @param payloadHash of what landed
   * @param position where that came from
   */
  record Taken(long payloadHash, String position) implements Answer {}

  /**
   * A commit that is not settled has it, and the lease of its process has not run out: to be asked
   * again later.
   */
  record Busy(String commit) implements Answer {}

  /** Where one process alone writes to the lake, every claim is held that its own allow. */
  SharedClaims NONE =
      new SharedClaims() {
        @Override
        public List<Answer> claim(String commit, List<Wanted> wanted) {
          return Collections.nCopies(wanted.size(), new Held());
        }

        @Override
        public void release(String commit, Collection<EventKey> keys) {
          // nobody else could have them
        }
      };

  /**
   * Claims for a commit. A claim of a process whose lease has run out is taken over, after the
   * marker of its commit was settled.
   *
   * @param commit the id of a commit without a marker
   * @param wanted no two with the same key
   * @return an answer for each, in their order
   * @throws TransientException if not all could be asked for; some may be held then, which ends
   *     only with the commit's marker
   */
  List<Answer> claim(String commit, List<Wanted> wanted);

  /**
   * Gives up claims that the commit holds, certainly: what a commit holds and does not land would
   * count as landed once it stands.
   *
   * @throws TransientException if it isn't certain; the commit must be given up then
   */
  void release(String commit, Collection<EventKey> keys);
}
