variable "app" {
  description = "The first part of all names."
  type        = string
  default     = "wadi"

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,12}$", var.app))
    error_message = "app takes lower-case letters, digits and '-', with 2 to 13 characters."
  }
}

variable "environment" {
  description = "The second part of all names: dev, prod, or that of a developer's own, such as dev-ana."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,24}$", var.environment))
    error_message = "environment takes lower-case letters, digits and '-', with 2 to 25 characters."
  }
}

variable "protect" {
  description = "Whether buckets with objects, tables and images outlive a destroy. Queues and the stream never do."
  type        = bool
}

variable "platform" {
  description = "What Wadi runs on: ecs, eks-irsa, eks-pod-identity or none. See modules/service."
  type        = string

  validation {
    condition     = contains(["ecs", "eks-irsa", "eks-pod-identity", "none"], var.platform)
    error_message = "platform is ecs, eks-irsa, eks-pod-identity or none."
  }
}

variable "image" {
  description = "The image's reference without a tag; blank: that of the repository made here."
  type        = string
  default     = ""
}

variable "image_tag" {
  description = "The image's tag: the version that is to run. Not needed with platform = none."
  type        = string
  default     = ""

  validation {
    condition     = var.platform == "none" || var.image_tag != ""
    error_message = "image_tag names the version that is to run, such as 1.2.3: by --image-tag of ./wadi cloud deploy, or TF_VAR_image_tag."
  }
}

variable "tasks" {
  description = "With platform = ecs: how many tasks, and their size. See modules/service."
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

  validation {
    condition     = var.tasks.least >= 0 && var.tasks.most >= 1 && var.tasks.least <= var.tasks.most
    error_message = "tasks.least is at most tasks.most, which is 1 or more."
  }

  validation {
    condition     = var.platform != "ecs" || var.tasks.most == 1 || var.repository == "dynamodb"
    error_message = "tasks.most is 1, since the lake has one writer: set repository to dynamodb for several."
  }

  validation {
    condition     = contains(["X86_64", "ARM64"], var.tasks.architecture)
    error_message = "tasks.architecture is X86_64 or ARM64."
  }
}

variable "verify" {
  description = "With platform = ecs: every how many hours the lake is recounted by wadi verify (0: never), and by how large a task. See modules/service."
  type = object({
    hours    = optional(number, 12)
    cpu      = optional(number, 1024)
    memory   = optional(number, 4096)
    disk_gib = optional(number, 100)
  })
  default = {}
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

  validation {
    condition     = !startswith(var.platform, "eks-") || var.eks != null
    error_message = "platform = ${var.platform} needs eks.cluster."
  }

  validation {
    condition     = var.platform != "eks-irsa" || try(var.eks.oidc_provider_arn != "" && var.eks.oidc_provider != "", false)
    error_message = "platform = eks-irsa needs eks.oidc_provider_arn and eks.oidc_provider."
  }
}

variable "zones" {
  description = "With platform = ecs: how many availability zones."
  type        = number
  default     = 2
}

variable "notify" {
  description = "How Wadi is told of dropped objects: direct or eventbridge. See modules/lake."
  type        = string
  default     = "direct"
}

variable "repository" {
  description = "Who remembers the keys: caffeine (one process writes) or dynamodb (many). See docs/deduplication.md."
  type        = string
  default     = "dynamodb"

  validation {
    condition     = contains(["caffeine", "dynamodb"], var.repository)
    error_message = "repository is caffeine or dynamodb."
  }
}

variable "time_to_live" {
  description = "How long keys are remembered, as wadi.deduplicate.time-to-live takes it, such as 720h; 0s: for good. What comes again later lands twice."
  type        = string
  default     = "0s"

  validation {
    condition     = can(regex("^(0s|[1-9][0-9]*h)$", var.time_to_live))
    error_message = "time_to_live is 0s, or a number of hours such as 720h."
  }
}

variable "retention_hours" {
  description = "How long the stream keeps records."
  type        = number
  default     = 24
}

variable "raw_days" {
  description = "After how many days dropped files go; 0: never."
  type        = number
  default     = 0
}

variable "settings" {
  description = "More of Wadi's settings, by their names as properties. Secrets are for secrets."
  type        = map(string)
  default     = {}

  validation {
    condition = length(setintersection(keys(var.settings), [
      "wadi.http.events.token",
      "wadi.http.tap.token",
      "wadi.intake.postgres.password",
      "wadi.land.postgres.password",
      "wadi.poll.token",
    ])) == 0
    error_message = "settings stand in the state, in outputs and in the task's definition for all to read: give passwords and tokens by secrets."
  }
}

variable "arguments" {
  description = "With platform = ecs: more arguments of wadi run, such as [\"--flow\", \"bronze-to-staging\"]. Files that they name, such as routes of your own, must be in the image."
  type        = list(string)
  default     = []
}

variable "secrets" {
  description = "With platform = ecs: secrets by the environment variables that the tasks have them in, each the ARN of one in Secrets Manager or SSM. See modules/service."
  type        = map(string)
  default     = {}

  validation {
    condition     = length(var.secrets) == 0 || var.platform == "ecs"
    error_message = "secrets are for platform = ecs: elsewhere whoever starts Wadi gives it its secrets (the chart by secretSettings)."
  }
}

variable "endpoints" {
  description = "With platform = ecs: AWS's services that routes of your own reach, by the last part of their interface endpoint's name, such as sns. What Wadi itself and its settings need is there anyway."
  type        = set(string)
  default     = []
}

variable "egress" {
  description = "With platform = ecs: where the tasks may go beside TLS, such as a PostgreSQL: blocks of addresses and ports. The route there is not made here."
  type        = list(object({ cidr = string, port = number }))
  default     = []
}

variable "statements" {
  description = "What routes of your own need of AWS, as statements of IAM: each with Effect, Action and Resource."
  type        = any
  default     = []
}

variable "trusted" {
  description = "Who may take on the roles reader, operator and developer; none: whoever in the account may assume roles."
  type        = list(string)
  default     = []
}

variable "developers" {
  description = "Developers by name, each with a role and a prefix of their own."
  type        = set(string)
  default     = []
}

variable "state_bucket" {
  description = "The bucket of Terraform's states, in which developers have their prefixes."
  type        = string
  default     = ""
}

variable "alarm_addresses" {
  description = "E-mail addresses that alarms are sent to."
  type        = set(string)
  default     = []
}

variable "quiet_minutes" {
  description = "With platform = ecs: for how long nothing may land without an alarm; 0: for as long as you like. Elsewhere nothing of ours sends the log that says so."
  type        = number
  default     = 60
}

variable "redrive_allow" {
  description = "Whether dead-letter queues say whose they are. moto_server forgets it, and Terraform waits for it in vain."
  type        = bool
  default     = true
}

variable "tls_only" {
  description = "Whether requests without TLS are refused. An emulator on this machine speaks plain HTTP."
  type        = bool
  default     = true
}

variable "saved_queries" {
  description = "Whether queries are saved in Athena. moto_server can't delete them again."
  type        = bool
  default     = true
}

variable "versioning" {
  description = "Whether the buckets raw and lake keep old versions; off for emulators that can't delete these"
  type        = bool
  default     = true
}
