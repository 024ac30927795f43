# Small, soon forgotten, and gone by one command.

locals {
  environment = var.developer == "" ? "dev" : "dev-${var.developer}"
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

  protect       = false
  zones         = 1
  time_to_live  = "720h"
  raw_days      = 30
  quiet_minutes = 0
  tasks         = { least = 1, most = 2 }
}
