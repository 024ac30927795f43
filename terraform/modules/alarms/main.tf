locals {
  # wadi verify ends with one of these lines, and a running Wadi writes the last for each commit
  signs = {
    LakeBroken   = "\"FAILED: the lake breaks its promise\""
    LakeVerified = "\"OK: every event received is accounted for\""
    Commits      = "{ $.message = \"committed commit=*\" }"
  }

  alarms = merge(
    { for what, queue in var.dead_letter_queues : "${what}-dead-letters" => {
      description = "${queue} has messages that nobody takes: see docs/dead-letters.md"
      namespace   = "AWS/SQS"
      metric      = "ApproximateNumberOfMessagesVisible"
      dimensions  = { QueueName = queue }
      # Wadi archives what it sends there within seconds, so the queue is empty now and then
      statistic  = "Minimum"
      comparison = "GreaterThanThreshold"
      threshold  = 0
      period     = 300
      periods    = 3
      missing    = "notBreaching"
    } },
    { for what, queue in var.queues : "${what}-oldest-message" => {
      description = "The oldest message of ${queue} waits too long: is Wadi running, and does what it takes land? See /health"
      namespace   = "AWS/SQS"
      metric      = "ApproximateAgeOfOldestMessage"
      dimensions  = { QueueName = queue }
      statistic   = "Maximum"
      comparison  = "GreaterThanThreshold"
      threshold   = var.oldest_message_seconds
      period      = 300
      periods     = 2
      missing     = "notBreaching"
    } },
    var.stream == "" ? {} : {
      "stream-behind" = {
        description = "Reading of ${var.stream} is too far behind, or nobody reads: what is older than the stream's retention is lost"
        namespace   = "AWS/Kinesis"
        metric      = "GetRecords.IteratorAgeMilliseconds"
        dimensions  = { StreamName = var.stream }
        statistic   = "Maximum"
        comparison  = "GreaterThanThreshold"
        threshold   = var.behind_seconds * 1000
        period      = 300
        periods     = 2
        # who reads asks all the time, whether there is something or not
        missing = "breaching"
      }
    },
    var.rule == "" ? {} : {
      "drops-not-told" = {
        description = "EventBridge can't hand on what ${var.rule} has matched: dropped objects stay unread"
        namespace   = "AWS/Events"
        metric      = "FailedInvocations"
        dimensions  = { RuleName = var.rule }
        statistic   = "Sum"
        comparison  = "GreaterThanThreshold"
        threshold   = 0
        period      = 300
        periods     = 1
        missing     = "notBreaching"
      }
    },
    {
      "conservation-broken" = {
        description = "wadi verify found events that are lost, there twice, or damaged: its log names them"
        namespace   = "Wadi/${var.name}"
        metric      = "LakeBroken"
        dimensions  = {}
        statistic   = "Sum"
        comparison  = "GreaterThanThreshold"
        threshold   = 0
        period      = 300
        periods     = 1
        missing     = "notBreaching"
      }
    },
    var.verified_hours == 0 ? {} : {
      "not-verified" = {
        description = "wadi verify has not said that all is well for ${var.verified_hours} hours"
        namespace   = "Wadi/${var.name}"
        metric      = "LakeVerified"
        dimensions  = {}
        statistic   = "Sum"
        comparison  = "LessThanThreshold"
        threshold   = 1
        period      = 3600
        periods     = var.verified_hours
        missing     = "breaching"
      }
    },
    var.quiet_minutes == 0 ? {} : {
      "no-events" = {
        description = "Nothing has landed for ${var.quiet_minutes} minutes"
        namespace   = "Wadi/${var.name}"
        metric      = "Commits"
        dimensions  = {}
        statistic   = "Sum"
        comparison  = "LessThanThreshold"
        threshold   = 1
        period      = 300
        periods     = ceil(var.quiet_minutes / 5)
        missing     = "breaching"
      }
    },
  )
}

resource "aws_sns_topic" "this" {
  name = "${var.name}-alarms"
}

resource "aws_sns_topic_subscription" "email" {
  for_each = var.addresses

  topic_arn = aws_sns_topic.this.arn
  protocol  = "email"
  endpoint  = each.value
}

resource "aws_cloudwatch_log_metric_filter" "this" {
  for_each = local.signs

  name           = "${var.name}-${each.key}"
  log_group_name = var.log_group
  pattern        = each.value

  metric_transformation {
    namespace = "Wadi/${var.name}"
    name      = each.key
    value     = "1"
  }
}

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each = local.alarms

  alarm_name          = "${var.name}-${each.key}"
  alarm_description   = each.value.description
  namespace           = each.value.namespace
  metric_name         = each.value.metric
  dimensions          = each.value.dimensions
  statistic           = each.value.statistic
  comparison_operator = each.value.comparison
  threshold           = each.value.threshold
  period              = each.value.period
  evaluation_periods  = each.value.periods
  treat_missing_data  = each.value.missing
  alarm_actions       = [aws_sns_topic.this.arn]
  ok_actions          = [aws_sns_topic.this.arn]
}
