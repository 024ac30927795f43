variable "name" {
  description = "What the names of all resources begin with: <app>-<environment>."
  type        = string
}

variable "platform" {
  description = "What Wadi runs on: ecs (Fargate, made here), eks-irsa or eks-pod-identity (a role for the Helm chart's service account, and its values), none (a role that the account may take on)."
  type        = string
}

variable "properties" {
  description = "Wadi's settings, by their names as properties; see docs/configuration.md."
  type        = map(string)

  validation {
    condition     = alltrue([for name in keys(var.properties) : startswith(name, "wadi.")])
    error_message = "properties are Wadi's settings, whose names begin with 'wadi.'."
  }
}

variable "arns" {
  description = "What Wadi works with."
  type = object({
    events_queue = string
    dead_letters = string
    drops_queue  = string
    stream       = string
    lake         = string
    raw          = string
    claims       = string
    leases       = string
  })
}

variable "image" {
  description = "The image's reference without a tag; blank: that of the repository which is made here. A private subnet reaches no registry but ECR."
  type        = string
  default     = ""
}

variable "image_tag" {
  description = "The image's tag."
  type        = string

  validation {
    condition     = var.image_tag != "" && var.image_tag != "latest"
    error_message = "image_tag is a version: with latest nobody could say what runs."
  }
}

variable "images" {
  description = "How many of the newest images with a tag are kept in the repository. The one that runs is to be among them."
  type        = number
  default     = 30

  validation {
    condition     = var.images >= 2
    error_message = "images is 2 or more: the version that runs, and the one before."
  }
}

variable "log_days" {
  description = "For how many days logs are kept."
  type        = number
  default     = 30
}

variable "protect" {
  description = "Whether the image repository is kept as long as it has images."
  type        = bool
}

variable "network" {
  description = "With platform = ecs: the VPC and the subnets of the tasks."
  type        = object({ vpc_id = string, subnet_ids = list(string) })
  default     = null
}

variable "tasks" {
  description = "With platform = ecs: how many tasks there are at least and at most, and their size. More than one only with wadi.deduplicate.repository = dynamodb."
  type = object({
    least           = optional(number, 1)
    most            = optional(number, 1)
    cpu             = optional(number, 1024)
    memory          = optional(number, 2048)
    disk_gib        = optional(number, 30)
    architecture    = optional(string, "X86_64")
    messages_a_task = optional(number, 20000)
  })
  default = {}
}

variable "eks" {
  description = "With platform = eks-irsa or eks-pod-identity: the cluster, its OIDC provider (for irsa: its ARN and its URL without https://), and the service account that the chart makes. keda_role_arn: the role of KEDA's operator, which may then take on Wadi's to ask how much waits."
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

variable "verify_schedule" {
  description = "With platform = ecs: when the lake is recounted by wadi verify; the alarms read its verdict."
  type        = string
  default     = "rate(12 hours)"

  validation {
    condition     = can(regex("^(rate|cron)\\(.+\\)$", var.verify_schedule))
    error_message = "verify_schedule is rate(...) or cron(...)."
  }
}
