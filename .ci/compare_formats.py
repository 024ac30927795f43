"""Reads lakes of the same events in Parquet, JSON lines and CSV (both with gzip) by pyarrow and
Python's own json and csv, none of which shares anything with Wadi's reader, and holds the rows
against each other: columns, types and values."""

import csv
import datetime
import gzip
import json
import pathlib
import sys

import pyarrow.parquet as parquet

# what differs from one ingest to the next
OF_THE_INGEST = ("ingested_at", "commit_id")


def moment(text):
    return datetime.datetime.fromisoformat(text[:-1] + "+00:00")


def types(lake):
    types = {"event_time": "TIMESTAMP", "ingested_at": "TIMESTAMP"}
    for version in sorted((lake / "_wadi" / "schema").glob("*.json")):
        for column in json.loads(version.read_text())["columns"]:
            types[column["name"]] = column["type"]
    return types


def parquet_rows(lake):
    for file in (lake / "events").rglob("*.parquet"):
        for row in parquet.ParquetFile(file).read().to_pylist():
            yield {name: value for name, value in row.items() if value is not None}


def jsonl_rows(lake):
    of = types(lake)
    for file in (lake / "events").rglob("*.jsonl.gz"):
        with gzip.open(file, "rt", encoding="utf-8", newline="\n") as lines:
            for line in lines:
                row = json.loads(line)
                for name, value in row.items():
                    if of.get(name) == "TIMESTAMP":
                        row[name] = moment(value)
                yield row


def csv_rows(lake):
    of = types(lake)
    read = {
        "TEXT": str,
        "BIGINT": int,
        "DOUBLE": float,
        "BOOLEAN": {"true": True, "false": False}.__getitem__,
        "TIMESTAMP": moment,
    }
    for file in (lake / "events").rglob("*.csv.gz"):
        with gzip.open(file, "rt", encoding="utf-8", newline="") as text:
            for row in csv.DictReader(text):
                # Python's reader does not tell a null from an empty text
                yield {
                    name: read[of.get(name, "TEXT")](value) for name, value in row.items() if value
                }


def by_key(rows):
    keyed = {}
    for row in rows:
        for name in OF_THE_INGEST:
            assert row.pop(name), row
        assert row["event_key"] not in keyed, row
        keyed[row["event_key"]] = row
    return keyed


def value(row, name):
    # Python's reader of CSV takes an empty text for nothing
    return None if row.get(name) == "" else row.get(name)


def compare(first, second, what):
    assert first.keys() == second.keys(), what
    values = 0
    for key, row in first.items():
        other = second[key]
        for name in row.keys() | other.keys():
            one, two = value(row, name), value(other, name)
            assert one == two and type(one) is type(two), (what, key, name, one, two)
            values += 1
    assert values > 10 * len(first)
    print(f"{what}: {len(first)} rows and {values} values are the same")


def main(parquet_lake, jsonl_lake, csv_lake):
    expected = by_key(parquet_rows(pathlib.Path(parquet_lake)))
    assert expected
    compare(expected, by_key(jsonl_rows(pathlib.Path(jsonl_lake))), "Parquet and JSON lines")
    compare(expected, by_key(csv_rows(pathlib.Path(csv_lake))), "Parquet and CSV")


main(*sys.argv[1:])
