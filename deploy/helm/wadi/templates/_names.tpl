{{- define "wadi.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 52 | trimSuffix "-" -}}
{{- else -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- if contains $name .Release.Name -}}
{{- .Release.Name | trunc 52 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 52 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "wadi.selector" -}}
app.kubernetes.io/name: {{ default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{/* Of the pods of wadi verify, which are none that land: Service, budget and spread go by wadi.selector. */}}
{{- define "wadi.verifySelector" -}}
app.kubernetes.io/name: {{ include "wadi.verifyName" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "wadi.verifyName" -}}
{{ default .Chart.Name .Values.nameOverride | trunc 56 | trimSuffix "-" }}-verify
{{- end -}}

{{- define "wadi.labels" -}}
{{ include "wadi.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end -}}

{{- define "wadi.serviceAccount" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "wadi.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{- define "wadi.image" -}}
{{- if .Values.image.digest -}}
{{- printf "%s@%s" .Values.image.repository .Values.image.digest -}}
{{- else -}}
{{- printf "%s:%s" .Values.image.repository (default .Chart.AppVersion .Values.image.tag) -}}
{{- end -}}
{{- end -}}

{{- define "wadi.kind" -}}
{{- ternary "StatefulSet" "Deployment" .Values.persistence.enabled -}}
{{- end -}}

{{/* The settings that the chart goes by itself; a value taken out of them would be guessed wrongly. */}}
{{- define "wadi.setting" -}}
{{- $all := index . 0 -}}{{- $name := index . 1 -}}
{{- $value := index $all.Values.settings $name -}}
{{- if kindIs "invalid" $value -}}
{{- fail (printf "settings: %s is missing, and the chart goes by it: set it" $name) -}}
{{- end -}}
{{- include "wadi.scalar" $value -}}
{{- end -}}

{{/* A value as a properties file has it. Helm reads every number as a fraction, and would write 1000000 as 1e+06. */}}
{{- define "wadi.scalar" -}}
{{- if and (kindIs "float64" .) (eq (floor .) .) -}}{{ int64 . }}{{- else -}}{{ . }}{{- end -}}
{{- end -}}

{{/* What the pods speak. Neither probes nor Prometheus judge the certificate: it names no pod's address. */}}
{{- define "wadi.scheme" -}}
{{- if include "wadi.setting" (list . "wadi.http.tls.certificate") -}}HTTPS{{- else -}}HTTP{{- end -}}
{{- end -}}

{{- define "wadi.podSecurity" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
fsGroupChangePolicy: OnRootMismatch
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{- define "wadi.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end -}}
