# With platform = ecs: the lake is recounted by a task of its own, whose verdict goes to the log.

resource "aws_cloudwatch_event_rule" "verify" {
  count = local.on_ecs ? 1 : 0

  name                = "${var.name}-verify"
  description         = "wadi verify recounts the lake"
  schedule_expression = var.verify_schedule
}

resource "aws_iam_role" "verify" {
  count = local.on_ecs ? 1 : 0

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
  count = local.on_ecs ? 1 : 0

  name = "verify"
  role = aws_iam_role.verify[0].id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "StartTheTask"
        Effect    = "Allow"
        Action    = ["ecs:RunTask"]
        Resource  = ["${aws_ecs_task_definition.this[0].arn_without_revision}:*"]
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
  count = local.on_ecs ? 1 : 0

  rule     = aws_cloudwatch_event_rule.verify[0].name
  arn      = aws_ecs_cluster.this[0].arn
  role_arn = aws_iam_role.verify[0].arn

  input = jsonencode({
    containerOverrides = [{ name = "wadi", command = ["verify", "--profile", "aws"] }]
  })

  ecs_target {
    task_definition_arn = aws_ecs_task_definition.this[0].arn
    launch_type         = "FARGATE"

    network_configuration {
      subnets         = var.network.subnet_ids
      security_groups = [aws_security_group.tasks[0].id]
    }
  }
}
