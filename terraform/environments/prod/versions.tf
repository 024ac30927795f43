terraform {
  required_version = ">= 1.10"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.100"
    }
  }

  # The bucket and the key are given at init, as deploy/cloud.sh does: -backend-config=bucket=...
  backend "s3" {
    encrypt      = true
    use_lockfile = true
  }
}

provider "aws" {
  region = var.region

  default_tags {
    tags = { app = "wadi", environment = local.environment, managed-by = "terraform" }
  }
}
