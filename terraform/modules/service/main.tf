# Who Wadi is to AWS: one role, and a statement for each need. The routes that have the need are
# named; the docs that list its actions are docs/deduplication.md, docs/kinesis.md, docs/drops.md and
# docs/poll-api.md.

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

data "aws_region" "current" {}

locals {
  on_ecs = var.platform == "ecs"
  on_eks = startswith(var.platform, "eks-")

  keda_role_arn = local.on_eks ? try(var.eks.keda_role_arn, "") : ""

  account   = data.aws_caller_identity.current.account_id
  partition = data.aws_partition.current.partition
  region    = data.aws_region.current.name

  image = var.image_tag == "" ? "" : "${var.image != "" ? var.image : aws_ecr_repository.this.repository_url}:${var.image_tag}"

  taking = ["sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:ReceiveMessage"]

  # what wadi.intake.drops.after asks for
  after_drops = {
    leave = []
    tag   = ["s3:GetObjectTagging", "s3:GetObjectVersionTagging", "s3:PutObjectTagging", "s3:PutObjectVersionTagging"]
    # a copy takes the object's tags along
    move   = ["s3:DeleteObject", "s3:DeleteObjectVersion", "s3:GetObjectTagging", "s3:GetObjectVersionTagging", "s3:PutObject", "s3:PutObjectTagging"]
    delete = ["s3:DeleteObject", "s3:DeleteObjectVersion"]
  }

  # where http-events-queue and http-events-stream send what is posted
  posting = {
    queue  = [{ Sid = "SendPosted", Effect = "Allow", Action = ["sqs:SendMessage"], Resource = [var.arns.events_queue] }]
    stream = [{ Sid = "SendPosted", Effect = "Allow", Action = ["kinesis:PutRecord", "kinesis:PutRecords"], Resource = [var.arns.stream] }]
    log    = []
    off    = []
  }

  statements = concat(local.posting[lookup(var.properties, "wadi.http.events.to", "log")], [
    {
      # intake-sqs
      Sid      = "TakeEvents"
      Effect   = "Allow"
      Action   = local.taking
      Resource = [var.arns.events_queue]
    },
    {
      # dead-letter, archive-dead-letters
      Sid      = "SendAndTakeDeadLetters"
      Effect   = "Allow"
      Action   = concat(local.taking, ["sqs:SendMessage"])
      Resource = [var.arns.dead_letters]
    },
    {
      # what sends by aws2-sqs, such as dead-letter: it finds its queue in the list of those whose
      # names begin like its own, and a list has no resource to name
      Sid      = "FindQueues"
      Effect   = "Allow"
      Action   = ["sqs:ListQueues"]
      Resource = ["*"]
    },
    {
      # intake-s3
      Sid      = "TakeNotifications"
      Effect   = "Allow"
      Action   = local.taking
      Resource = [var.arns.drops_queue]
    },
    {
      # intake-s3
      Sid    = "ReadDroppedObjects"
      Effect = "Allow"
      Action = concat(
        ["s3:GetObject", "s3:GetObjectVersion"],
        local.after_drops[lookup(var.properties, "wadi.intake.drops.after", "leave")],
      )
      Resource = ["${var.arns.raw}/*"]
    },
    {
      # land, compact; without it S3 says of a missing object that it is denied
      Sid      = "ListBuckets"
      Effect   = "Allow"
      Action   = ["s3:ListBucket"]
      Resource = [var.arns.lake, var.arns.raw]
    },
    {
      # land, compact, archive-dead-letters
      Sid      = "WriteTheLake"
      Effect   = "Allow"
      Action   = ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"]
      Resource = ["${var.arns.lake}/*"]
    },
    {
      # event, land
      Sid    = "ShareClaims"
      Effect = "Allow"
      Action = [
        "dynamodb:DeleteItem", "dynamodb:DescribeTable", "dynamodb:DescribeTimeToLive", "dynamodb:GetItem",
        "dynamodb:PartiQLInsert", "dynamodb:PutItem", "dynamodb:Scan",
      ]
      Resource = [var.arns.claims]
    },
    {
      # intake-kinesis
      Sid      = "ReadTheStream"
      Effect   = "Allow"
      Action   = ["kinesis:DescribeStreamSummary", "kinesis:GetRecords", "kinesis:GetShardIterator", "kinesis:ListShards"]
      Resource = [var.arns.stream]
    },
    {
      # intake-kinesis with wadi.intake.fan-out
      Sid      = "ReadTheStreamByFanOut"
      Effect   = "Allow"
      Action   = ["kinesis:DescribeStreamConsumer", "kinesis:RegisterStreamConsumer", "kinesis:SubscribeToShard"]
      Resource = [var.arns.stream, "${var.arns.stream}/consumer/*"]
    },
    {
      # intake-kinesis
      Sid    = "SpreadShards"
      Effect = "Allow"
      Action = [
        "dynamodb:DeleteItem", "dynamodb:DescribeTable", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query",
        "dynamodb:Scan", "dynamodb:UpdateItem", "dynamodb:UpdateTable",
      ]
      Resource = [var.arns.leases, "${var.arns.leases}/index/*"]
    },
    {
      # intake-kinesis: at each start its client looks whether an older one has left its tables, and
      # takes "there is none" for an answer, but not "denied"
      Sid      = "LookForOlderTables"
      Effect   = "Allow"
      Action   = ["dynamodb:DescribeTable"]
      Resource = ["${var.arns.leases}-CoordinatorState", "${var.arns.leases}-WorkerMetricStats"]
    },
    ], lookup(var.properties, "wadi.poll.url", "") == "" ? [] : [
    {
      # poll-api
      Sid      = "PutPolledPages"
      Effect   = "Allow"
      Action   = ["s3:PutObject"]
      Resource = ["${var.arns.raw}/${lookup(var.properties, "wadi.poll.prefix", "poll")}/*"]
    },
    ], lookup(var.properties, "wadi.land.sqs.queue", "") == "" ? [] : [
    {
      # land-sqs
      Sid      = "HandOnToAQueue"
      Effect   = "Allow"
      Action   = ["sqs:GetQueueUrl", "sqs:SendMessage"]
      Resource = ["arn:${local.partition}:sqs:${local.region}:${local.account}:${var.properties["wadi.land.sqs.queue"]}"]
    },
    ], lookup(var.properties, "wadi.land.kinesis.stream", "") == "" ? [] : [
    {
      # land-kinesis
      Sid      = "HandOnToAStream"
      Effect   = "Allow"
      Action   = ["kinesis:PutRecords"]
      Resource = ["arn:${local.partition}:kinesis:${local.region}:${local.account}:stream/${var.properties["wadi.land.kinesis.stream"]}"]
    },
    ], lookup(var.properties, "wadi.intake.lease-metrics", "false") != "true" ? [] : [
    {
      # intake-kinesis with wadi.intake.lease-metrics; these metrics have no resource to name
      Sid      = "TellOfLeases"
      Effect   = "Allow"
      Action   = ["cloudwatch:PutMetricData"]
      Resource = ["*"]
    },
    ], !local.on_eks ? [] : [
    {
      # KEDA in this role's name, as the chart has it; these metrics have no resource to name
      Sid      = "SeeHowFarReadingIsBehind"
      Effect   = "Allow"
      Action   = ["cloudwatch:GetMetricData"]
      Resource = ["*"]
    },
  ], var.statements)

  # encoded one by one, since they have different shapes
  trust = {
    ecs = jsonencode({
      Principal = { Service = "ecs-tasks.amazonaws.com" }
      Action    = ["sts:AssumeRole"]
      Effect    = "Allow"
      Condition = { StringEquals = { "aws:SourceAccount" = local.account } }
    })
    eks-irsa = jsonencode({
      Principal = { Federated = try(var.eks.oidc_provider_arn, "") }
      Action    = ["sts:AssumeRoleWithWebIdentity"]
      Effect    = "Allow"
      Condition = { StringEquals = {
        "${try(var.eks.oidc_provider, "")}:aud" = "sts.amazonaws.com"
        "${try(var.eks.oidc_provider, "")}:sub" = "system:serviceaccount:${try(var.eks.namespace, "")}:${try(var.eks.service_account, "")}"
      } }
    })
    eks-pod-identity = jsonencode({
      Principal = { Service = "pods.eks.amazonaws.com" }
      Action    = ["sts:AssumeRole", "sts:TagSession"]
      Effect    = "Allow"
      Condition = { StringEquals = { "aws:SourceAccount" = local.account } }
    })
    # KEDA's operator, which asks for the pods by their role (identityOwner: workload)
    keda = jsonencode({
      Principal = { AWS = local.keda_role_arn }
      Action    = ["sts:AssumeRole", "sts:TagSession"]
      Effect    = "Allow"
    })
    none = jsonencode({
      Principal = { AWS = "arn:${local.partition}:iam::${local.account}:root" }
      Action    = ["sts:AssumeRole"]
      Effect    = "Allow"
    })
  }
}

resource "aws_iam_role" "this" {
  name = "${var.name}-service"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [for who in concat([var.platform], local.keda_role_arn == "" ? [] : ["keda"]) : jsondecode(local.trust[who])]
  })
}

resource "aws_iam_role_policy" "this" {
  name   = "service"
  role   = aws_iam_role.this.id
  policy = jsonencode({ Version = "2012-10-17", Statement = local.statements })
}

resource "aws_eks_pod_identity_association" "this" {
  count = var.platform == "eks-pod-identity" ? 1 : 0

  cluster_name    = var.eks.cluster
  namespace       = var.eks.namespace
  service_account = var.eks.service_account
  role_arn        = aws_iam_role.this.arn
}

resource "aws_ecr_repository" "this" {
  name                 = var.name
  image_tag_mutability = "IMMUTABLE"
  force_delete         = !var.protect

  image_scanning_configuration {
    scan_on_push = true
  }
}

# What an image for several platforms is made of has no tags either; ECR keeps it for as long as there is
# an image that names it.
resource "aws_ecr_lifecycle_policy" "this" {
  repository = aws_ecr_repository.this.name

  policy = jsonencode({ rules = [
    {
      rulePriority = 1
      description  = "What a push that broke off has left"
      selection    = { tagStatus = "untagged", countType = "sinceImagePushed", countUnit = "days", countNumber = 1 }
      action       = { type = "expire" }
    },
    {
      rulePriority = 2
      description  = "All but the newest versions"
      selection    = { tagStatus = "tagged", tagPatternList = ["*"], countType = "imageCountMoreThan", countNumber = var.images }
      action       = { type = "expire" }
    },
  ] })
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/wadi/${var.name}"
  retention_in_days = var.log_days
}
