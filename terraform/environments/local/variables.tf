variable "endpoint" {
  description = "Where the emulator answers: moto_server, LocalStack or Floci."
  type        = string
  default     = "http://127.0.0.1:4566"

  validation {
    condition     = can(regex("^https?://[^/]+$", var.endpoint))
    error_message = "endpoint is a URL such as http://127.0.0.1:4566."
  }
}

variable "region" {
  description = "The region that the emulator plays."
  type        = string
  default     = "us-east-1"
}

variable "platform" {
  description = "none: Wadi runs on this machine. ecs makes the service as well, where the emulator has it."
  type        = string
  default     = "none"
}

variable "notify" {
  description = "How Wadi is told of dropped objects: direct or eventbridge."
  type        = string
  default     = "direct"
}

variable "redrive_allow" {
  description = "Whether dead-letter queues say whose they are. moto_server forgets it, and Terraform waits for it in vain; LocalStack knows it."
  type        = bool
  default     = false
}

variable "saved_queries" {
  description = "Whether queries are saved in Athena. moto_server can't delete them again."
  type        = bool
  default     = false
}

variable "versioning" {
  description = "Whether buckets keep old versions: moto can't delete one that lies under a delete marker"
  type        = bool
  default     = false
}
