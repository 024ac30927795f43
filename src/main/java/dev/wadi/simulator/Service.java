package dev.wadi.simulator;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A service with its repository and team, and the artifacts that run in its environments. */
final class Service {

  private static final String HOST = "https://git.wadi.example/";

  private final String name;
  private final String team;
  private final List<User> users;
  private final Map<String, String> running = new HashMap<>();
  private final Map<String, String> before = new HashMap<>();
  private int changes = 100;

  Service(String name, String team, List<User> users) {
    this.name = name;
    this.team = team;
    this.users = List.copyOf(users);
  }

  String name() {
    return name;
  }

  String team() {
    return team;
  }

  List<User> users() {
    return users;
  }

  /** The repository's path, which is also its id. */
  String repository() {
    return team + "/" + name;
  }

  String repositorySource() {
    return HOST + repository();
  }

  /** The id of the next change, such as {@code billing/billing-api!101}. */
  String nextChange() {
    return repository() + "!" + ++changes;
  }

  /** The package URL of what a change was built into. */
  String artifact(String change, String digest) {
    String version = "1." + change.substring(change.indexOf('!') + 1) + ".0";
    return "pkg:oci/" + name + "@sha256%3A" + digest + "?tag=" + version;
  }

  /** Lets an artifact run in an environment; whether nothing ran there before. */
  boolean deploy(String environment, String artifact) {
    String replaced = running.put(environment, artifact);
    before.put(environment, replaced == null ? artifact : replaced);
    return replaced == null;
  }

  /** Lets what ran before in an environment run there again. */
  void rollBack(String environment) {
    running.put(environment, before.get(environment));
  }

  /** The artifact that runs in an environment. */
  String running(String environment) {
    return running.get(environment);
  }
}
