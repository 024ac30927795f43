package dev.wadi.shape;

import dev.wadi.event.ColumnType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Makes a shape of a shape file; every rule of the format that can be broken is checked here. */
final class ShapeFile {

  private static final List<String> MEMBERS =
      List.of(
          "key",
          "key-space",
          "id",
          "type",
          "time",
          "source",
          "fields",
          "derived",
          "ignore-in-hash",
          "columns",
          "catalogue");

  /** What a derived column can be made of besides the parts of the type's forms. */
  private static final List<String> DERIVED_PARTS = List.of("id", "type", "subtype", "time");

  private static final Kind KEY_PART = Kind.of("filled-text|number");

  private final String name;
  private final YamlValue root;
  private final Map<String, YamlValue> members;
  private final Function<YamlValue, YamlValue> catalogues;
  private final Set<String> typeParts = new LinkedHashSet<>(DERIVED_PARTS);

  private ShapeFile(String name, YamlValue root, Function<YamlValue, YamlValue> catalogues) {
    this.name = name;
    this.root = root;
    this.members = root.members(MEMBERS);
    this.catalogues = catalogues;
  }

  /**
   * Reads a shape.
   *
   * @param catalogues gives the content of the catalogue that a value names
   * @throws dev.wadi.event.SetupException that names the file and the line
   */
  static Shape read(String name, YamlValue root, Function<YamlValue, YamlValue> catalogues) {
    return new ShapeFile(name, root, catalogues).shape();
  }

  /** The path that stands in a file. */
  static JsonPath path(YamlValue value) {
    return valid(value, ShapeFile::path);
  }

  private static JsonPath path(String text) {
    JsonPath path = JsonPath.of(text);
    // where fields are declared, a bar stands between names of which one will do
    if (path.names().stream().anyMatch(name -> name.contains("|"))) {
      throw new IllegalArgumentException(
          "'" + text + "' has a bar: a path leads to one field, whose name has none");
    }
    return path;
  }

  private Shape shape() {
    List<JsonPath> key =
        root.required(members, "key").items().stream().map(ShapeFile::path).toList();
    if (key.isEmpty()) {
      throw members.get("key").error("the key needs at least one path: add one");
    }
    JsonPath id = path(root.required(members, "id"));
    TypeRule type = type(root.required(members, "type"));
    TimeRule time = time(root.required(members, "time"));
    Map<String, FieldSpec> fields = fields(key, id, type, time);
    checkScalars(key, id, type, time);
    return new Shape(
        name,
        members.containsKey("key-space") ? members.get("key-space").text() : name,
        key,
        id,
        type,
        time,
        members.containsKey("source") ? path(members.get("source")) : null,
        derived(),
        PathTree.of(items("ignore-in-hash").stream().map(ShapeFile::path).toList()),
        columns(),
        FieldCheck.compile(fields),
        members.containsKey("catalogue")
            ? Catalogue.read(catalogues.apply(members.get("catalogue")), fields)
            : null);
  }

  private TypeRule type(YamlValue value) {
    Map<String, YamlValue> type = value.members(List.of("path", "forms"));
    List<TypeForm> forms = new ArrayList<>();
    if (type.containsKey("forms")) {
      type.get("forms").items().forEach(form -> forms.add(form(form)));
    }
    return new TypeRule(path(value.required(type, "path")), forms);
  }

  private TypeForm form(YamlValue value) {
    Map<String, YamlValue> form = value.members(List.of("form", "type", "subtype"));
    Template matched = valid(value.required(form, "form"), Template::of);
    for (String part : matched.parts()) {
      if (DERIVED_PARTS.contains(part)) {
        throw form.get("form").error("{" + part + "} is the event's: name this part otherwise");
      }
    }
    typeParts.addAll(matched.parts());
    return new TypeForm(
        matched,
        template(value.required(form, "type"), matched.parts()),
        form.containsKey("subtype") ? template(form.get("subtype"), matched.parts()) : null);
  }

  private TimeRule time(YamlValue value) {
    Map<String, YamlValue> time = value.members(List.of("path", "format"));
    return new TimeRule(
        path(value.required(time, "path")),
        valid(
            value.required(time, "format"),
            TimeFormat::of,
            why ->
                "the time's format is none ("
                    + why
                    + "): use iso8601, unix-seconds, unix-millis or a pattern such as"
                    + " yyyy-MM-dd HH:mm:ss"));
  }

  /** What is declared, on top of what every event of the shape must have to be one. */
  private Map<String, FieldSpec> fields(
      List<JsonPath> key, JsonPath id, TypeRule type, TimeRule time) {
    Map<String, FieldSpec> fields = new LinkedHashMap<>();
    for (JsonPath part : key) {
      fields = FieldSpec.merge(fields, FieldSpec.required(part, KEY_PART));
    }
    fields = FieldSpec.merge(fields, FieldSpec.required(id, KEY_PART));
    fields = FieldSpec.merge(fields, FieldSpec.required(type.path(), Kind.of("filled-text")));
    Kind timeKind = Kind.of(time.takesNumbers() ? "filled-text|number" : "filled-text");
    fields = FieldSpec.merge(fields, FieldSpec.required(time.path(), timeKind));
    return members.containsKey("fields")
        ? FieldSpec.merge(fields, FieldSpec.readMembers(members.get("fields"), Map.of()))
        : fields;
  }

  /** None of these can stand in another, since what another stands in is an object. */
  private void checkScalars(List<JsonPath> key, JsonPath id, TypeRule type, TimeRule time) {
    Map<JsonPath, String> scalars = new LinkedHashMap<>();
    key.forEach(part -> scalars.put(part, "key"));
    scalars.put(id, "id");
    scalars.put(type.path(), "type");
    scalars.put(time.path(), "time");
    scalars.forEach(
        (path, member) ->
            scalars.forEach(
                (other, ofOther) -> {
                  if (path.leadsThrough(other)) {
                    throw members
                        .get(ofOther)
                        .error(
                            "'%s' is an object, since '%s' (%s) is in it: name a text or a number"
                                .formatted(other, path, member));
                  }
                }));
  }

  private Map<String, Template> derived() {
    Map<String, Template> derived = new LinkedHashMap<>();
    membersOf("derived")
        .forEach(
            (column, value) -> {
              checkColumn(column, value);
              derived.put(column, template(value, List.copyOf(typeParts)));
            });
    return derived;
  }

  private Map<String, ColumnType> columns() {
    Map<String, ColumnType> columns = new LinkedHashMap<>();
    membersOf("columns")
        .forEach(
            (column, value) -> {
              checkColumn(column, value);
              columns.put(
                  column,
                  valid(
                      value,
                      type -> ColumnType.valueOf(type.toUpperCase(Locale.ROOT)),
                      why ->
                          "a column can't have this type: use text, bigint, double, boolean or"
                              + " timestamp"));
            });
    return columns;
  }

  private static void checkColumn(String column, YamlValue value) {
    if (!column.matches("[a-z][a-z0-9_]*")) {
      throw value.error(
          "'" + column + "' is no column's name: use lower-case letters, digits and underscores");
    }
  }

  private Map<String, YamlValue> membersOf(String member) {
    return members.containsKey(member) ? members.get(member).members() : Map.of();
  }

  private List<YamlValue> items(String member) {
    return members.containsKey(member) ? members.get(member).items() : List.of();
  }

  private static Template template(YamlValue value, List<String> parts) {
    Template template = valid(value, Template::of);
    for (String part : template.parts()) {
      if (!parts.contains(part)) {
        throw value.error(
            "there is no part {" + part + "}: use one of " + String.join(", ", parts));
      }
    }
    return template;
  }

  private static <T> T valid(YamlValue value, Function<String, T> reader) {
    return valid(value, reader, why -> why);
  }

  private static <T> T valid(
      YamlValue value, Function<String, T> reader, UnaryOperator<String> complaint) {
    try {
      return reader.apply(value.text());
    } catch (IllegalArgumentException e) {
      throw value.error(complaint.apply(e.getMessage()));
    }
  }
}
