SELECT subject_content_pipeline_name AS pipeline,
       subject_id AS run,
       min(CASE WHEN event_type = 'pipelinerun.queued' THEN event_time END) AS queued_at,
       min(CASE WHEN event_type = 'pipelinerun.started' THEN event_time END) AS started_at,
       max(CASE WHEN event_type = 'pipelinerun.finished' THEN event_time END) AS finished_at,
       max(subject_content_outcome) AS outcome
FROM landed_events
WHERE event_type IN ('pipelinerun.queued', 'pipelinerun.started', 'pipelinerun.finished')
  AND event_date >= current_date - INTERVAL '7' DAY
GROUP BY 1, 2
ORDER BY queued_at DESC
LIMIT 200
