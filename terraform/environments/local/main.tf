module "wadi" {
  source = "../../modules/stack"

  environment = "local"
  protect     = false
  platform    = var.platform
  notify      = var.notify
  image_tag   = "local"

  redrive_allow = var.redrive_allow
  saved_queries = var.saved_queries
  versioning    = var.versioning
  tls_only      = startswith(var.endpoint, "https:")

  settings = {
    "wadi.aws.endpoint" = var.endpoint
    # an emulator charges for no poll, and nobody wants to wait for a lease
    "wadi.intake.quick-leases" = "true"
    "wadi.land.max-age"        = "5s"
    "wadi.land.first-age"      = "2s"
    "wadi.intake.visibility"   = "30s"
  }
}
