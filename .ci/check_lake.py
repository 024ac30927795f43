"""Reads a lake with pyarrow, which shares nothing with Wadi's reader, and holds it against the
summary that the run printed."""

import json
import pathlib
import sys

import pyarrow.parquet as parquet


def rows(lake, table, columns):
    for file in sorted((lake / table).rglob("*.parquet")):
        for row in parquet.ParquetFile(file).read(columns=columns).to_pylist():
            yield file, row


def main(lake, summary):
    lake = pathlib.Path(lake)
    summary = json.loads(summary)
    keys = set()
    landed = 0
    for file, row in rows(lake, "events", ["event_key", "event_type", "event_time", "_doc"]):
        landed += 1
        assert row["event_key"] not in keys, f"{row['event_key']} stands twice, again in {file}"
        keys.add(row["event_key"])
        folder = {part.split("=")[0]: part.split("=")[1] for part in file.parts if "=" in part}
        assert folder["event_type"] == row["event_type"], (file, row["event_type"])
        assert folder["event_date"] == row["event_time"].date().isoformat(), (file, row["event_time"])
        json.loads(row["_doc"])
    set_aside = {
        table: sum(1 for _ in rows(lake, table, ["event_key"])) for table in ("duplicates", "conflicts")
    }
    dead = sum(1 for _ in rows(lake, "dead_letters", ["dead_letter_id"]))
    assert landed == summary["landed"], (landed, summary)
    assert set_aside["duplicates"] == summary["duplicates"], (set_aside, summary)
    assert set_aside["conflicts"] == summary["conflicts"], (set_aside, summary)
    assert dead == summary["rejected"], (dead, summary)
    terms = ("landed", "duplicates", "conflicts", "rejected", "filtered")
    assert summary["received"] == sum(summary[term] for term in terms), summary
    print(f"pyarrow reads {landed} events, {set_aside}, {dead} dead letters: as the run says")


main(sys.argv[1], sys.argv[2])
