# With platform = ecs: the lake is recounted by a task of its own, whose verdict goes to the log. It grows
# with the lake as the service doesn't, so it has a size of its own.

locals {
  verifies = local.on_ecs && var.verify.hours > 0 ? 1 : 0
}

resource "aws_ecs_task_definition" "verify" {
  count = local.verifies

  family                   = "${var.name}-verify"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = var.verify.cpu
  memory                   = var.verify.memory
  task_role_arn            = aws_iam_role.this.arn
  execution_role_arn       = aws_iam_role.start[0].arn
  container_definitions    = jsonencode([merge(local.basics, { command = ["verify", "--profile", "aws"] })])

  runtime_platform {
    operating_system_family = "LINUX"
    cpu_architecture        = var.tasks.architecture
  }

  ephemeral_storage {
    size_in_gib = var.verify.disk_gib
  }

  dynamic "volume" {
    for_each = local.folders

    content {
      name = volume.key
    }
  }
}

resource "aws_cloudwatch_event_rule" "verify" {
  count = local.verifies

  name                = "${var.name}-verify"
  description         = "wadi verify recounts the lake"
  schedule_expression = var.verify.hours == 1 ? "rate(1 hour)" : "rate(${var.verify.hours} hours)"
}

resource "aws_iam_role" "verify" {
  count = local.verifies

  name = "${var.name}-verify"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "events.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = { ArnEquals = { "aws:SourceArn" = aws_cloudwatch_event_rule.verify[0].arn } }
    }]
  })
}

resource "aws_iam_role_policy" "verify" {
  count = local.verifies

  name = "verify"
  role = aws_iam_role.verify[0].id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "StartTheTask"
        Effect    = "Allow"
        Action    = ["ecs:RunTask"]
        Resource  = ["${aws_ecs_task_definition.verify[0].arn_without_revision}:*"]
        Condition = { ArnEquals = { "ecs:cluster" = aws_ecs_cluster.this[0].arn } }
      },
      {
        Sid       = "GiveItItsRoles"
        Effect    = "Allow"
        Action    = ["iam:PassRole"]
        Resource  = [aws_iam_role.this.arn, aws_iam_role.start[0].arn]
        Condition = { StringEquals = { "iam:PassedToService" = "ecs-tasks.amazonaws.com" } }
      },
    ]
  })
}

resource "aws_cloudwatch_event_target" "verify" {
  count = local.verifies

  rule     = aws_cloudwatch_event_rule.verify[0].name
  arn      = aws_ecs_cluster.this[0].arn
  role_arn = aws_iam_role.verify[0].arn

  ecs_target {
    task_definition_arn = aws_ecs_task_definition.verify[0].arn
    launch_type         = "FARGATE"

    network_configuration {
      subnets         = var.network.subnet_ids
      security_groups = [aws_security_group.tasks[0].id]
    }
  }
}
