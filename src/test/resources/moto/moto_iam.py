"""Makes moto hold who has assumed a role to that role's policies, as IAM does; anybody else may do everything.

moto can do so by itself, but only for all requests or none, and it knows no resource but "*" for DynamoDB and Kinesis.
Signatures are not looked at.
"""

import json

from moto.core.authorization import ActionAuthenticatorMixin
from moto.core.exceptions import JsonRESTError
from moto.iam.access_control import AssumedRoleAccessKey, CreateAccessKeyFailure, IAMPolicy, PermissionResult
from moto.kinesis.utils import decompose_shard_iterator
from moto.s3.exceptions import S3AccessDeniedError
from moto.utilities.utils import get_partition

# what an action is to IAM, where that is not its name
KNOWN_AS = {
    "s3:HeadBucket": ["s3:ListBucket"],
    "sqs:SendMessageBatch": ["sqs:SendMessage"],
    "sqs:DeleteMessageBatch": ["sqs:DeleteMessage"],
    "sqs:ChangeMessageVisibilityBatch": ["sqs:ChangeMessageVisibility"],
}

STATEMENTS = {"INSERT": "Insert", "SELECT": "Select", "UPDATE": "Update", "DELETE": "Delete"}


def actions(service, action, body):
    """The permissions that a request needs."""
    if service == "dynamodb" and action in ("ExecuteStatement", "BatchExecuteStatement", "ExecuteTransaction"):
        statements = body.get("Statements") or body.get("TransactStatements") or [body]
        words = {statement["Statement"].split()[0].upper() for statement in statements}
        return [f"dynamodb:PartiQL{STATEMENTS[word]}" for word in sorted(words)]
    if service == "dynamodb" and action == "TransactWriteItems":
        words = {word for item in body["TransactItems"] for word in item}
        return [f"dynamodb:{word if word == 'ConditionCheck' else word + 'Item'}" for word in sorted(words)]
    name = f"{service}:{action}"
    return KNOWN_AS.get(name, [name])


def names_within(value, name):
    """The values of a member, however deep."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == name and isinstance(inner, str):
                yield inner
            else:
                yield from names_within(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from names_within(inner, name)


def resources(service, action, body, prefix):
    """The ARNs that a request is about."""
    if service == "dynamodb":
        tables = set(names_within(body, "TableName")) | set(body.get("RequestItems", {}))
        tables |= {text.split('"')[1] for text in names_within(body, "Statement")}
        index = f"/index/{body['IndexName']}" if "IndexName" in body else ""
        return [table if table.startswith("arn:") else f"{prefix}:table/{table}{index}" for table in sorted(tables)]
    if service == "kinesis":
        for arn in ("ConsumerARN", "StreamARN"):
            if arn in body:
                return [body[arn]]
        stream = body.get("StreamName")
        if "ShardIterator" in body:
            stream = decompose_shard_iterator(body["ShardIterator"])[0]
        return [f"{prefix}:stream/{stream}"] if stream else []
    if service == "sqs":
        queue = body.get("QueueName") or body.get("QueueUrl", "").rsplit("/", 1)[-1]
        return [f"{prefix}:{queue}"] if queue else []
    return []


def authorize(self, iam_request_cls, resource="*"):
    authorization = self.headers.get("Authorization", "")
    key, _, region, service = (authorization.partition("Credential=")[2].partition(",")[0].split("/") + [""] * 4)[:4]
    if "X-Amz-Security-Token" not in self.headers:
        return
    try:
        who = AssumedRoleAccessKey(self.current_account, get_partition(region), key, self.headers)
    except CreateAccessKeyFailure as unknown:
        raise JsonRESTError("UnrecognizedClientException", "The security token is invalid") from unknown
    action = self._get_action()
    if service == "s3":
        asked = [f"{resource}/*" if action == "DeleteObject" and "/" not in resource else resource]
        needed = actions(service, action, {})
    else:
        text = self.raw_body or b""
        body = json.loads(text) if text[:1] in ("{", b"{") else {}
        needed = actions(service, action, body)
        prefix = f"arn:{get_partition(region)}:{service}:{region}:{self.current_account}"
        asked = resources(service, action, body, prefix) or ["*"]
    policies = [IAMPolicy(policy) for policy in who.collect_policies()]
    for permission in needed:
        for arn in asked:
            results = [policy.is_action_permitted(permission, arn) for policy in policies]
            if PermissionResult.DENIED in results or PermissionResult.PERMITTED not in results:
                if service == "s3":
                    raise S3AccessDeniedError()
                raise JsonRESTError(
                    "AccessDeniedException", f"User: {who.arn} is not authorized to perform: {permission} on: {arn}"
                )


def apply():
    ActionAuthenticatorMixin._authenticate_and_authorize_action = authorize
