# All of Wadi in AWS, by the names <app>-<environment>-<role>. The environments differ in values alone.

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

data "aws_region" "current" {}

locals {
  name      = "${var.app}-${var.environment}"
  account   = data.aws_caller_identity.current.account_id
  partition = data.aws_partition.current.partition
  region    = data.aws_region.current.name

  buckets     = { for role in ["raw", "lake", "staging"] : role => "${local.name}-${role}-${local.account}" }
  drops_topic = "${local.name}-drops"

  # told by name, since who sends to the queue needs the queue to be there first
  told_by = {
    direct      = { service = "s3.amazonaws.com", source_arn = "arn:${local.partition}:s3:::${local.buckets.raw}" }
    eventbridge = { service = "sns.amazonaws.com", source_arn = "arn:${local.partition}:sns:${local.region}:${local.account}:${local.drops_topic}" }
  }

  # a task's or a pod's disk goes with it, so it may not be the only place where an event is
  posted_to = var.platform == "ecs" ? "off" : var.platform == "none" ? "log" : "queue"

  lease_metrics = lookup(var.settings, "wadi.intake.lease-metrics", "false") == "true"

  properties = merge(
    {
      "wadi.aws.region"           = local.region
      "wadi.intake.queue"         = module.events.name
      "wadi.dead-letters.queue"   = module.events.dead_letters_name
      "wadi.intake.drops.queue"   = module.drops.name
      "wadi.intake.drops.buckets" = module.lake.names["raw"]
      # a minute passes until a commit, and what is hidden for less than that is extended, call by call
      "wadi.intake.visibility"        = "3m"
      "wadi.intake.stream"            = module.stream.name
      "wadi.intake.application"       = module.ledger.leases_table
      "wadi.land.bucket"              = module.lake.names["lake"]
      "wadi.deduplicate.repository"   = var.repository
      "wadi.deduplicate.table"        = module.ledger.table
      "wadi.deduplicate.time-to-live" = var.time_to_live
      "wadi.http.events.to"           = local.posted_to
    },
    var.settings,
  )
}

module "events" {
  source = "../queue"

  name              = "${local.name}-events"
  dead_letters_name = "${local.name}-dead-letters"
  redrive_allow     = var.redrive_allow
  tls_only          = var.tls_only
}

module "drops" {
  source = "../queue"

  name              = "${local.name}-drops"
  dead_letters_name = "${local.name}-drops-dead-letters"
  senders           = { notifications = local.told_by[var.notify] }
  redrive_allow     = var.redrive_allow
  tls_only          = var.tls_only
}

module "stream" {
  source = "../stream"

  name            = "${local.name}-events"
  retention_hours = var.retention_hours
}

module "lake" {
  source = "../lake"

  names           = local.buckets
  protect         = var.protect
  versioning      = var.versioning
  drops_queue_arn = module.drops.arn
  notify          = var.notify
  topic_name      = local.drops_topic
  raw_days        = var.raw_days
  tls_only        = var.tls_only
}

module "ledger" {
  source = "../ledger"

  table        = "${local.name}-claims"
  leases_table = "${local.name}-leases"
  expires      = var.time_to_live != "0s"
  protect      = var.protect
}

module "glue" {
  source = "../glue"

  database        = replace(local.name, "-", "_")
  workgroup       = local.name
  lake_bucket     = module.lake.names["lake"]
  results_bucket  = module.lake.names["staging"]
  event_types     = local.cdevents_types
  payload_columns = local.cdevents_columns
  saved_queries   = var.saved_queries
}

module "access" {
  source = "../access"

  name               = local.name
  trusted            = length(var.trusted) > 0 ? var.trusted : ["arn:${local.partition}:iam::${local.account}:root"]
  developers         = var.developers
  lake_bucket_arn    = module.lake.arns["lake"]
  staging_bucket_arn = module.lake.arns["staging"]
  state_bucket       = var.state_bucket
  log_group_arn      = module.service.log_group_arn
  workgroup_arn      = "arn:${local.partition}:athena:${local.region}:${local.account}:workgroup/${module.glue.workgroup}"

  glue_arns = [for what in ["catalog", "database/${module.glue.database}", "table/${module.glue.database}/*"] :
    "arn:${local.partition}:glue:${local.region}:${local.account}:${what}"
  ]

  queue_arns = {
    events             = module.events.arn
    dead_letters       = module.events.dead_letters_arn
    drops              = module.drops.arn
    drops_dead_letters = module.drops.dead_letters_arn
  }
}

module "network" {
  source = "../network"
  count  = var.platform == "ecs" ? 1 : 0

  name  = local.name
  zones = var.zones

  # a task's secrets are fetched from inside: the endpoints are called as the services are in ARNs
  more_endpoints = setunion(
    var.endpoints,
    [for arn in values(var.secrets) : try(split(":", arn)[2], "")],
    local.lease_metrics ? ["monitoring"] : [],
  )
}

module "service" {
  source = "../service"

  name       = local.name
  platform   = var.platform
  properties = local.properties
  image      = var.image
  image_tag  = var.image_tag
  protect    = var.protect
  tasks      = var.tasks
  verify     = var.verify
  eks        = var.eks
  network    = one(module.network)
  arguments  = var.arguments
  secrets    = var.secrets
  egress     = var.egress
  statements = var.statements

  arns = {
    events_queue = module.events.arn
    dead_letters = module.events.dead_letters_arn
    drops_queue  = module.drops.arn
    stream       = module.stream.arn
    lake         = module.lake.arns["lake"]
    raw          = module.lake.arns["raw"]
    claims       = module.ledger.table_arn
    leases       = module.ledger.leases_table_arn
  }
}

module "alarms" {
  source = "../alarms"

  name               = local.name
  addresses          = var.alarm_addresses
  dead_letter_queues = { events = module.events.dead_letters_name, drops = module.drops.dead_letters_name }
  queues             = { events = module.events.name, drops = module.drops.name }
  stream             = lookup(var.settings, "wadi.intake.fan-out", "false") == "true" ? "" : module.stream.name
  rule               = module.lake.rule
  log_group          = module.service.log_group
  # elsewhere nothing of ours sends the log that they are read from, nor runs wadi verify
  quiet_minutes  = var.platform == "ecs" ? var.quiet_minutes : 0
  verified_hours = var.platform == "ecs" ? 2 * var.verify.hours : 0
}
