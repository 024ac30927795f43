package dev.wadi.cases;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wadi.event.SetupException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Makes cases of a file of YAML; all that can be wrong with it is said here. */
public final class CaseFile {

  /** The source of what is given, where the case names none. */
  static final String SOURCE = "given";

  /** In the order in which they are shown. */
  static final List<String> TABLES = List.of("events", "duplicates", "conflicts", "dead_letters");

  private static final List<String> SETUP =
      List.of("flow", "routes", "shapes", "shape", "settings");
  private static final List<String> CONTENTS = List.of("event", "text", "file");
  private static final String FLOW = "flow.properties";

  private final Path file;
  private final CaseSetup common;

  private final Set<String> overruled;

  private CaseFile(Path file, CaseSetup common, Set<String> overruled) {
    this.file = file;
    this.common = common;
    this.overruled = overruled;
  }

  /**
   * The cases of a file, or of all {@code *.yaml} of a folder, in the order of their names.
   *
   * @throws SetupException that names the file and the line, and says what to do
   */
  public static List<RouteCase> read(Path fileOrFolder) {
    return read(fileOrFolder, Set.of());
  }

  /**
   * The same.
   *
   * @param overruled of routes and shapes, what the command line says: a file's own aren't looked
   *     at
   */
  public static List<RouteCase> read(Path fileOrFolder, Set<String> overruled) {
    if (!Files.isDirectory(fileOrFolder)) {
      return ofFile(fileOrFolder, overruled);
    }
    List<RouteCase> cases = new ArrayList<>();
    for (Path each : files(fileOrFolder)) {
      cases.addAll(ofFile(each, overruled));
    }
    return cases;
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> found = Files.list(folder)) {
      List<Path> files =
          found
              .filter(file -> file.getFileName().toString().matches("[^.].*\\.ya?ml"))
              .sorted()
              .toList();
      if (files.isEmpty()) {
        throw new SetupException(folder + " holds no *.yaml file: put cases there");
      }
      return files;
    } catch (IOException e) {
      throw new SetupException("can't read " + folder + ": " + e, e);
    }
  }

  private static List<RouteCase> ofFile(Path file, Set<String> overruled) {
    String yaml;
    try {
      yaml = Files.readString(file);
    } catch (IOException e) {
      throw new SetupException(
          Files.exists(file)
              ? "can't read " + file + " (" + e.getMessage() + "): it must be YAML in UTF-8"
              : "there is no file or folder '" + file + "': name one that has cases",
          e);
    }
    CaseNode root = CaseNode.read(file.toString(), yaml);
    List<String> allowed = new ArrayList<>(SETUP);
    allowed.add("cases");
    Map<String, CaseNode> members = root.members(allowed);
    CaseNode cases = members.get("cases");
    if (cases == null) {
      throw root.error("'cases' is missing: add it, with a list of cases");
    }
    CaseFile reader =
        new CaseFile(file, new CaseFile(file, none(file), overruled).setup(members), overruled);
    List<RouteCase> read = new ArrayList<>();
    cases.items().forEach(node -> read.add(reader.routeCase(node)));
    if (read.isEmpty()) {
      throw cases.error("there is no case: add one with `- name:`");
    }
    return read;
  }

  /** A folder of cases in a flow is that flow's. */
  private static CaseSetup none(Path file) {
    Path folder = file.toAbsolutePath().normalize().getParent();
    Path flow = folder == null ? null : folder.getParent();
    boolean isOfFlow = flow != null && Files.isRegularFile(flow.resolve(FLOW));
    return new CaseSetup(null, isOfFlow ? flow : null, null, null, null, Map.of());
  }

  private RouteCase routeCase(CaseNode node) {
    List<String> allowed = new ArrayList<>(List.of("name", "into", "before", "given", "expect"));
    allowed.addAll(SETUP);
    Map<String, CaseNode> members = node.members(allowed);
    for (String needed : List.of("name", "given", "expect")) {
      if (!members.containsKey(needed)) {
        throw node.error("'" + needed + "' of a case is missing: add it");
      }
    }
    return new RouteCase(
        file,
        node.line(),
        members.get("name").text().strip(),
        setup(members),
        members.containsKey("into") ? members.get("into").text() : null,
        members.containsKey("before") ? given(members.get("before"), "before-") : List.of(),
        given(members.get("given"), ""),
        expected(members.get("expect")));
  }

  private CaseSetup setup(Map<String, CaseNode> members) {
    Map<String, String> settings = new HashMap<>(common.settings());
    if (members.containsKey("settings")) {
      members.get("settings").members().forEach((name, node) -> settings.put(name, node.rawText()));
    }
    boolean named = members.containsKey("flow");
    Path flow = named ? file.resolveSibling(members.get("flow").text()).normalize() : null;
    boolean isFolder = named && Files.isDirectory(flow);
    return new CaseSetup(
        named ? (isFolder ? null : members.get("flow").text()) : common.flow(),
        named ? (isFolder ? flow : null) : common.flowFolder(),
        folder("routes", members, common.routes()),
        folder("shapes", members, common.shapes()),
        members.containsKey("shape") ? members.get("shape").text() : common.shape(),
        settings);
  }

  private Path folder(String name, Map<String, CaseNode> members, Path usual) {
    CaseNode node = members.get(name);
    if (node == null || overruled.contains(name)) {
      return usual;
    }
    Path folder = file.resolveSibling(node.text()).normalize();
    if (!Files.isDirectory(folder)) {
      throw node.error("there is no folder " + folder + ": name one, from this file on");
    }
    return folder;
  }

  private List<Given> given(CaseNode node, String prefix) {
    List<Given> given = new ArrayList<>();
    for (CaseNode item : node.items()) {
      given.add(item(item, prefix + (given.size() + 1)));
    }
    if (given.isEmpty()) {
      throw node.error("nothing is given: add an item, such as `- event: {...}`");
    }
    return given;
  }

  private Given item(CaseNode node, String number) {
    if (!node.isMap()) {
      throw node.error("write `- event: {...}`, `- text: ...` or `- file: name`");
    }
    Map<String, CaseNode> members =
        node.members(List.of("event", "text", "file", "source", "position", "attempts", "headers"));
    List<String> contents = CONTENTS.stream().filter(members::containsKey).toList();
    if (contents.size() != 1) {
      throw node.error(
          "what is given needs one of event, text and file, and has "
              + (contents.isEmpty() ? "none" : String.join(" and ", contents)));
    }
    Map<String, String> headers = new LinkedHashMap<>();
    if (members.containsKey("headers")) {
      members.get("headers").members().forEach((name, value) -> headers.put(name, value.rawText()));
    }
    CaseNode content = members.get(contents.get(0));
    int attempts = members.containsKey("attempts") ? members.get("attempts").count() : 1;
    if (attempts < 1) {
      throw members.get("attempts").error("it is delivered at least once: set 1 or more");
    }
    return new Given(
        node.line(),
        contents.get(0).equals("file") ? null : body(content),
        contents.get(0).equals("file") ? file(content) : null,
        members.containsKey("source") ? members.get("source").text() : SOURCE,
        members.containsKey("position")
            ? members.get("position").text()
            : contents.get(0).equals("file") ? null : number,
        attempts,
        headers);
  }

  private static byte[] body(CaseNode content) {
    String text = content.isMap() || content.isList() ? content.jsonText() : content.rawText();
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private Path file(CaseNode content) {
    Path named = file.resolveSibling(content.text()).normalize();
    if (!Files.isRegularFile(named)) {
      throw content.error("there is no file " + named + ": name one, from this file on");
    }
    return named;
  }

  private static Expected expected(CaseNode node) {
    List<String> allowed = new ArrayList<>(TABLES);
    allowed.addAll(List.of("dropped", "columns", "fails"));
    Map<String, CaseNode> members = node.members(allowed);
    if (members.containsKey("fails") && members.size() > 1) {
      throw members
          .get("fails")
          .error("of what fails nothing else is looked at: let 'fails' stand alone in 'expect'");
    }
    Map<String, Expected.Rows> tables = new LinkedHashMap<>();
    for (String table : TABLES) {
      if (members.containsKey(table)) {
        tables.put(table, rows(members.get(table)));
      }
    }
    Map<String, Integer> dropped = new LinkedHashMap<>();
    if (members.containsKey("dropped")) {
      members
          .get("dropped")
          .members()
          .forEach((reason, count) -> dropped.put(reason, count.count()));
      dropped.values().removeIf(count -> count == 0);
    }
    return new Expected(
        tables,
        dropped,
        members.containsKey("columns") && isExact(members.get("columns")),
        members.containsKey("fails") ? members.get("fails").text() : null);
  }

  private static boolean isExact(CaseNode node) {
    return switch (node.text()) {
      case "exact" -> true;
      case "some" -> false;
      default -> throw node.error("columns are 'exact' or 'some' (the usual)");
    };
  }

  private static Expected.Rows rows(CaseNode node) {
    if (node.isCount()) {
      return new Expected.Rows(node.count(), null);
    }
    if (!node.isList()) {
      throw node.error("a list of rows must stand here, or their number");
    }
    List<Expected.Row> rows = new ArrayList<>();
    for (CaseNode item : node.items()) {
      Map<String, JsonNode> columns = new LinkedHashMap<>();
      item.members().forEach((name, value) -> columns.put(name, checked(value)));
      rows.add(new Expected.Row(item.line(), columns));
    }
    return new Expected.Rows(rows.size(), rows);
  }

  private static JsonNode checked(CaseNode value) {
    JsonNode expected = value.json();
    String flaw = Values.flaw(expected);
    if (flaw != null) {
      throw value.error(flaw + ": mend it");
    }
    return expected;
  }
}
