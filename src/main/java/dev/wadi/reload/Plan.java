package dev.wadi.reload;

import dev.wadi.event.SetupException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The smallest change from the routes that run to others. A route whose text is the same goes on,
 * unless what its file says for all of its routes has changed. Beans and templates may be used from
 * anywhere: if a file that has some changes, all files but Wadi's own are loaded anew.
 *
 * @param from what runs
 * @param to what is to run
 * @param removed ids of the routes to be taken away, templated ones not among them; perhaps some
 *     are not there
 * @param added ids of the routes to be loaded, by the location of their file, in the order of these
 * @param whole whether all files but Wadi's own are loaded anew, with beans and templates
 */
record Plan(
    RouteSet from,
    RouteSet to,
    Set<String> removed,
    Map<String, Set<String>> added,
    boolean whole) {

  private static final String ROUTE = "route";

  /** What counts for all routes of its file, and for no other. */
  private static final Set<String> OF_FILE =
      Set.of(
          "onException",
          "errorHandler",
          "onCompletion",
          "intercept",
          "interceptFrom",
          "interceptSendToEndpoint");

  /** What may be used from other files. */
  private static final Set<String> SHARED = Set.of("beans", "routeTemplate", "templatedRoute");

  /**
   * Plans the change.
   *
   * @param reserved names of beans that no file may declare in a running process: Wadi's own
   * @throws SetupException if the change needs a start
   */
  static Plan between(RouteSet from, RouteSet to, Set<String> reserved) {
    Set<String> touched = new LinkedHashSet<>();
    boolean whole = false;
    Set<String> locations = new LinkedHashSet<>(from.locations());
    locations.addAll(to.locations());
    for (String location : locations) {
      RouteFile before = from.file(location);
      RouteFile after = to.file(location);
      if (before == null || after == null || !before.text().equals(after.text())) {
        requireChangeable(before, after, reserved);
        requireChangeable(after, before, reserved);
        whole |= isShared(before) || isShared(after);
        boolean together = before == null || after == null || !isSameAround(before, after);
        touched.addAll(changed(before, together ? null : after));
        touched.addAll(changed(after, together ? null : before));
      }
    }
    Plan plan = of(from, to, touched, whole);
    plan.removed().retainAll(from.ids());
    return plan;
  }

  /** From some routes to others, where those of some ids are loaded anew. */
  private static Plan of(RouteSet from, RouteSet to, Set<String> touched, boolean whole) {
    Set<String> removed = new LinkedHashSet<>(touched);
    if (whole) {
      from.files().stream().filter(file -> !file.own()).forEach(file -> removed.addAll(file.ids()));
    }
    Map<String, Set<String>> added = new LinkedHashMap<>();
    for (RouteFile file : to.files()) {
      Set<String> ids = new LinkedHashSet<>(file.ids());
      boolean anew = whole && !file.own();
      if (!anew) {
        ids.retainAll(touched);
      }
      if (anew || !ids.isEmpty()) {
        added.put(file.location(), ids);
      }
    }
    return new Plan(from, to, removed, added, whole);
  }

  /** Whether no route changes: what differs are words between them. */
  boolean isNothing() {
    return !whole && ids().isEmpty();
  }

  /** The ids of all routes that are loaded. */
  Set<String> addedIds() {
    Set<String> ids = new LinkedHashSet<>();
    added.values().forEach(ids::addAll);
    return ids;
  }

  /** The ids of all routes that change, in any way. */
  Set<String> ids() {
    Set<String> ids = new TreeSet<>(removed);
    ids.addAll(addedIds());
    return ids;
  }

  /** The way back, from wherever the way there has broken off. */
  Plan back() {
    return of(to, from, ids(), whole);
  }

  /** The same where nobody knows what another plan, from the same routes, has left of its own. */
  Plan after(Plan broken) {
    Set<String> touched = ids();
    touched.addAll(broken.ids());
    return of(from, to, touched, whole || broken.whole);
  }

  /** Names of beans that nobody declares any more. */
  Set<String> forgottenBeans() {
    Set<String> names = new HashSet<>(from.beans());
    names.removeAll(to.beans());
    return names;
  }

  private static Set<String> changed(RouteFile file, RouteFile other) {
    Set<String> ids = new LinkedHashSet<>();
    if (file != null) {
      Map<String, String> others = other == null ? Map.of() : other.routes();
      file.routes()
          .forEach(
              (id, text) -> {
                if (!text.equals(others.get(id))) {
                  ids.add(id);
                }
              });
    }
    return ids;
  }

  private static boolean isShared(RouteFile file) {
    return file != null && !file.texts(SHARED).isEmpty();
  }

  private static boolean isSameAround(RouteFile before, RouteFile after) {
    return before.texts(OF_FILE).equals(after.texts(OF_FILE))
        && !before.hasAnchors()
        && !after.hasAnchors();
  }

  private static void requireChangeable(RouteFile file, RouteFile other, Set<String> reserved) {
    if (file == null) {
      return;
    }
    List<String> others = new ArrayList<>();
    if (other != null) {
      other.elements().forEach(element -> others.add(element.text()));
    }
    for (RouteFile.Element element : file.elements()) {
      String kind = element.kind();
      boolean known = kind.equals(ROUTE) || OF_FILE.contains(kind) || SHARED.contains(kind);
      if (!known && !others.contains(element.text())) {
        throw new SetupException(
            file.place(element)
                + ": "
                + kind
                + " takes effect at a start only: restart wadi, or take the change back");
      }
      for (String name : element.names()) {
        if (reserved.contains(name) && !others.contains(element.text())) {
          throw new SetupException(
              file.place(element)
                  + ": the bean "
                  + name
                  + " is Wadi's own, and can be replaced at a start only: restart wadi, or give it"
                  + " another name");
        }
      }
    }
  }
}
