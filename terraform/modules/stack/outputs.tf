output "wadi_properties" {
  description = "Wadi's settings by their names as properties: what Wadi must be told of what was made here."
  value       = local.properties
}

output "properties_file" {
  description = "The same as a properties file, for wadi run --profile aws --config FILE."
  value       = join("", [for name, value in local.properties : "${name} = ${value}\n"])
}

output "helm_values" {
  description = "With platform = eks-...: values for the chart deploy/helm/wadi; else blank."
  value = !startswith(var.platform, "eks-") ? "" : yamlencode({
    image = {
      repository = trimsuffix(module.service.image, ":${var.image_tag}")
      tag        = var.image_tag
    }
    serviceAccount = {
      name    = var.eks.service_account
      roleArn = var.platform == "eks-irsa" ? module.service.role_arn : ""
    }
    keda     = { roleArn = var.eks.keda_role_arn == "" ? "" : module.service.role_arn }
    settings = local.properties
  })
}

output "service_role_arn" {
  description = "The role of Wadi's processes."
  value       = module.service.role_arn
}

output "role_arns" {
  description = "The roles of people: reader, operator, developer-<name>."
  value       = module.access.role_arns
}

output "image_repository" {
  description = "Where the image is to be pushed before tasks or pods can start."
  value       = module.service.repository_url
}

output "image" {
  description = "The image that runs, with its tag."
  value       = module.service.image
}

output "log_group" {
  description = "Where Wadi's log is expected, which alarms are made of."
  value       = module.service.log_group
}

output "alarms" {
  description = "The alarms' names, and the topic that they are sent to."
  value       = { names = module.alarms.names, topic = module.alarms.topic_arn, signs = module.alarms.signs }
}

output "raw_bucket" {
  description = "The bucket that files are dropped into."
  value       = module.lake.names["raw"]
}

output "athena" {
  description = "The Glue database, and the Athena workgroup that has the saved queries."
  value       = { database = module.glue.database, workgroup = module.glue.workgroup }
}

output "network" {
  description = "With platform = ecs, for a way of your own to a database and the like: the VPC, its route table, and the tasks' security group."
  value       = var.platform != "ecs" ? null : merge(one(module.network), { security_group_id = module.service.security_group_id })
}
