variable "name" {
  description = "What the roles' names begin with: <app>-<environment>."
  type        = string
}

variable "trusted" {
  description = "The ARNs of who may take the roles on, each of whom needs sts:AssumeRole besides."
  type        = list(string)

  validation {
    condition     = length(var.trusted) > 0 && !contains(var.trusted, "*")
    error_message = "trusted names one principal at least, and not everybody."
  }
}

variable "developers" {
  description = "Developers by name. Each has a role of their own, and a prefix in the staging bucket and in that of Terraform's states."
  type        = set(string)
  default     = []

  validation {
    condition     = alltrue([for name in var.developers : can(regex("^[a-z][a-z0-9-]{0,20}$", name))])
    error_message = "developers are names of lower-case letters, digits and '-' that begin with a letter, with 21 characters at most."
  }
}

variable "lake_bucket_arn" {
  description = "The lake, which all of them read."
  type        = string
}

variable "staging_bucket_arn" {
  description = "The bucket of results and of developers' own tables."
  type        = string
}

variable "state_bucket" {
  description = "The bucket of Terraform's states; blank: developers have no right to any."
  type        = string
  default     = ""
}

variable "workgroup_arn" {
  description = "The Athena workgroup in which they ask."
  type        = string
}

variable "glue_arns" {
  description = "The Glue catalog, database and tables that they ask."
  type        = list(string)
}

variable "queue_arns" {
  description = "The queues to which an operator sends back what failed, with their dead-letter queues."
  type        = object({ events = string, dead_letters = string, drops = string, drops_dead_letters = string })
}

variable "log_group_arn" {
  description = "The log of Wadi's processes, which an operator reads."
  type        = string
}
