# With platform = ecs: a Fargate service that grows with the queue.

locals {
  several = lookup(var.properties, "wadi.deduplicate.repository", "caffeine") == "dynamodb"

  environment = merge(
    { for name, value in var.properties : upper(replace(replace(name, ".", "_"), "-", "_")) => value },
    {
      WADI_LOG_FORMAT = "json"
      # inside the VPC, where no security group lets anybody in
      WADI_HTTP_HOST = "0.0.0.0"
    },
  )

  # how much memory in MiB a task may have by its cpu
  fargate = {
    "256"   = [512, 1024, 2048]
    "512"   = range(1024, 4097, 1024)
    "1024"  = range(2048, 8193, 1024)
    "2048"  = range(4096, 16385, 1024)
    "4096"  = range(8192, 30721, 1024)
    "8192"  = range(16384, 61441, 4096)
    "16384" = range(32768, 122881, 8192)
  }

  folders = { data = "/var/lib/wadi", temporary = "/tmp" }

  # a secret in Secrets Manager may have a key, a stage and a version behind its ARN
  secret_arns = distinct([for arn in values(var.secrets) :
    split(":", arn)[2] == "secretsmanager" ? join(":", slice(split(":", arn), 0, 7)) : arn
  ])

  # what the service and the task that verifies have in common
  basics = {
    name                   = "wadi"
    image                  = local.image
    essential              = true
    user                   = "10001"
    readonlyRootFilesystem = true
    environment            = [for name, value in local.environment : { name = name, value = value }]
    mountPoints            = [for name, path in local.folders : { sourceVolume = name, containerPath = path, readOnly = false }]
    linuxParameters        = { initProcessEnabled = false, capabilities = { drop = ["ALL"], add = [] } }
    logConfiguration = {
      logDriver = "awslogs"
      options = {
        awslogs-group         = aws_cloudwatch_log_group.this.name
        awslogs-region        = local.region
        awslogs-stream-prefix = "wadi"
      }
    }
  }

  container = merge(local.basics, local.given, {
    command = concat(["run", "--profile", "aws", "--data", local.folders.data], var.arguments)
    # longer than wadi.shutdown.timeout and ten seconds
    stopTimeout  = 60
    portMappings = [{ containerPort = 8080, protocol = "tcp" }]
    # only what a new task would mend; startPeriod is the longest there is
    healthCheck = { command = ["CMD", "wadi", "health", "--live"], interval = 30, timeout = 10, retries = 3, startPeriod = 300 }
  })

  # an empty list would differ at each plan
  given = { for key, value in { secrets = [for name, arn in var.secrets : { name = name, valueFrom = arn }] } :
    key => value if length(value) > 0
  }
}

resource "aws_iam_role" "start" {
  count = local.on_ecs ? 1 : 0

  name               = "${var.name}-start"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [jsondecode(local.trust.ecs)] })
}

resource "aws_iam_role_policy" "start" {
  count = local.on_ecs ? 1 : 0

  name = "start"
  role = aws_iam_role.start[0].id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat([for service, action in { secretsmanager = "secretsmanager:GetSecretValue", ssm = "ssm:GetParameters" } :
      {
        Sid      = "Tell${title(service)}Secrets"
        Effect   = "Allow"
        Action   = [action]
        Resource = [for arn in local.secret_arns : arn if split(":", arn)[2] == service]
      } if anytrue([for arn in local.secret_arns : split(":", arn)[2] == service])
      ], [
      { Sid = "LogIn", Effect = "Allow", Action = ["ecr:GetAuthorizationToken"], Resource = ["*"] },
      {
        Sid      = "PullTheImage"
        Effect   = "Allow"
        Action   = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
        Resource = [var.image == "" ? aws_ecr_repository.this.arn : "arn:${local.partition}:ecr:${local.region}:${local.account}:repository/*"]
      },
      {
        Sid      = "Log"
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = ["${aws_cloudwatch_log_group.this.arn}:*"]
      },
    ])
  })
}

resource "aws_ecs_cluster" "this" {
  count = local.on_ecs ? 1 : 0

  name = var.name

  setting {
    # it counts the running tasks, which the scaling by backlog needs
    name  = "containerInsights"
    value = "enabled"
  }
}

resource "aws_ecs_task_definition" "this" {
  count = local.on_ecs ? 1 : 0

  family                   = var.name
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = var.tasks.cpu
  memory                   = var.tasks.memory
  task_role_arn            = aws_iam_role.this.arn
  execution_role_arn       = aws_iam_role.start[0].arn
  container_definitions    = jsonencode([local.container])

  runtime_platform {
    operating_system_family = "LINUX"
    cpu_architecture        = var.tasks.architecture
  }

  ephemeral_storage {
    size_in_gib = var.tasks.disk_gib
  }

  dynamic "volume" {
    for_each = local.folders

    content {
      name = volume.key
    }
  }
}

resource "aws_security_group" "tasks" {
  count = local.on_ecs ? 1 : 0

  name        = "${var.name}-tasks"
  description = "Wadi: nobody comes in, TLS goes out"
  vpc_id      = var.network.vpc_id
}

resource "aws_vpc_security_group_egress_rule" "tasks" {
  count = local.on_ecs ? 1 : 0

  security_group_id = aws_security_group.tasks[0].id
  description       = "TLS; the subnets have no way but to the endpoints"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

resource "aws_vpc_security_group_egress_rule" "more" {
  for_each = { for way in var.egress : "${way.cidr}:${way.port}" => way if local.on_ecs }

  security_group_id = aws_security_group.tasks[0].id
  description       = "What this environment asks for"
  cidr_ipv4         = each.value.cidr
  ip_protocol       = "tcp"
  from_port         = each.value.port
  to_port           = each.value.port
}

resource "aws_ecs_service" "this" {
  count = local.on_ecs ? 1 : 0

  name            = "wadi"
  cluster         = aws_ecs_cluster.this[0].id
  task_definition = aws_ecs_task_definition.this[0].arn
  launch_type     = "FARGATE"
  desired_count   = var.tasks.least

  # A lake of one writer: the old one ends before the new one begins.
  deployment_minimum_healthy_percent = local.several ? 100 : 0
  deployment_maximum_percent         = local.several ? 200 : 100

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  network_configuration {
    subnets          = var.network.subnet_ids
    security_groups  = [aws_security_group.tasks[0].id]
    assign_public_ip = false
  }

  lifecycle {
    # the scaling's
    ignore_changes = [desired_count]
  }

  # The tasks pull, log and land by these; a destroy takes them only when the last task has ended.
  depends_on = [
    aws_iam_role_policy.start,
    aws_iam_role_policy.this,
    aws_vpc_security_group_egress_rule.more,
    aws_vpc_security_group_egress_rule.tasks,
  ]
}

resource "aws_appautoscaling_target" "this" {
  count = local.on_ecs ? 1 : 0

  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.this[0].name}/${aws_ecs_service.this[0].name}"
  min_capacity       = var.tasks.least
  max_capacity       = var.tasks.most
}

resource "aws_appautoscaling_policy" "cpu" {
  count = local.on_ecs ? 1 : 0

  name               = "${var.name}-cpu"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.this[0].service_namespace
  scalable_dimension = aws_appautoscaling_target.this[0].scalable_dimension
  resource_id        = aws_appautoscaling_target.this[0].resource_id

  target_tracking_scaling_policy_configuration {
    target_value       = 70
    scale_in_cooldown  = 300
    scale_out_cooldown = 60

    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }
  }
}

resource "aws_appautoscaling_policy" "backlog" {
  count = local.on_ecs ? 1 : 0

  name               = "${var.name}-backlog"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.this[0].service_namespace
  scalable_dimension = aws_appautoscaling_target.this[0].scalable_dimension
  resource_id        = aws_appautoscaling_target.this[0].resource_id

  target_tracking_scaling_policy_configuration {
    target_value       = var.tasks.messages_a_task
    scale_in_cooldown  = 300
    scale_out_cooldown = 60

    customized_metric_specification {
      metrics {
        id          = "backlog"
        label       = "Messages that wait, for each task"
        expression  = "waiting / IF(running > 0, running, 1)"
        return_data = true
      }

      metrics {
        id          = "waiting"
        return_data = false

        metric_stat {
          stat = "Maximum"

          metric {
            namespace   = "AWS/SQS"
            metric_name = "ApproximateNumberOfMessagesVisible"

            dimensions {
              name  = "QueueName"
              value = var.properties["wadi.intake.queue"]
            }
          }
        }
      }

      metrics {
        id          = "running"
        return_data = false

        metric_stat {
          stat = "Average"

          metric {
            namespace   = "ECS/ContainerInsights"
            metric_name = "RunningTaskCount"

            dimensions {
              name  = "ClusterName"
              value = aws_ecs_cluster.this[0].name
            }

            dimensions {
              name  = "ServiceName"
              value = aws_ecs_service.this[0].name
            }
          }
        }
      }
    }
  }
}
