package dev.wadi.lake;

import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the objects below {@code _wadi} are called: {@code <commit>.json}. */
final class CommitNames {

  static final String MARKERS = "_wadi/commits/";
  static final String INTENTS = "_wadi/intents/";
  static final String COMPACTIONS = "_wadi/compactions/";

  /** An object store may leave {@code <key>-<uuid>} behind, which is no marker and no intent. */
  private static final Pattern NAME = Pattern.compile("([0-9A-Za-z]+)\\.json");

  private CommitNames() {}

  /** The commit that an object of this name is about, or empty if it is about none. */
  static Optional<String> of(String name) {
    Matcher matcher = NAME.matcher(name);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /** The commits that the objects of a folder are about. */
  static TreeSet<String> in(LakeObjects lake, String folder) {
    TreeSet<String> commits = new TreeSet<>();
    lake.list(folder, (key, bytes) -> of(key.substring(folder.length())).ifPresent(commits::add));
    return commits;
  }

  static String marker(String commit) {
    return MARKERS + commit + ".json";
  }

  static String intent(String commit) {
    return INTENTS + commit + ".json";
  }

  static String compaction(String commit) {
    return COMPACTIONS + commit + ".json";
  }
}
