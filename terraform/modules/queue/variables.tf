variable "name" {
  description = "The queue's name."
  type        = string
}

variable "dead_letters_name" {
  description = "The name of its dead-letter queue."
  type        = string
}

variable "max_receives" {
  description = "How often a message is received before SQS moves it to the dead-letter queue. More than wadi.intake.max-receives, so that Wadi acts first."
  type        = number
  default     = 12

  validation {
    condition     = var.max_receives >= 2 && var.max_receives <= 1000
    error_message = "max_receives is a number from 2 to 1000."
  }
}

variable "visibility_seconds" {
  description = "How long a message is hidden that is received by others than Wadi, which says it with each call."
  type        = number
  default     = 60
}

variable "senders" {
  description = "AWS's services that may send to the queue, by the ARN of what sends."
  type        = map(object({ service = string, source_arn = string }))
  default     = {}
}

variable "redrive_allow" {
  description = "Whether the dead-letter queue says whose it is. moto_server forgets it, and Terraform waits for it in vain."
  type        = bool
  default     = true
}

variable "tls_only" {
  description = "Whether requests without TLS are refused. An emulator on this machine speaks plain HTTP."
  type        = bool
  default     = true
}
