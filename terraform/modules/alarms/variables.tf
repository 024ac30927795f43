variable "name" {
  description = "What the alarms' names begin with: <app>-<environment>."
  type        = string
}

variable "addresses" {
  description = "E-mail addresses that alarms are sent to; each must confirm once."
  type        = set(string)
  default     = []
}

variable "dead_letter_queues" {
  description = "The names of the dead-letter queues, by what they are for. A message that stays in one is an alarm."
  type        = map(string)
}

variable "queues" {
  description = "The names of the queues, by what they are for. A message that waits too long is an alarm."
  type        = map(string)
}

variable "stream" {
  description = "The stream's name; blank: none, or one that is read by enhanced fan-out, which has other metrics. Reading that is too far behind, or no reading, is an alarm."
  type        = string
}

variable "rule" {
  description = "The name of EventBridge's rule that tells of dropped objects; blank: none. What it can't hand on is an alarm."
  type        = string
  default     = ""
}

variable "log_group" {
  description = "The log of Wadi's processes, written with WADI_LOG_FORMAT=json."
  type        = string
}

variable "oldest_message_seconds" {
  description = "How long a message may wait. Commits are cut once a minute."
  type        = number
  default     = 900
}

variable "behind_seconds" {
  description = "How far reading of the stream may be behind its newest record."
  type        = number
  default     = 900
}

variable "quiet_minutes" {
  description = "For how long nothing may land; 0: for as long as you like."
  type        = number
  default     = 60

  validation {
    condition     = var.quiet_minutes == 0 || (var.quiet_minutes >= 5 && var.quiet_minutes <= 1440)
    error_message = "quiet_minutes is 0 or a number from 5 to 1440."
  }
}

variable "verified_hours" {
  description = "Within how many hours wadi verify must have said that all is well; 0: it isn't run here."
  type        = number
  default     = 24

  validation {
    condition     = var.verified_hours >= 0 && var.verified_hours <= 24
    error_message = "verified_hours is a number from 0 to 24."
  }
}
