variable "region" {
  description = "The AWS region."
  type        = string
  default     = "us-east-1"
}

variable "state_bucket" {
  description = "The bucket of Terraform's states, made beforehand; developers get their prefixes in it."
  type        = string
  default     = ""
}

variable "platform" {
  description = "What Wadi runs on: ecs, eks-irsa, eks-pod-identity or none."
  type        = string
  default     = "ecs"
}

variable "eks" {
  description = "With platform = eks-...: the cluster. See modules/service."
  type = object({
    cluster           = string
    oidc_provider_arn = optional(string, "")
    oidc_provider     = optional(string, "")
    namespace         = optional(string, "wadi")
    service_account   = optional(string, "wadi")
    keda_role_arn     = optional(string, "")
  })
  default = null
}

variable "image_tag" {
  description = "The version of the image that runs. No version is the default: it would be what a deploy goes back to."
  type        = string
  default     = ""
}

variable "notify" {
  description = "How Wadi is told of dropped objects: direct or eventbridge."
  type        = string
  default     = "direct"
}

variable "developers" {
  description = "Developers by name, each with a role and prefixes of their own."
  type        = set(string)
  default     = []
}

variable "trusted" {
  description = "Who may take on the roles of people; none: whoever in the account may assume roles."
  type        = list(string)
  default     = []
}

variable "alarm_addresses" {
  description = "E-mail addresses that alarms are sent to."
  type        = set(string)
  default     = []
}

variable "developer" {
  description = "Whose environment this is, beside that of all; blank: that of all."
  type        = string
  default     = ""

  validation {
    condition     = var.developer == "" || can(regex("^[a-z][a-z0-9-]{0,20}$", var.developer))
    error_message = "developer is a name of lower-case letters, digits and '-' that begins with a letter."
  }
}
