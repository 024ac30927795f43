{{/*
What values can't be together, though each by itself is right. Each rule is broken by what would
lose or strand events, or could never work; its message says what to do.
*/}}
{{- define "wadi.rules" -}}
{{- $many := or .Values.keda.enabled (gt (int64 .Values.replicas) 1) -}}
{{- $to := include "wadi.setting" (list . "wadi.http.events.to") -}}
{{- $repository := include "wadi.setting" (list . "wadi.deduplicate.repository") -}}
{{- if and $many (ne $repository "dynamodb") -}}
{{- fail (printf "%s asks for more than one pod, but with wadi.deduplicate.repository=%s one process alone may write to a lake: set it to dynamodb, or have one pod" (ternary "keda.enabled" "replicas" .Values.keda.enabled) $repository) -}}
{{- end -}}
{{- if and (eq $to "log") (not .Values.persistence.enabled) -}}
{{- fail "wadi.http.events.to is log, but the data folder goes with the pod, and with it events that were answered with 202: set persistence.enabled=true, or wadi.http.events.to=queue" -}}
{{- end -}}
{{- if and (eq $to "log") .Values.keda.enabled -}}
{{- fail "keda.enabled with wadi.http.events.to=log: a pod that is scaled away before its log is empty would leave acknowledged events on a volume that nobody reads: set wadi.http.events.to=queue, or have a fixed number of replicas" -}}
{{- end -}}
{{- if and (eq $to "stream") (not (include "wadi.setting" (list . "wadi.intake.stream"))) -}}
{{- fail "wadi.http.events.to is stream, and there is none: set wadi.intake.stream" -}}
{{- end -}}
{{- if and .Values.ingress.enabled (eq $to "off") -}}
{{- fail "ingress.enabled, but wadi.http.events.to is off, so nobody takes what comes in: set it to queue, or disable the ingress" -}}
{{- end -}}
{{- $tokens := include "wadi.setting" (list . "wadi.http.events.token-file") -}}
{{- if and .Values.http.tokenSecret $tokens -}}
{{- fail "http.tokenSecret and wadi.http.events.token-file are both set, and Wadi takes tokens from one place: leave one of them blank" -}}
{{- end -}}
{{- $asked := or .Values.http.tokenSecret $tokens (include "wadi.setting" (list . "wadi.http.tls.client-authorities")) -}}
{{- if and .Values.ingress.enabled (not $asked) (not .Values.ingress.authenticatedElsewhere) -}}
{{- fail "ingress.enabled lets anybody send events: name a Secret in http.tokenSecret, or say ingress.authenticatedElsewhere=true if a proxy before it asks who they are" -}}
{{- end -}}
{{- if and .Values.ingress.authenticatedElsewhere (not $asked) (ne (include "wadi.setting" (list . "wadi.http.events.anonymous")) "true") -}}
{{- fail "ingress.authenticatedElsewhere, but Wadi answers senders without a token with 403: set wadi.http.events.anonymous=true as well" -}}
{{- end -}}
{{- if and .Values.ingress.enabled (not .Values.ingress.host) -}}
{{- fail "ingress.enabled without ingress.host: name the host that senders use" -}}
{{- end -}}
{{- if and .Values.keda.enabled (lt (int64 .Values.keda.maxReplicas) (int64 .Values.keda.minReplicas)) -}}
{{- fail "keda.maxReplicas is smaller than keda.minReplicas: raise it" -}}
{{- end -}}
{{- if and .Values.keda.enabled (eq .Values.keda.identityOwner "workload") (not .Values.keda.roleArn) .Values.serviceAccount.create (not .Values.serviceAccount.roleArn) -}}
{{- fail "keda.identityOwner is workload, but the pods' ServiceAccount has no role by IRSA (serviceAccount.roleArn): set that, or keda.identityOwner=keda, or keda.roleArn" -}}
{{- end -}}
{{- $limit := dig "limits" "memory" "" .Values.resources | toString -}}
{{- $compacts := ne (include "wadi.seconds" (include "wadi.setting" (list . "wadi.compact.period"))) "0" -}}
{{- /* options of one's own may set the heap otherwise */ -}}
{{- if and $compacts (regexMatch "^[0-9]+[MG]i$" $limit) (not (regexMatch "-Xmx|RAMPercentage" .Values.jvm.options)) -}}
{{- $heap := div (mul (include "wadi.quantity" $limit | int64) (int64 .Values.jvm.heapPercent)) 100 -}}
{{- $needed := add $heap (include "wadi.mebibytes" (include "wadi.setting" (list . "wadi.compact.memory")) | int64) 384 -}}
{{- if lt (include "wadi.quantity" $limit | int64) $needed -}}
{{- fail (printf "resources.limits.memory is %s, but with wadi.compact.period the process can come to need %dMi: the heap, wadi.compact.memory and 384Mi; raise the limit, or lower wadi.compact.memory or jvm.heapPercent" $limit $needed) -}}
{{- end -}}
{{- end -}}
{{- if .Values.verify.enabled -}}
{{- $limit := dig "limits" "memory" "" .Values.verify.resources | toString -}}
{{- if and (regexMatch "^[0-9]+[MG]i$" $limit) (not (regexMatch "-Xmx|RAMPercentage" .Values.jvm.options)) -}}
{{- $needed := add (div (mul (include "wadi.quantity" $limit | int64) (int64 .Values.jvm.heapPercent)) 100) 1024 384 -}}
{{- if lt (include "wadi.quantity" $limit | int64) $needed -}}
{{- fail (printf "verify.resources.limits.memory is %s, but wadi verify can come to need %dMi: the heap, 1Gi for counting and 384Mi; raise the limit, or lower jvm.heapPercent" $limit $needed) -}}
{{- end -}}
{{- end -}}
{{- if lt (include "wadi.quantity" .Values.verify.tmpSizeLimit | int64) 2048 -}}
{{- fail (printf "verify.tmpSizeLimit is %s, but wadi verify copies up to 1Gi of the lake's files at a time, and lays beside them what it doesn't hold in memory: at least 2Gi" .Values.verify.tmpSizeLimit) -}}
{{- end -}}
{{- end -}}
{{- range $name, $value := .Values.routeProperties -}}
{{- if hasPrefix "wadi." $name -}}
{{- fail (printf "routeProperties has %s, which is a name of Wadi's own settings: put it under settings" $name) -}}
{{- end -}}
{{- end -}}
{{- range .Values.env -}}
{{- if hasPrefix "WADI_" .name -}}
{{- fail (printf "env has %s, which would win over the settings that the chart goes by: put it under settings, secretSettings, http.tokenSecret or log" .name) -}}
{{- end -}}
{{- end -}}
{{- if and .Values.serviceMonitor.enabled .Values.networkPolicy.enabled (not .Values.networkPolicy.fromNamespaces) (not .Values.networkPolicy.extraFrom) -}}
{{- fail "serviceMonitor.enabled, but the NetworkPolicy lets Prometheus not in: name its namespace in networkPolicy.fromNamespaces" -}}
{{- end -}}
{{- if and .Values.prometheusRule.enabled .Values.nameOverride (ne .Values.nameOverride "wadi") -}}
{{- fail (printf "prometheusRule.enabled, but its alerts ask about the job wadi, and by nameOverride it is %s: leave that blank (fullnameOverride names objects), or have alerts of your own" .Values.nameOverride) -}}
{{- end -}}
{{- /* a URL may name files as well */ -}}
{{- range $name, $value := .Values.settings -}}
{{- range $file := regexFindAll "/etc/wadi/secrets/[A-Za-z0-9._-]*" (toString $value) -1 -}}
{{- if not (hasKey $.Values.secretFiles (base $file)) -}}
{{- fail (printf "%s names %s, which is none of secretFiles: add it there" $name $file) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
