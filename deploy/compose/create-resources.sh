#!/bin/sh
# Makes the queues, buckets, stream and table that docker-compose.yml's Wadi uses, on whatever
# AWS_ENDPOINT_URL names. What is there already stays as it is, so it may run at every start.
set -eu
: "${AWS_ENDPOINT_URL:?names the server that plays AWS}"

say() { printf '%s\n' "$*"; }

# by its option, since older command lines don't know the variable
aws() { command aws --endpoint-url "$AWS_ENDPOINT_URL" "$@"; }

queue() {
  aws sqs create-queue --queue-name "$1" --output text --query QueueUrl
}

arn() {
  aws sqs get-queue-attributes --queue-url "$1" --attribute-names QueueArn --output text --query Attributes.QueueArn
}

bucket() {
  aws s3api head-bucket --bucket "$1" >/dev/null 2>&1 || aws s3api create-bucket --bucket "$1" >/dev/null
  say "bucket $1"
}

# No redrive policy: Wadi itself sends what fails to the dead-letter queue, once and with the reason.
queue "$WADI_INTAKE_QUEUE"
queue "$WADI_DEAD_LETTERS_QUEUE"
drops=$(queue "$WADI_INTAKE_DROPS_QUEUE")
say "$drops"
drops_arn=$(arn "$drops")

bucket "$WADI_LAND_BUCKET"
bucket "$RAW_BUCKET"
aws s3api put-bucket-notification-configuration --bucket "$RAW_BUCKET" --notification-configuration \
  "{\"QueueConfigurations\": [{\"QueueArn\": \"$drops_arn\", \"Events\": [\"s3:ObjectCreated:*\"]}]}"
say "notifications of $RAW_BUCKET go to $WADI_INTAKE_DROPS_QUEUE"

if [ -n "${WADI_INTAKE_STREAM:-}" ]; then
  aws kinesis describe-stream-summary --stream-name "$WADI_INTAKE_STREAM" >/dev/null 2>&1 \
    || aws kinesis create-stream --stream-name "$WADI_INTAKE_STREAM" --shard-count 2
  aws kinesis wait stream-exists --stream-name "$WADI_INTAKE_STREAM"
  say "stream $WADI_INTAKE_STREAM"
fi

aws dynamodb describe-table --table-name "$WADI_DEDUPLICATE_TABLE" >/dev/null 2>&1 \
  || aws dynamodb create-table --table-name "$WADI_DEDUPLICATE_TABLE" --billing-mode PAY_PER_REQUEST \
    --key-schema AttributeName=k,KeyType=HASH --attribute-definitions AttributeName=k,AttributeType=B >/dev/null
aws dynamodb wait table-exists --table-name "$WADI_DEDUPLICATE_TABLE"
say "table $WADI_DEDUPLICATE_TABLE"
