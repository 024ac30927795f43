package dev.wadi.intake.postgres;

import java.util.List;
import java.util.stream.Collectors;

/** Columns of every type that docs/postgres.md names, and the JSON of a value of each. */
final class Types {

  private static int columns;

  /**
   * A column.
   *
   * @param value as SQL has it
   * @param json what becomes of it
   */
  record Column(String name, String type, String value, String json) {}

  /** What these need, once in a database. */
  static final List<String> BEFORE =
      List.of(
          "CREATE EXTENSION IF NOT EXISTS hstore",
          "DROP TYPE IF EXISTS mood CASCADE",
          "CREATE TYPE mood AS ENUM ('glad', 'sad')");

  static final List<Column> SMALL =
      List.of(
          column("smallint", "-7", "-7"),
          column("bigint", "9007199254740993", "9007199254740993"),
          column("real", "0.1", "0.1"),
          column("double precision", "'NaN'", "\"NaN\""),
          column("boolean", "true", "true"),
          column("numeric", "1.50", "\"1.50\""),
          column("numeric(30,3)", "123456789012345678901234.5", "\"123456789012345678901234.500\""),
          column("money", "12.5", "\"12.50\""),
          column("money", "-1234.5", "\"-1234.50\""),
          column("text", "'x'", "\"x\""),
          column(
              "uuid",
              "'00112233-4455-6677-8899-aabbccddeeff'",
              "\"00112233-4455-6677-8899-aabbccddeeff\""),
          column("mood", "'sad'", "\"sad\""),
          column("interval", "'1 year 2 mons 3 days 04:05:06.5'", "\"P1Y2M3DT4H5M6.5S\""),
          column("bit(1)", "B'1'", "\"1\""),
          column("bit(10)", "B'1010000001'", "\"1010000001\""),
          column("varbit", "B'101'", "\"101\""),
          column("bytea", "'\\x010203'", "\"AQID\""),
          column("json", "'{\"a\": 1}'", "{\"a\": 1}"),
          column("jsonb", "'{\"a\": 1}'", "{\"a\": 1}"),
          column("hstore", "'a=>1'", "{\"a\": \"1\"}"),
          column("inet", "'10.0.0.1/8'", "\"10.0.0.1/8\""),
          column("xml", "'<a>b</a>'", "\"<a>b</a>\""),
          column("date", "'2026-11-22'", "\"2026-11-22\""),
          column("date", "'infinity'", "\"infinity\""),
          column("date", "'-infinity'", "\"-infinity\""),
          column("timestamp", "'-infinity'", "\"-infinity\""),
          column("time", "'06:37:57.5'", "\"06:37:57.5\""),
          column("timetz", "'06:37:57.5+02'", "\"04:37:57.5Z\""),
          column("timestamp", "'2026-11-22 06:37:57.525442'", "\"2026-11-22T06:37:57.525442Z\""),
          column("timestamp", "'infinity'", "\"infinity\""),
          column("timestamptz", "'2026-11-22 06:37:57.5+02'", "\"2026-11-22T04:37:57.500000Z\""),
          column("timestamptz", "'-infinity'", "\"-infinity\""),
          column("int4range", "'[1,3)'", "\"[1,3)\""),
          column("box", "'(1,1),(0,0)'", "\"(1.0,1.0),(0.0,0.0)\""),
          column("smallint[]", "'{1,NULL}'", "[1, null]"),
          column("int[]", "'{{1,2},{3,4}}'", "[[1, 2], [3, 4]]"),
          column("bigint[]", "'{}'", "[]"),
          column("float4[]", "'{0.1}'", "[0.1]"),
          column("float8[]", "'{0.1,NaN,1e300}'", "[0.1, \"NaN\", 1e300]"),
          column("boolean[]", "'{t,f}'", "[true, false]"),
          column("numeric[]", "'{1.50,NaN}'", "[\"1.50\", \"NaN\"]"),
          column(
              "text[]",
              "'{\"a \\\"b\\\", c\",\"\",\"NULL\",NULL}'",
              "[\"a \\\"b\\\", c\", \"\", \"NULL\", null]"),
          column("varchar(9)[]", "'{x}'", "[\"x\"]"),
          column(
              "uuid[]",
              "'{00112233-4455-6677-8899-aabbccddeeff}'",
              "[\"00112233-4455-6677-8899-aabbccddeeff\"]"),
          column("mood[]", "'{sad,glad}'", "[\"sad\", \"glad\"]"),
          column("jsonb[]", "ARRAY['{\"a\": [1, 2]}'::jsonb]", "[{\"a\": [1, 2]}]"),
          column("bytea[]", "ARRAY['\\x0102'::bytea]", "[\"AQI=\"]"),
          column("date[]", "'{2026-11-22,infinity}'", "[\"2026-11-22\", \"infinity\"]"),
          column("timestamp[]", "'{2026-11-22 06:37:57.5}'", "[\"2026-11-22T06:37:57.5Z\"]"),
          column(
              "timestamptz[]",
              "'{2026-11-22 06:37:57.5+02,infinity}'",
              "[\"2026-11-22T04:37:57.5Z\", \"infinity\"]"),
          column("money[]", "'{12.5}'", "[\"$12.50\"]"),
          column("interval[]", "'{1 day}'", "[\"1 day\"]"));

  /** Values of more than 2 kB, which the server keeps outside of their row. */
  static final List<Column> LARGE =
      List.of(
          many("smallint[]", "i::smallint"),
          many("int[]", "i::int"),
          many("bigint[]", "i::bigint"),
          many("float4[]", "i / 7.0::float4"),
          many("float8[]", "i / 7.0::float8"),
          many("boolean[]", "i % 2 = 0"),
          many("numeric[]", "i / 7.0::numeric"),
          many("text[]", "'x' || i"),
          many("varchar[]", "('x' || i)::varchar"),
          many("uuid[]", "gen_random_uuid()"),
          many("mood[]", "'sad'::mood"),
          many("jsonb[]", "to_jsonb(i)"),
          many("bytea[]", "decode('0102', 'hex')"),
          many("date[]", "date '2026-01-01' + i::int"),
          many("timestamp[]", "timestamp '2026-01-01' + i * interval '1 s'"),
          many("timestamptz[]", "timestamptz '2026-01-01 00:00Z' + i * interval '1 s'"),
          many("interval[]", "i * interval '1 s'"),
          column("text", "repeat('x', 9000)", null),
          column("bytea", "decode(repeat('01', 9000), 'hex')", null),
          column("varbit", "repeat('101', 9000)::varbit", null),
          column("bit(27000)", "repeat('101', 9000)::bit(27000)", null),
          column("numeric", "repeat('9', 9000)::numeric", null),
          column("json", "to_json(repeat('x', 9000))", null),
          column("jsonb", "to_jsonb(repeat('x', 9000))", null),
          column("hstore", "hstore('a', repeat('x', 9000))", null),
          column("xml", "('<a>' || repeat('x', 9000) || '</a>')::xml", null),
          column(
              "path",
              "(SELECT ('[' || string_agg('(1,' || i || ')', ',') || ']')::path FROM generate_series(1, 9000) i)",
              null));

  private Types() {}

  static String define(List<Column> columns) {
    return columns.stream().map(c -> c.name + " " + c.type).collect(Collectors.joining(", "));
  }

  static String values(List<Column> columns) {
    return columns.stream().map(Column::value).collect(Collectors.joining(", "));
  }

  static String names(List<Column> columns) {
    return columns.stream().map(Column::name).collect(Collectors.joining(", "));
  }

  static String smallJson() {
    return SMALL.stream()
        .map(column -> "\"" + column.name + "\": " + column.json)
        .collect(Collectors.joining(", ", "{\"id\": 1, ", "}"));
  }

  private static Column many(String type, String element) {
    return column(
        type, "(SELECT array_agg(%s) FROM generate_series(1, 9000) i)".formatted(element), null);
  }

  private static Column column(String type, String value, String json) {
    return new Column(
        "c" + columns++ + "_" + type.replaceAll("[^a-z0-9]+", "_"), type, value, json);
  }
}
