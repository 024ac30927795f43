variable "name" {
  description = "The stream's name."
  type        = string
}

variable "retention_hours" {
  description = "How long records stay: longer than the longest outage, since what is older is lost. Beyond 24 hours AWS charges for it."
  type        = number
  default     = 24

  validation {
    condition     = var.retention_hours >= 24 && var.retention_hours <= 8760
    error_message = "retention_hours is a number from 24 to 8760."
  }
}
