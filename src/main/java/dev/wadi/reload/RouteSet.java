package dev.wadi.reload;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The files whose routes run together, in the order in which they are loaded. */
public final class RouteSet {

  private final Map<String, RouteFile> files = new LinkedHashMap<>();

  /** Adds one of Wadi's own files. */
  public RouteSet own(String location, String text) {
    files.put(location, RouteFile.of(location, true, text));
    return this;
  }

  /** Adds a file of the user's or of a flow. */
  public RouteSet users(String location, String text) {
    files.put(location, RouteFile.of(location, false, text));
    return this;
  }

  /** Where the files are, in order. */
  public List<String> locations() {
    return List.copyOf(files.keySet());
  }

  /** What is in the files, by location. */
  public Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    files.forEach((location, file) -> texts.put(location, file.text()));
    return texts;
  }

  List<RouteFile> files() {
    return new ArrayList<>(files.values());
  }

  RouteFile file(String location) {
    return files.get(location);
  }

  /** The ids of all routes, but of those that templates make. */
  Set<String> ids() {
    Set<String> ids = new LinkedHashSet<>();
    files.values().forEach(file -> ids.addAll(file.ids()));
    return ids;
  }

  /** The names of all beans that the files declare. */
  Set<String> beans() {
    Set<String> names = new LinkedHashSet<>();
    files.values().stream()
        .flatMap(file -> file.elements().stream())
        .forEach(element -> names.addAll(element.names()));
    return names;
  }
}
