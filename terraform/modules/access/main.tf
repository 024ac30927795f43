# Roles for people. reader asks the lake; operator sends back what failed as well; a developer has,
# beside what a reader has, a prefix of their own.

locals {
  trust = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = var.trusted }
      Action    = "sts:AssumeRole"
    }]
  })

  results = "${var.staging_bucket_arn}/athena"

  reading = [
    {
      Sid      = "ReadTheLake"
      Effect   = "Allow"
      Action   = ["s3:GetObject", "s3:ListBucket"]
      Resource = [var.lake_bucket_arn, "${var.lake_bucket_arn}/*"]
    },
    {
      Sid    = "Ask"
      Effect = "Allow"
      Action = [
        "athena:BatchGetNamedQuery", "athena:GetNamedQuery", "athena:GetQueryExecution", "athena:GetQueryResults",
        "athena:GetQueryResultsStream", "athena:GetWorkGroup", "athena:ListNamedQueries", "athena:ListQueryExecutions",
        "athena:StartQueryExecution", "athena:StopQueryExecution",
      ]
      Resource = [var.workgroup_arn]
    },
    {
      # the console offers workgroups to choose from; the action knows no resources
      Sid      = "ChooseTheWorkgroup"
      Effect   = "Allow"
      Action   = ["athena:ListWorkGroups"]
      Resource = ["*"]
    },
    {
      Sid      = "KnowTheTables"
      Effect   = "Allow"
      Action   = ["glue:GetDatabase", "glue:GetDatabases", "glue:GetPartitions", "glue:GetTable", "glue:GetTables"]
      Resource = var.glue_arns
    },
    {
      Sid      = "KeepResults"
      Effect   = "Allow"
      Action   = ["s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"]
      Resource = ["${local.results}/*"]
    },
    {
      Sid      = "FindResults"
      Effect   = "Allow"
      Action   = ["s3:GetBucketLocation"]
      Resource = [var.lake_bucket_arn, var.staging_bucket_arn]
    },
  ]

  operating = [
    {
      # wadi dead-letters replay
      Sid      = "Replay"
      Effect   = "Allow"
      Action   = ["sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:SendMessage"]
      Resource = [var.queue_arns.events]
    },
    {
      # the same, for bytes that don't fit into a message
      Sid      = "ReplayWhatIsTooLarge"
      Effect   = "Allow"
      Action   = ["s3:PutObject"]
      Resource = ["${var.lake_bucket_arn}/dead_letters_bytes/*"]
    },
    {
      # SQS's own redrive: it receives and deletes from the one, and sends to the other, in the
      # operator's name
      Sid    = "RedriveFrom"
      Effect = "Allow"
      Action = [
        "sqs:CancelMessageMoveTask", "sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:GetQueueAttributes",
        "sqs:GetQueueUrl", "sqs:ListMessageMoveTasks", "sqs:ReceiveMessage", "sqs:StartMessageMoveTask",
      ]
      Resource = [var.queue_arns.dead_letters, var.queue_arns.drops_dead_letters]
    },
    {
      Sid      = "RedriveTo"
      Effect   = "Allow"
      Action   = ["sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:SendMessage"]
      Resource = [var.queue_arns.drops]
    },
    {
      Sid      = "ReadTheLog"
      Effect   = "Allow"
      Action   = ["logs:FilterLogEvents", "logs:GetLogEvents", "logs:StartQuery"]
      Resource = [var.log_group_arn, "${var.log_group_arn}:*"]
    },
    {
      # these actions know no resources
      Sid      = "Watch"
      Effect   = "Allow"
      Action   = ["cloudwatch:DescribeAlarms", "cloudwatch:GetMetricData", "cloudwatch:ListMetrics", "logs:GetQueryResults"]
      Resource = ["*"]
    },
  ]

  owning = { for developer in var.developers : developer => concat(
    [
      {
        Sid      = "OwnTables"
        Effect   = "Allow"
        Action   = ["s3:AbortMultipartUpload", "s3:DeleteObject", "s3:GetObject", "s3:PutObject"]
        Resource = ["${var.staging_bucket_arn}/developers/${developer}/*"]
      },
      {
        Sid       = "FindOwnTables"
        Effect    = "Allow"
        Action    = ["s3:ListBucket"]
        Resource  = [var.staging_bucket_arn]
        Condition = { StringLike = { "s3:prefix" = ["developers/${developer}/*"] } }
      },
    ],
    [for statement in [
      {
        Sid      = "OwnStates"
        Effect   = "Allow"
        Action   = ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"]
        Resource = ["arn:${local.partition}:s3:::${var.state_bucket}/developers/${developer}/*"]
      },
      {
        Sid      = "FindOwnStates"
        Effect   = "Allow"
        Action   = ["s3:ListBucket"]
        Resource = ["arn:${local.partition}:s3:::${var.state_bucket}"]
        # terraform init looks for workspaces as well
        Condition = { StringLike = { "s3:prefix" = ["developers/${developer}/*", "env:/"] } }
      },
    ] : statement if var.state_bucket != ""],
  ) }

  partition = split(":", var.lake_bucket_arn)[1]

  # encoded one by one, since the statements of different roles have different shapes
  policies = merge(
    {
      reader   = jsonencode({ Version = "2012-10-17", Statement = local.reading })
      operator = jsonencode({ Version = "2012-10-17", Statement = concat(local.reading, local.operating) })
    },
    { for developer, statements in local.owning :
      "developer-${developer}" => jsonencode({ Version = "2012-10-17", Statement = concat(local.reading, statements) })
    },
  )
}

resource "aws_iam_role" "this" {
  for_each = local.policies

  name               = "${var.name}-${each.key}"
  assume_role_policy = local.trust
}

resource "aws_iam_role_policy" "this" {
  for_each = local.policies

  name   = each.key
  role   = aws_iam_role.this[each.key].id
  policy = each.value
}
