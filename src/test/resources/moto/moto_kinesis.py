"""Makes moto's streams reshard as Kinesis does: a closed shard takes no more records and keeps those that it has, and
who has read them all is told of its end and its children. moto 5 goes on sending to the closed shard, copies its
records into the children, and never ends it.
"""

from collections import OrderedDict

from moto.core.responses import ActionResult
from moto.kinesis.models import Stream
from moto.kinesis.responses import KinesisResponse
from moto.kinesis.utils import decompose_shard_iterator


def without(method, of):
    """The method, for which shards have no records for as long as it takes."""

    def call(self, *arguments):
        shards = [self.shards[name] for name in of(arguments)]
        records = [shard.records for shard in shards]
        for shard in shards:
            shard.records = OrderedDict()
        try:
            return method(self, *arguments)
        finally:
            for shard, kept in zip(shards, records):
                shard.records = kept

    return call


def among_open(method):
    """The method, for which only open shards are there."""

    def call(self, *arguments):
        every = self.shards
        self.shards = {name: shard for name, shard in every.items() if shard.is_open}
        try:
            return method(self, *arguments)
        finally:
            self.shards = every

    return call


def ending(method):
    """The method, which says of a closed shard without further records that it has ended."""

    def call(self):
        answer = method(self)
        stream_name, shard_id, _ = decompose_shard_iterator(self._get_param("ShardIterator"))
        stream = self.kinesis_backend.describe_stream(self._get_param("StreamARN"), stream_name)
        if answer.result["Records"] or stream.shards[shard_id].is_open:
            return answer
        children = [
            {
                "ShardId": child.shard_id,
                "ParentShards": parents(child),
                "HashKeyRange": {
                    "StartingHashKey": str(child.starting_hash),
                    "EndingHashKey": str(child.ending_hash),
                },
            }
            for child in stream.shards.values()
            if shard_id in parents(child)
        ]
        return ActionResult({"Records": [], "MillisBehindLatest": 0, "ChildShards": children})

    return call


def parents(shard):
    return [parent for parent in (shard.parent, shard.adjacent_parent) if parent]


def apply():
    Stream.get_shard_for_key = among_open(Stream.get_shard_for_key)
    Stream.split_shard = without(Stream.split_shard, lambda arguments: arguments[:1])
    Stream.merge_shards = without(Stream.merge_shards, lambda arguments: arguments[:2])
    KinesisResponse.get_records = ending(KinesisResponse.get_records)
