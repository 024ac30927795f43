# The whole, planned and made against a mock of AWS: names, rights, switches, and what is refused.

mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }

  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }

  mock_data "aws_region" {
    defaults = { name = "eu-west-1" }
  }

  mock_data "aws_availability_zones" {
    defaults = { names = ["eu-west-1a", "eu-west-1b", "eu-west-1c"] }
  }

  mock_resource "aws_sqs_queue" {
    defaults = { arn = "arn:aws:sqs:eu-west-1:123456789012:a-queue" }
  }

  mock_resource "aws_s3_bucket" {
    defaults = { arn = "arn:aws:s3:::a-bucket" }
  }

  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/a-role" }
  }

  mock_resource "aws_kinesis_stream" {
    defaults = { arn = "arn:aws:kinesis:eu-west-1:123456789012:stream/a-stream" }
  }

  mock_resource "aws_dynamodb_table" {
    defaults = { arn = "arn:aws:dynamodb:eu-west-1:123456789012:table/a-table" }
  }

  mock_resource "aws_sns_topic" {
    defaults = { arn = "arn:aws:sns:eu-west-1:123456789012:a-topic" }
  }

  mock_resource "aws_cloudwatch_event_rule" {
    defaults = { arn = "arn:aws:events:eu-west-1:123456789012:rule/a-rule" }
  }

  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:eu-west-1:123456789012:log-group:a-group" }
  }

  mock_resource "aws_ecs_cluster" {
    defaults = { arn = "arn:aws:ecs:eu-west-1:123456789012:cluster/a-cluster" }
  }

  mock_resource "aws_ecs_task_definition" {
    defaults = {
      arn                  = "arn:aws:ecs:eu-west-1:123456789012:task-definition/a-task:1"
      arn_without_revision = "arn:aws:ecs:eu-west-1:123456789012:task-definition/a-task"
    }
  }

  mock_resource "aws_ecr_repository" {
    defaults = {
      arn            = "arn:aws:ecr:eu-west-1:123456789012:repository/a-repository"
      repository_url = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/a-repository"
    }
  }
}

variables {
  environment = "dev"
  protect     = false
  platform    = "ecs"
  image_tag   = "1.2.3"
}

run "names_what_it_makes_and_tells_wadi_of_it" {
  assert {
    condition = output.wadi_properties == {
      "wadi.aws.region"               = "eu-west-1"
      "wadi.intake.queue"             = "wadi-dev-events"
      "wadi.dead-letters.queue"       = "wadi-dev-dead-letters"
      "wadi.intake.drops.queue"       = "wadi-dev-drops"
      "wadi.intake.drops.buckets"     = "wadi-dev-raw-123456789012"
      "wadi.intake.visibility"        = "3m"
      "wadi.intake.stream"            = "wadi-dev-events"
      "wadi.intake.application"       = "wadi-dev-leases"
      "wadi.land.bucket"              = "wadi-dev-lake-123456789012"
      "wadi.deduplicate.repository"   = "dynamodb"
      "wadi.deduplicate.table"        = "wadi-dev-claims"
      "wadi.deduplicate.time-to-live" = "0s"
      "wadi.http.events.to"           = "off"
    }
    error_message = "Wadi is told something else: ${jsonencode(output.wadi_properties)}"
  }

  assert {
    condition     = strcontains(output.properties_file, "wadi.deduplicate.table = wadi-dev-claims\n")
    error_message = "The properties file isn't one: ${output.properties_file}"
  }

  assert {
    condition     = output.helm_values == ""
    error_message = "The chart's values are for Kubernetes alone."
  }

  assert {
    condition     = contains(output.alarms.names, "wadi-dev-conservation-broken") && contains(output.alarms.names, "wadi-dev-no-events") && contains(output.alarms.names, "wadi-dev-stream-behind") && contains(output.alarms.names, "wadi-dev-not-verified")
    error_message = "An alarm is missing: ${jsonencode(output.alarms.names)}"
  }
}

run "lets_the_stream_be_read" {
  assert {
    condition = anytrue([for statement in jsondecode(module.service.policy).Statement :
      contains(statement.Action, "dynamodb:DescribeTable") && length(setsubtract([
        "arn:aws:dynamodb:eu-west-1:123456789012:table/a-table-CoordinatorState",
        "arn:aws:dynamodb:eu-west-1:123456789012:table/a-table-WorkerMetricStats",
      ], statement.Resource)) == 0
    ])
    error_message = "The stream's client ends if it may not look for these tables."
  }
}

run "gives_the_chart_its_values" {
  variables {
    platform = "eks-irsa"
    eks = {
      cluster           = "a"
      oidc_provider     = "oidc.eks.eu-west-1.amazonaws.com/id/A"
      oidc_provider_arn = "arn:aws:iam::123456789012:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/A"
    }
  }

  assert {
    condition     = yamldecode(output.helm_values).serviceAccount.roleArn == "arn:aws:iam::123456789012:role/a-role"
    error_message = "The pods have no role: ${output.helm_values}"
  }

  assert {
    condition     = yamldecode(output.helm_values).settings["wadi.http.events.to"] == "queue"
    error_message = "A pod's disk must not be the only place where an event is."
  }

  assert {
    condition     = length(jsondecode(module.service.trust).Statement) == 1 && yamldecode(output.helm_values).keda.roleArn == ""
    error_message = "Nobody but the service account was to take the role on: ${module.service.trust}"
  }

  assert {
    condition     = !contains(output.alarms.names, "wadi-dev-no-events") && !contains(output.alarms.names, "wadi-dev-not-verified")
    error_message = "Nobody sends the pods' log, so these would ring for ever: ${jsonencode(output.alarms.names)}"
  }

  assert {
    condition     = length(module.network) == 0
    error_message = "The cluster has a network of its own."
  }
}

run "lets_keda_ask_how_much_waits" {
  variables {
    platform = "eks-pod-identity"
    eks      = { cluster = "a", keda_role_arn = "arn:aws:iam::123456789012:role/keda-operator" }
  }

  assert {
    condition = [for statement in jsondecode(module.service.trust).Statement : keys(statement.Principal)[0]] == ["Service", "AWS"] && (
      jsondecode(module.service.trust).Statement[1].Principal.AWS == "arn:aws:iam::123456789012:role/keda-operator"
    )
    error_message = "KEDA's operator can't take the role on: ${module.service.trust}"
  }

  assert {
    condition     = strcontains(module.service.policy, "\"cloudwatch:GetMetricData\"")
    error_message = "In this role's name KEDA can't see how far reading is behind."
  }

  assert {
    condition     = yamldecode(output.helm_values).keda.roleArn == "arn:aws:iam::123456789012:role/a-role"
    error_message = "KEDA isn't told whose role to take on: ${output.helm_values}"
  }
}

run "watches_no_metric_that_fan_out_has_not" {
  command = plan

  variables {
    settings = { "wadi.intake.fan-out" = "true" }
  }

  assert {
    condition     = !contains(output.alarms.names, "wadi-dev-stream-behind")
    error_message = "Read by fan-out, a stream has no metric of GetRecords, and the alarm would never end."
  }
}

run "lets_eventbridge_publish" {
  module {
    source = "../lake"
  }

  variables {
    names           = { raw = "a-raw", lake = "a-lake", staging = "a-staging" }
    drops_queue_arn = "arn:aws:sqs:eu-west-1:123456789012:a-queue"
    notify          = "eventbridge"
    topic_name      = "a-topic"
  }

  assert {
    condition = [for statement in jsondecode(aws_sns_topic_policy.drops["raw"].policy).Statement : keys(statement)] == [
      ["Action", "Effect", "Principal", "Resource", "Sid"]
    ]
    error_message = "EventBridge publishes to no topic whose policy has a Condition: ${aws_sns_topic_policy.drops["raw"].policy}"
  }
}

run "watches_what_eventbridge_hands_on" {
  command = plan

  variables {
    notify = "eventbridge"
  }

  assert {
    condition     = contains(output.alarms.names, "wadi-dev-drops-not-told")
    error_message = "Nobody hears of dropped objects that Wadi isn't told of."
  }
}

run "names_what_expires_also_to_switch_it_off" {
  module {
    source = "../ledger"
  }

  variables {
    table        = "claims"
    leases_table = "leases"
    expires      = false
  }

  assert {
    condition     = !aws_dynamodb_table.claims.ttl[0].enabled && aws_dynamodb_table.claims.ttl[0].attribute_name == "e"
    error_message = "AWS refuses to switch off what isn't named: ${jsonencode(aws_dynamodb_table.claims.ttl)}"
  }
}

run "gives_each_developer_a_role" {
  variables {
    developers   = ["ana", "ben"]
    state_bucket = "states"
  }

  assert {
    condition     = toset(keys(output.role_arns)) == toset(["reader", "operator", "developer-ana", "developer-ben"])
    error_message = "Other roles were made: ${jsonencode(keys(output.role_arns))}"
  }

  assert {
    condition = (
      strcontains(module.access.policies["developer-ana"], "states/developers/ana/*") && strcontains(module.access.policies["developer-ana"], "env:/") &&
      !strcontains(module.access.policies["developer-ana"], "ben")
    )
    error_message = "Ana can't keep a state of her own, or reaches Ben's: ${module.access.policies["developer-ana"]}"
  }
}

run "lets_an_operator_replay_and_read_the_log" {
  assert {
    condition = anytrue([for statement in jsondecode(module.access.policies.operator).Statement :
      contains(statement.Action, "s3:PutObject") && contains(statement.Resource, "arn:aws:s3:::a-bucket/dead_letters_bytes/*")
    ])
    error_message = "`wadi dead-letters replay` can't lay down what is too large for a message: ${module.access.policies.operator}"
  }

  assert {
    condition = anytrue([for statement in jsondecode(module.access.policies.operator).Statement :
      contains(statement.Action, "logs:FilterLogEvents") && contains(statement.Resource, "arn:aws:logs:eu-west-1:123456789012:log-group:a-group:*")
    ])
    error_message = "An operator can't read the log: ${module.access.policies.operator}"
  }

  assert {
    condition = alltrue([for action in ["athena:GetQueryResultsStream", "athena:ListWorkGroups"] :
      strcontains(module.access.policies.reader, "\"${action}\"")
    ])
    error_message = "JDBC and the console need more of Athena: ${module.access.policies.reader}"
  }

  assert {
    condition     = !strcontains(module.access.policies.reader, "dead_letters_bytes") && !strcontains(module.access.policies.reader, "logs:")
    error_message = "A reader may do more than read: ${module.access.policies.reader}"
  }
}

run "keeps_the_newest_images" {
  module {
    source = "../service"
  }

  variables {
    name       = "wadi-dev"
    platform   = "none"
    image_tag  = "1.2.3"
    properties = { "wadi.intake.queue" = "wadi-dev-events" }
    arns = {
      events_queue = "a", dead_letters = "b", drops_queue = "c", stream = "d", lake = "e", raw = "f", claims = "g", leases = "h"
    }
  }

  assert {
    condition = { for rule in jsondecode(aws_ecr_lifecycle_policy.this.policy).rules : rule.selection.tagStatus => rule.selection.countNumber } == {
      untagged = 1
      tagged   = 30
    }
    error_message = "Images pile up, or go too soon: ${aws_ecr_lifecycle_policy.this.policy}"
  }
}

run "lets_what_has_landed_be_handed_on" {
  variables {
    settings = { "wadi.land.sqs.queue" = "others", "wadi.land.kinesis.stream" = "theirs" }
    statements = [
      { Sid = "Tell", Effect = "Allow", Action = ["sns:Publish"], Resource = ["arn:aws:sns:eu-west-1:123456789012:theirs"] },
      { Effect = "Allow", Action = ["s3:GetObject"], Resource = "arn:aws:s3:::theirs/*" },
    ]
  }

  assert {
    condition = alltrue([for needed in [
      { action = "sqs:GetQueueUrl", resource = "arn:aws:sqs:eu-west-1:123456789012:others" },
      { action = "sqs:SendMessage", resource = "arn:aws:sqs:eu-west-1:123456789012:others" },
      { action = "kinesis:PutRecords", resource = "arn:aws:kinesis:eu-west-1:123456789012:stream/theirs" },
      { action = "sns:Publish", resource = "arn:aws:sns:eu-west-1:123456789012:theirs" },
      { action = "s3:GetObject", resource = "arn:aws:s3:::theirs/*" },
      ] : anytrue([for statement in jsondecode(module.service.policy).Statement :
        contains(statement.Action, needed.action) && contains(flatten([statement.Resource]), needed.resource)
    ])])
    error_message = "The settings ask for what the role may not do: ${module.service.policy}"
  }
}

run "refuses_secrets_where_all_can_read_them" {
  command = plan

  variables {
    settings = { "wadi.land.postgres.password" = "x" }
  }

  expect_failures = [var.settings]
}

run "refuses_secrets_that_nobody_would_hand_over" {
  command = plan

  variables {
    platform = "none"
    secrets  = { WADI_LAND_POSTGRES_PASSWORD = "arn:aws:ssm:eu-west-1:123456789012:parameter/wadi/password" }
  }

  expect_failures = [var.secrets]
}

run "reaches_secrets_from_inside" {
  variables {
    secrets = {
      WADI_LAND_POSTGRES_PASSWORD = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf:password::"
      MY_TOKEN                    = "arn:aws:ssm:eu-west-1:123456789012:parameter/wadi/token"
    }
  }

  assert {
    condition     = length(setsubtract(["secretsmanager", "ssm"], output.network.endpoints)) == 0
    error_message = "The subnets have no way to the secrets: ${jsonencode(output.network.endpoints)}"
  }
}

run "gives_the_tasks_their_secrets_and_a_way_to_a_database" {
  module {
    source = "../service"
  }

  variables {
    name       = "wadi-dev"
    image_tag  = "1.2.3"
    network    = { vpc_id = "a-vpc", subnet_ids = ["a-subnet"] }
    egress     = [{ cidr = "10.0.0.0/16", port = 5432 }]
    properties = { "wadi.intake.queue" = "wadi-dev-events" }
    arns = {
      events_queue = "a", dead_letters = "b", drops_queue = "c", stream = "d", lake = "e", raw = "f", claims = "g", leases = "h"
    }
    arguments = ["--flow", "bronze-to-staging"]
    secrets = {
      WADI_LAND_POSTGRES_PASSWORD = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf:password::"
      MY_TOKEN                    = "arn:aws:ssm:eu-west-1:123456789012:parameter/wadi/token"
    }
  }

  assert {
    condition = { for it in jsondecode(aws_ecs_task_definition.this[0].container_definitions)[0].secrets : it.name => it.valueFrom } == {
      WADI_LAND_POSTGRES_PASSWORD = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf:password::"
      MY_TOKEN                    = "arn:aws:ssm:eu-west-1:123456789012:parameter/wadi/token"
    }
    error_message = "The tasks have no secrets: ${aws_ecs_task_definition.this[0].container_definitions}"
  }

  assert {
    condition     = slice(jsondecode(aws_ecs_task_definition.this[0].container_definitions)[0].command, 5, 7) == ["--flow", "bronze-to-staging"]
    error_message = "The tasks run another flow: ${aws_ecs_task_definition.this[0].container_definitions}"
  }

  assert {
    condition = { for statement in jsondecode(aws_iam_role_policy.start[0].policy).Statement : statement.Action[0] => statement.Resource if strcontains(statement.Sid, "Secrets") } == {
      "secretsmanager:GetSecretValue" = ["arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf"]
      "ssm:GetParameters"             = ["arn:aws:ssm:eu-west-1:123456789012:parameter/wadi/token"]
    }
    error_message = "Who starts the tasks may read other secrets, or not these: ${aws_iam_role_policy.start[0].policy}"
  }

  assert {
    condition = (
      aws_ecs_task_definition.verify[0].memory == "4096" && aws_ecs_task_definition.verify[0].ephemeral_storage[0].size_in_gib == 100 &&
      jsondecode(aws_ecs_task_definition.verify[0].container_definitions)[0].command == ["verify", "--profile", "aws"] &&
      !strcontains(aws_ecs_task_definition.verify[0].container_definitions, "secrets")
    )
    error_message = "The lake is recounted by another task: ${aws_ecs_task_definition.verify[0].container_definitions}"
  }

  assert {
    condition     = [for rule in aws_vpc_security_group_egress_rule.more : "${rule.cidr_ipv4} ${rule.from_port}"] == ["10.0.0.0/16 5432"]
    error_message = "The tasks reach no database: ${jsonencode(aws_vpc_security_group_egress_rule.more)}"
  }
}

run "verifies_only_if_it_is_to" {
  command = plan

  variables {
    verify = { hours = 0 }
  }

  assert {
    condition     = !contains(output.alarms.names, "wadi-dev-not-verified")
    error_message = "Nobody verifies, and the alarm would ring for ever."
  }
}

run "refuses_several_tasks_where_one_process_writes" {
  command = plan

  variables {
    repository = "caffeine"
    tasks      = { least = 1, most = 2 }
  }

  expect_failures = [var.tasks]
}

run "refuses_to_guess_the_version" {
  command = plan

  variables {
    image_tag = ""
  }

  expect_failures = [var.image_tag]
}

run "needs_no_version_where_it_runs_none" {
  command = plan

  variables {
    platform  = "none"
    image_tag = ""
  }

  assert {
    condition     = output.image == ""
    error_message = "No image runs: ${output.image}"
  }
}

run "refuses_tasks_that_fargate_does_not_have" {
  command = plan

  module {
    source = "../service"
  }

  variables {
    name       = "wadi-dev"
    image_tag  = "1.2.3"
    network    = { vpc_id = "a-vpc", subnet_ids = ["a-subnet"] }
    properties = { "wadi.intake.queue" = "wadi-dev-events" }
    tasks      = { cpu = 1024, memory = 1024 }
    verify     = { cpu = 512, memory = 8192 }
    secrets    = { WADI_INTAKE_QUEUE = "arn:aws:ssm:eu-west-1:123456789012:parameter/queue" }
    egress     = [{ cidr = "fd00::/8", port = 5432 }]
    arns = {
      events_queue = "a", dead_letters = "b", drops_queue = "c", stream = "d", lake = "e", raw = "f", claims = "g", leases = "h"
    }
  }

  expect_failures = [var.tasks, var.verify, var.secrets, var.egress]
}

run "reaches_what_routes_and_settings_ask_for" {
  variables {
    endpoints = ["sns"]
    settings  = { "wadi.intake.lease-metrics" = "true" }
  }

  assert {
    condition     = length(setintersection(output.network.endpoints, ["sns", "monitoring", "sqs"])) == 3
    error_message = "The subnets have no way to them: ${jsonencode(output.network.endpoints)}"
  }
}

run "refuses_an_unknown_platform" {
  command = plan

  variables {
    platform = "lambda"
  }

  expect_failures = [var.platform]
}

run "refuses_kubernetes_without_a_cluster" {
  command = plan

  variables {
    platform = "eks-pod-identity"
  }

  expect_failures = [var.eks]
}

run "refuses_a_time_to_live_that_wadi_does_not_know" {
  command = plan

  variables {
    time_to_live = "30d"
  }

  expect_failures = [var.time_to_live]
}

run "refuses_a_name_that_buckets_can_not_have" {
  command = plan

  variables {
    environment = "Dev_1"
  }

  expect_failures = [var.environment]
}
