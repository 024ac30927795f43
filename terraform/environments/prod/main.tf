# Keys are remembered for good, and the lake, the dropped files and the tables outlive a destroy. Queues
# and stream don't, and what waits in them goes too: `wadi cloud destroy` looks into the queues first.

locals {
  environment = "prod"
}

module "wadi" {
  source = "../../modules/stack"

  environment     = local.environment
  platform        = var.platform
  eks             = var.eks
  image_tag       = var.image_tag
  notify          = var.notify
  developers      = var.developers
  trusted         = var.trusted
  state_bucket    = var.state_bucket
  alarm_addresses = var.alarm_addresses

  protect         = true
  zones           = 3
  retention_hours = 168
  tasks           = { least = 2, most = 10, cpu = 2048, memory = 4096 }
}
