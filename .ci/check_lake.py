"""Reads a lake with pyarrow, which shares nothing with Wadi's reader: holds its counts against the
summary that the run printed, its columns against the lake's schema, and its values against the
original documents. Which files are the lake's is told by its manifests alone."""

import datetime
import json
import pathlib
import re
import sys
import urllib.parse

import pyarrow
import pyarrow.parquet as parquet

MOMENT = pyarrow.timestamp("us", tz="UTC")
TYPES = {
    "TEXT": pyarrow.string(),
    "BIGINT": pyarrow.int64(),
    "DOUBLE": pyarrow.float64(),
    "BOOLEAN": pyarrow.bool_(),
    "TIMESTAMP": MOMENT,
}
CORE = {
    name: MOMENT if name in ("event_time", "ingested_at") else pyarrow.string()
    for name in (
        "event_key event_id event_type event_subtype event_source event_time payload_hash"
        " ingested_at commit_id source_position"
    ).split()
}


def commits_of_files(lake):
    """The files that hold rows now, each with the commits whose rows it may have."""
    on_their_way = {intent.stem for intent in (lake / "_wadi" / "intents").glob("*.json")}
    now = {}
    named = set()
    # a compaction's id is greater than those of the commits whose files it replaces
    for marker in sorted((lake / "_wadi" / "commits").glob("*.json")):
        manifest = json.loads(marker.read_text())
        if manifest["state"] != "COMMITTED" or marker.stem in on_their_way:
            continue
        joined = {}
        for key in manifest.get("replaces", []):
            joined.setdefault(key.rpartition("/")[0], set()).update(now.pop(key))
        for file in manifest["files"]:
            key = file["key"]
            now[key] = joined[key.rpartition("/")[0]] if joined else {marker.stem}
            named.add(key)
    there = {str(file.relative_to(lake)) for file in lake.rglob("*.parquet")}
    assert there <= named, f"nobody names {there - named}"
    return now


def tables(lake, table):
    for key, commits in sorted(commits_of_files(lake).items()):
        if key.startswith(table + "/"):
            # without the folders' columns
            yield lake / key, commits, parquet.ParquetFile(lake / key).read()


def rows(lake, table):
    for file, commits, content in tables(lake, table):
        for row in content.to_pylist():
            assert row["commit_id"] in commits, (file, row["commit_id"])
            yield file, row


def schema(lake):
    """The payload's columns: the types that each has had, and where it stands in the documents."""
    columns = {}
    for version in sorted((lake / "_wadi" / "schema").glob("*.json")):
        for column in json.loads(version.read_text())["columns"]:
            types, _ = columns.setdefault(column["name"], ([], column["path"]))
            types.append(TYPES[column["type"]])
    return columns


def at(document, path):
    for name in path.split("/")[1:]:
        if not isinstance(document, dict):
            return None
        document = document.get(name.replace("~1", "/").replace("~0", "~"))
    return document


def check_types(file, content, payload):
    names = content.schema.names
    assert names[: len(CORE)] == list(CORE), (file, names)
    assert names[-1] == "_doc", (file, names)
    for field in content.schema:
        if field.name in payload:
            assert field.type in payload[field.name][0], (file, field, payload[field.name])
        else:
            assert field.type == CORE.get(field.name, pyarrow.string()), (file, field)


def check_values(file, row, payload):
    """Returns how many values were held against the document."""
    assert re.fullmatch("[0-9a-f]{32}", row["event_key"]), (file, row)
    assert re.fullmatch("[0-9a-f]{16}", row["payload_hash"]), (file, row)
    document = json.loads(row["_doc"])
    checked = 0
    for name, (_, path) in payload.items():
        value = row.get(name)
        original = at(document, path) if path.startswith("/") else None
        if isinstance(value, datetime.datetime):
            if isinstance(original, str) and original.endswith("Z"):
                assert value == datetime.datetime.fromisoformat(original[:-1] + "+00:00"), (file, name)
                checked += 1
        elif isinstance(original, list):
            assert json.loads(value) == original, (file, name, value, original)
            checked += 1
        elif value is not None and original is not None and not isinstance(original, dict):
            assert value == original and isinstance(value, bool) == isinstance(original, bool), (
                file,
                name,
                value,
                original,
            )
            checked += 1
        elif isinstance(original, (str, int, float)):
            # a value of another type than its column's is null there; texts always fit into text
            assert pyarrow.string() not in payload[name][0], (file, name, original)
    return checked


def main(lake, summary):
    lake = pathlib.Path(lake)
    summary = json.loads(summary)
    payload = schema(lake)
    for file, _, content in tables(lake, "events"):
        check_types(file, content, payload)
    keys = set()
    landed = 0
    values = 0
    for file, row in rows(lake, "events"):
        landed += 1
        assert row["event_key"] not in keys, f"{row['event_key']} stands twice, again in {file}"
        keys.add(row["event_key"])
        folder = {
            part.split("=")[0]: urllib.parse.unquote(part.split("=")[1])
            for part in file.parts
            if "=" in part
        }
        assert folder["event_type"] == row["event_type"], (file, row["event_type"])
        assert folder["event_date"] == row["event_time"].date().isoformat(), (file, row["event_time"])
        values += check_values(file, row, payload)
    assert values > 3 * landed, f"only {values} values of {landed} events were held against documents"
    set_aside = {table: sum(1 for _ in rows(lake, table)) for table in ("duplicates", "conflicts")}
    dead = sum(1 for _ in rows(lake, "dead_letters"))
    assert landed == summary["landed"], (landed, summary)
    assert set_aside["duplicates"] == summary["duplicates"], (set_aside, summary)
    assert set_aside["conflicts"] == summary["conflicts"], (set_aside, summary)
    assert dead == summary["rejected"], (dead, summary)
    terms = ("landed", "duplicates", "conflicts", "rejected", "filtered")
    assert summary["received"] == sum(summary[term] for term in terms), summary
    print(
        f"pyarrow reads {landed} events with {values} values as in their documents, {set_aside},"
        f" {dead} dead letters: as the run says"
    )


main(sys.argv[1], sys.argv[2])
