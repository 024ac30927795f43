{{/* Where pods may run and what they are pulled with: those that land, and those of wadi verify. */}}
{{- define "wadi.where" -}}
{{- with .Values.imagePullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- with .Values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{- define "wadi.env" -}}
- name: WADI_LOG_LEVEL
  value: {{ .Values.log.level }}
- name: WADI_LOG_FORMAT
  value: {{ .Values.log.format }}
# read by the image's launcher
- name: WADI_JAVA_OPTS
  value: {{ printf "-XX:MaxRAMPercentage=%d -XX:+ExitOnOutOfMemoryError --sun-misc-unsafe-memory-access=allow %s" (int64 .Values.jvm.heapPercent) .Values.jvm.options | trim | quote }}
{{- end -}}

{{/* The pod, the same in a Deployment and a StatefulSet. */}}
{{- define "wadi.pod" -}}
metadata:
  annotations:
    checksum/settings: {{ include (print $.Template.BasePath "/configmap-settings.yaml") . | sha256sum }}
    {{- if .Values.shapes }}
    checksum/shapes: {{ include (print $.Template.BasePath "/configmap-shapes.yaml") . | sha256sum }}
    {{- end }}
    {{- /* pods that look for changes of their routes need no roll for them */}}
    {{- if and .Values.routes (eq "0" (include "wadi.seconds" (include "wadi.setting" (list . "wadi.routes.reload")))) }}
    checksum/routes: {{ include (print $.Template.BasePath "/configmap-routes.yaml") . | sha256sum }}
    {{- end }}
    {{- with .Values.podAnnotations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  labels:
    {{- include "wadi.labels" . | nindent 4 }}
    {{- with .Values.podLabels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  serviceAccountName: {{ include "wadi.serviceAccount" . }}
  automountServiceAccountToken: false
  # a Service named wadi-http would otherwise come as WADI_HTTP_PORT, which is a setting
  enableServiceLinks: false
  terminationGracePeriodSeconds: {{ include "wadi.graceSeconds" . }}
  securityContext:
    {{- include "wadi.podSecurity" . | nindent 4 }}
  {{- include "wadi.where" . | nindent 2 }}
  {{- if or .Values.topologySpread.zone .Values.topologySpread.host }}
  topologySpreadConstraints:
    {{- range $value, $key := dict "zone" "topology.kubernetes.io/zone" "host" "kubernetes.io/hostname" }}
    {{- with index $.Values.topologySpread $value }}
    - maxSkew: 1
      topologyKey: {{ $key }}
      whenUnsatisfiable: {{ . }}
      labelSelector:
        matchLabels:
          {{- include "wadi.selector" $ | nindent 10 }}
    {{- end }}
    {{- end }}
  {{- end }}
  containers:
    - name: wadi
      image: {{ include "wadi.image" . }}
      imagePullPolicy: {{ .Values.image.pullPolicy }}
      args:
        - run
        - --profile=aws
        - --data=/var/lib/wadi
        - --config=/etc/wadi/settings/wadi.properties
        {{- if .Values.flow }}
        - --flow={{ .Values.flow }}
        {{- end }}
        {{- if .Values.routes }}
        - --routes=/etc/wadi/routes
        {{- end }}
        {{- if .Values.shapes }}
        - --shapes=/etc/wadi/shapes
        {{- end }}
      ports:
        - name: http
          containerPort: 8080
      env:
        {{- include "wadi.env" . | nindent 8 }}
        {{- if .Values.http.tokenSecret }}
        - name: WADI_HTTP_EVENTS_TOKEN
          valueFrom:
            secretKeyRef:
              name: {{ .Values.http.tokenSecret }}
              key: {{ .Values.http.tokenKey }}
        {{- end }}
        {{- range $setting, $from := .Values.secretSettings }}
        - name: {{ $setting | replace "." "_" | replace "-" "_" | upper }}
          valueFrom:
            secretKeyRef:
              name: {{ $from.name }}
              key: {{ $from.key | quote }}
        {{- end }}
        {{- with .Values.env }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      securityContext:
        {{- include "wadi.containerSecurity" . | nindent 8 }}
      resources:
        {{- toYaml .Values.resources | nindent 8 }}
      startupProbe:
        httpGet:
          path: /health/live
          port: http
          scheme: {{ include "wadi.scheme" . }}
        periodSeconds: 5
        timeoutSeconds: 5
        failureThreshold: {{ .Values.probes.startupFailures }}
      livenessProbe:
        httpGet:
          path: /health/live
          port: http
          scheme: {{ include "wadi.scheme" . }}
        periodSeconds: {{ .Values.probes.livenessPeriodSeconds }}
        timeoutSeconds: 5
        failureThreshold: {{ .Values.probes.livenessFailures }}
      readinessProbe:
        httpGet:
          path: /health/ready
          port: http
          scheme: {{ include "wadi.scheme" . }}
        periodSeconds: {{ .Values.probes.readinessPeriodSeconds }}
        timeoutSeconds: 5
        failureThreshold: {{ .Values.probes.readinessFailures }}
      {{- if .Values.preStopSeconds }}
      lifecycle:
        preStop:
          sleep:
            seconds: {{ .Values.preStopSeconds }}
      {{- end }}
      volumeMounts:
        - name: data
          mountPath: /var/lib/wadi
        - name: tmp
          mountPath: /tmp
        - name: settings
          mountPath: /etc/wadi/settings
          readOnly: true
        {{- if .Values.routes }}
        - name: routes
          mountPath: /etc/wadi/routes
          readOnly: true
        {{- end }}
        {{- if .Values.shapes }}
        - name: shapes
          mountPath: /etc/wadi/shapes
          readOnly: true
        {{- end }}
        {{- if .Values.secretFiles }}
        # as a folder: a single file (subPath) would stay as it was when its Secret changes
        - name: secrets
          mountPath: /etc/wadi/secrets
          readOnly: true
        {{- end }}
  volumes:
    {{- if not .Values.persistence.enabled }}
    - name: data
      emptyDir:
        sizeLimit: {{ include "wadi.dataSize" . }}
    {{- end }}
    - name: tmp
      emptyDir:
        sizeLimit: {{ .Values.scratch.tmpSizeLimit }}
    - name: settings
      configMap:
        name: {{ include "wadi.fullname" . }}-settings
    {{- if .Values.routes }}
    - name: routes
      configMap:
        name: {{ include "wadi.fullname" . }}-routes
    {{- end }}
    {{- if .Values.shapes }}
    - name: shapes
      configMap:
        name: {{ include "wadi.fullname" . }}-shapes
    {{- end }}
    {{- if .Values.secretFiles }}
    - name: secrets
      projected:
        # for the group 10001, which fsGroup makes them belong to
        defaultMode: 0440
        sources:
          {{- range $file, $from := .Values.secretFiles }}
          - secret:
              name: {{ $from.name }}
              items:
                - key: {{ $from.key | quote }}
                  path: {{ $file | quote }}
          {{- end }}
    {{- end }}
{{- end -}}
