variable "names" {
  description = "The buckets' names: raw takes dropped files, lake is the lake, staging is for what is made of it (results of queries, tables of developers)."
  type        = object({ raw = string, lake = string, staging = string })
}

variable "protect" {
  description = "Whether buckets that are not empty are kept when all else is destroyed."
  type        = bool
}

variable "drops_queue_arn" {
  description = "The queue that is told of objects in the raw bucket."
  type        = string
}

variable "notify" {
  description = "How it is told: direct (S3 to SQS), or eventbridge (S3 to EventBridge to SNS to SQS), where others listen as well."
  type        = string
  default     = "direct"

  validation {
    condition     = contains(["direct", "eventbridge"], var.notify)
    error_message = "notify is direct or eventbridge."
  }
}

variable "topic_name" {
  description = "The SNS topic's name, with notify = eventbridge."
  type        = string
}

variable "raw_days" {
  description = "After how many days dropped files go; 0: never. Wadi needs them only until they have landed."
  type        = number
  default     = 0

  validation {
    condition     = var.raw_days >= 0
    error_message = "raw_days is 0 or more."
  }
}

variable "old_version_days" {
  description = "For how long what was deleted or overwritten in the raw bucket and the lake can be had back."
  type        = number
  default     = 7

  validation {
    condition     = var.old_version_days >= 1
    error_message = "old_version_days is 1 or more."
  }
}

variable "tls_only" {
  description = "Whether requests without TLS are refused. An emulator on this machine speaks plain HTTP."
  type        = bool
  default     = true
}

variable "versioning" {
  description = "Whether raw and lake keep old versions of their objects for a week"
  type        = bool
  default     = true
}
