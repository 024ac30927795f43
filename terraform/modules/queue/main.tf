# A queue never comes without its dead-letter queue. The ARNs are told from the names, so that each
# queue is made with its policies at once: AWS takes half a minute for each change of a queue.

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

data "aws_region" "current" {}

locals {
  prefix           = "arn:${data.aws_partition.current.partition}:sqs:${data.aws_region.current.name}:${data.aws_caller_identity.current.account_id}"
  arn              = "${local.prefix}:${var.name}"
  dead_letters_arn = "${local.prefix}:${var.dead_letters_name}"
  fourteen_days    = 14 * 24 * 3600

  tls_only = { for arn in [local.arn, local.dead_letters_arn] : arn => [{
    Sid       = "TlsOnly"
    Effect    = "Deny"
    Principal = "*"
    Action    = "sqs:*"
    Resource  = arn
    Condition = { Bool = { "aws:SecureTransport" = "false" } }
  }] if var.tls_only }

  statements = concat(lookup(local.tls_only, local.arn, []), [for name, sender in var.senders : {
    Sid       = "From${title(name)}"
    Effect    = "Allow"
    Principal = { Service = sender.service }
    Action    = "sqs:SendMessage"
    Resource  = local.arn
    Condition = { ArnEquals = { "aws:SourceArn" = sender.source_arn } }
  }])
}

resource "aws_sqs_queue" "dead_letters" {
  name                      = var.dead_letters_name
  message_retention_seconds = local.fourteen_days
  sqs_managed_sse_enabled   = true
  policy                    = !var.tls_only ? null : jsonencode({ Version = "2012-10-17", Statement = local.tls_only[local.dead_letters_arn] })

  # Only this queue may use it as its own, and messages go back to it alone.
  redrive_allow_policy = !var.redrive_allow ? null : jsonencode({
    redrivePermission = "byQueue"
    sourceQueueArns   = [local.arn]
  })
}

resource "aws_sqs_queue" "this" {
  name                       = var.name
  message_retention_seconds  = local.fourteen_days
  visibility_timeout_seconds = var.visibility_seconds
  receive_wait_time_seconds  = 20
  sqs_managed_sse_enabled    = true

  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.dead_letters.arn
    maxReceiveCount     = var.max_receives
  })

  policy = length(local.statements) == 0 ? null : jsonencode({ Version = "2012-10-17", Statement = local.statements })
}
