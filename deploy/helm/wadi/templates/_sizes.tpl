{{/* Whole seconds of a time span of Wadi's, rounded up: 500ms, 60s, 5m, 1h. */}}
{{- define "wadi.seconds" -}}
{{- $number := regexFind "^[0-9]+" . | int64 -}}
{{- $unit := regexFind "[a-z]+$" . -}}
{{- if eq $unit "ms" -}}{{ div (add $number 999) 1000 }}
{{- else -}}{{ mul $number (index (dict "s" 1 "m" 60 "h" 3600) $unit) }}
{{- end -}}
{{- end -}}

{{/* MiB of a size of Wadi's, rounded up: 4096, 64KB, 256MB, 1GB. */}}
{{- define "wadi.mebibytes" -}}
{{- $text := include "wadi.scalar" . -}}
{{- $number := regexFind "^[0-9]+" $text | int64 -}}
{{- $unit := default "B" (regexFind "[A-Z]+$" $text) -}}
{{- $bytes := mul $number (index (dict "B" 1 "KB" 1024 "MB" 1048576 "GB" 1073741824) $unit) -}}
{{- div (add $bytes 1048575) 1048576 -}}
{{- end -}}

{{/* MiB of a size of Kubernetes': 512Mi, 20Gi, 1Ti. */}}
{{- define "wadi.quantity" -}}
{{- mul (regexFind "^[0-9]+" . | int64) (index (dict "Mi" 1 "Gi" 1024 "Ti" 1048576) (regexFind "[A-Z]i$" .)) -}}
{{- end -}}

{{/*
MiB that the data folder can come to need: two commits that are staged, each at most as large as its
events twice over (columns and _doc, uncompressed); the intake log; the ledger, twice while it is
merged; and what a compaction reads and writes.
*/}}
{{- define "wadi.dataMebibytes" -}}
{{- $staged := mul 4 (include "wadi.mebibytes" (include "wadi.setting" (list . "wadi.land.max-bytes")) | int64) -}}
{{- $log := 0 -}}
{{- if eq (include "wadi.setting" (list . "wadi.http.events.to")) "log" -}}
{{- $log = include "wadi.mebibytes" (include "wadi.setting" (list . "wadi.http.events.max-log-bytes")) | int64 -}}
{{- end -}}
{{- $ledger := 0 -}}
{{- if eq (include "wadi.setting" (list . "wadi.deduplicate.repository")) "caffeine" -}}
{{- $ledger = div (add (mul 48 (int64 .Values.ledgerKeys)) 1048575) 1048576 -}}
{{- end -}}
{{- $compaction := 0 -}}
{{- if ne (include "wadi.seconds" (include "wadi.setting" (list . "wadi.compact.period"))) "0" -}}
{{- $compaction = mul 8 (include "wadi.mebibytes" (include "wadi.setting" (list . "wadi.compact.target-size")) | int64) -}}
{{- end -}}
{{- add 256 $staged $log $ledger $compaction -}}
{{- end -}}

{{/* The size that was asked for, or what is needed; refused if it is smaller than that. */}}
{{- define "wadi.dataSize" -}}
{{- $needed := include "wadi.dataMebibytes" . | int64 -}}
{{- $name := ternary "persistence.size" "scratch.dataSizeLimit" .Values.persistence.enabled -}}
{{- $asked := ternary .Values.persistence.size .Values.scratch.dataSizeLimit .Values.persistence.enabled -}}
{{- if not $asked -}}{{ $needed }}Mi
{{- else if lt (include "wadi.quantity" $asked | int64) $needed -}}
{{- fail (printf "%s is %s, but by its settings the data folder can come to need %dMi: leave it blank, or lower wadi.land.max-bytes, wadi.http.events.max-log-bytes, wadi.compact.target-size or ledgerKeys" $name $asked $needed) -}}
{{- else -}}{{ $asked }}
{{- end -}}
{{- end -}}

{{/* A stop takes wadi.shutdown.timeout and up to ten seconds more (docs/overload.md). */}}
{{- define "wadi.graceSeconds" -}}
{{- $needed := add (int64 .Values.preStopSeconds) (include "wadi.seconds" (include "wadi.setting" (list . "wadi.shutdown.timeout")) | int64) 10 -}}
{{- $asked := int64 .Values.terminationGracePeriodSeconds -}}
{{- if not $asked -}}{{ $needed }}
{{- else if lt $asked $needed -}}
{{- fail (printf "terminationGracePeriodSeconds is %d, but a stop may take %d: preStopSeconds, wadi.shutdown.timeout and ten more; leave it 0, or shorten these" $asked $needed) -}}
{{- else -}}{{ $asked }}
{{- end -}}
{{- end -}}
