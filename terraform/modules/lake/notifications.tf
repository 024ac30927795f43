# How Wadi is told of what is dropped into the raw bucket. A bucket has one configuration of these,
# so both ways are here.

locals {
  by_events = var.notify == "eventbridge" ? { raw = aws_s3_bucket.this["raw"] } : {}
}

resource "aws_s3_bucket_notification" "raw" {
  bucket      = aws_s3_bucket.this["raw"].id
  eventbridge = var.notify == "eventbridge"

  dynamic "queue" {
    for_each = var.notify == "direct" ? [var.drops_queue_arn] : []

    content {
      id        = "drops"
      queue_arn = queue.value
      events    = ["s3:ObjectCreated:*"]
    }
  }
}

resource "aws_cloudwatch_event_rule" "drops" {
  for_each = local.by_events

  name        = var.topic_name
  description = "Objects that are dropped into the raw bucket"

  event_pattern = jsonencode({
    source        = ["aws.s3"]
    "detail-type" = ["Object Created"]
    detail        = { bucket = { name = [each.value.id] } }
  })
}

resource "aws_cloudwatch_event_target" "drops" {
  for_each = local.by_events

  rule = aws_cloudwatch_event_rule.drops[each.key].name
  arn  = aws_sns_topic.drops[each.key].arn
}

resource "aws_sns_topic" "drops" {
  for_each = local.by_events

  name = var.topic_name
}

# No Condition: AWS doesn't know one in a topic's policy for EventBridge, and whatever was published
# would be denied. So a rule in somebody else's account may publish here too, if its owner knows the
# topic's ARN. That brings nothing into the lake that wasn't dropped, only dead letters: Wadi reads the
# buckets in wadi.intake.drops.buckets alone, its role no bucket of dropped files but the raw one, and
# an object lands before it is moved or deleted.
resource "aws_sns_topic_policy" "drops" {
  for_each = local.by_events

  arn = aws_sns_topic.drops[each.key].arn

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "FromTheRule"
      Effect    = "Allow"
      Principal = { Service = "events.amazonaws.com" }
      Action    = "sns:Publish"
      Resource  = aws_sns_topic.drops[each.key].arn
    }]
  })
}

resource "aws_sns_topic_subscription" "drops" {
  for_each = local.by_events

  topic_arn            = aws_sns_topic.drops[each.key].arn
  protocol             = "sqs"
  endpoint             = var.drops_queue_arn
  raw_message_delivery = true
}
