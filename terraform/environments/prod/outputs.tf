output "wadi_properties" {
  description = "Wadi's settings by their names as properties."
  value       = module.wadi.wadi_properties
}

output "properties_file" {
  description = "The same as a properties file: terraform output -raw properties_file > wadi.properties"
  value       = module.wadi.properties_file
}

output "wadi" {
  description = "All else that was made: roles, image repository, log group, alarms, the chart's values."
  value       = module.wadi
}

output "kept" {
  description = "What ./wadi cloud keeps unless it is given anew, as lines of a name and a value: what deploy.yml hands over."
  value = join("", [
    "image_tag = ${var.image_tag}\n",
    "platform = ${var.platform}\n",
    "eks = ${jsonencode(var.eks)}\n",
    "alarm_addresses = ${jsonencode(var.alarm_addresses)}\n",
  ])
}
