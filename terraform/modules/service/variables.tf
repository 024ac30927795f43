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

variable "arguments" {
  description = "With platform = ecs: more arguments of wadi run, such as [\"--flow\", \"bronze-to-staging\"]. Files that they name, such as routes of your own, must be in the image."
  type        = list(string)
  default     = []
}

variable "secrets" {
  description = "With platform = ecs: secrets by the environment variables that the tasks have them in, such as WADI_LAND_POSTGRES_PASSWORD, each the ARN of one in Secrets Manager or of a parameter in SSM. A key of your own that encrypts it must let the role <name>-start decrypt."
  type        = map(string)
  default     = {}

  validation {
    condition     = alltrue([for name in keys(var.secrets) : can(regex("^[A-Z][A-Z0-9_]*$", name))])
    error_message = "secrets are named as environment variables, such as WADI_LAND_POSTGRES_PASSWORD."
  }

  validation {
    condition     = alltrue([for arn in values(var.secrets) : can(regex("^arn:[^:]+:(secretsmanager:[^:]+:[^:]+:secret:.+|ssm:[^:]+:[^:]+:parameter/.+)$", arn))])
    error_message = "secrets are told by their ARNs in Secrets Manager or SSM, never by themselves."
  }

  validation {
    condition     = length(setintersection(keys(var.secrets), [for name in keys(var.properties) : upper(replace(replace(name, ".", "_"), "-", "_"))])) == 0
    error_message = "A setting is given both in settings and in secrets: leave it in one of them."
  }
}

variable "egress" {
  description = "With platform = ecs: where the tasks may go beside TLS, such as a PostgreSQL. The route there is not made here."
  type        = list(object({ cidr = string, port = number }))
  default     = []

  validation {
    condition     = length(distinct(var.egress)) == length(var.egress) && alltrue([for way in var.egress : can(cidrnetmask(way.cidr)) && way.port >= 1 && way.port <= 65535])
    error_message = "egress is a list of a block of IPv4 addresses (cidr) and a port each, none twice."
  }
}

variable "statements" {
  description = "What routes of your own need of AWS, as statements of IAM: each with Effect, Action and Resource."
  type        = any
  default     = []

  validation {
    condition     = alltrue([for statement in var.statements : alltrue([for key in ["Effect", "Action", "Resource"] : contains(keys(statement), key)])])
    error_message = "statements have Effect, Action and Resource each."
  }
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
    condition     = var.image_tag != "latest" && (var.image_tag != "" || var.platform == "none")
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

  validation {
    condition     = contains(lookup(local.fargate, var.tasks.cpu, []), var.tasks.memory)
    error_message = "tasks.cpu and tasks.memory are ${var.tasks.cpu} and ${var.tasks.memory}: Fargate has no such tasks; with this cpu, memory is one of ${jsonencode(lookup(local.fargate, var.tasks.cpu, []))}."
  }
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

variable "verify" {
  description = "With platform = ecs: every how many hours the lake is recounted by wadi verify (0: never), and by how large a task. The alarms read its verdict. See docs/terraform.md for how large a lake that does."
  type = object({
    hours    = optional(number, 12)
    cpu      = optional(number, 1024)
    memory   = optional(number, 4096)
    disk_gib = optional(number, 100)
  })
  default = {}

  validation {
    condition     = var.verify.hours >= 0 && var.verify.hours <= 12 && floor(var.verify.hours) == var.verify.hours
    error_message = "verify.hours is a number from 0 to 12."
  }

  validation {
    condition     = contains(lookup(local.fargate, var.verify.cpu, []), var.verify.memory)
    error_message = "verify.cpu and verify.memory are ${var.verify.cpu} and ${var.verify.memory}: Fargate has no such tasks; with this cpu, memory is one of ${jsonencode(lookup(local.fargate, var.verify.cpu, []))}."
  }

  validation {
    condition     = var.verify.disk_gib >= 21 && var.verify.disk_gib <= 200
    error_message = "verify.disk_gib is a number from 21 to 200, which is what Fargate has."
  }
}
