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
