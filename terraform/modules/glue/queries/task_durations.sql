SELECT finished.subject_content_task_name AS task,
       finished.subject_content_outcome AS outcome,
       count(*) AS runs,
       avg(date_diff('second', started.event_time, finished.event_time)) AS mean_seconds,
       max(date_diff('second', started.event_time, finished.event_time)) AS longest_seconds
FROM landed_events AS finished
JOIN landed_events AS started ON started.subject_id = finished.subject_id
WHERE finished.event_type = 'taskrun.finished'
  AND started.event_type = 'taskrun.started'
  AND finished.event_date >= current_date - INTERVAL '7' DAY
  AND started.event_date >= current_date - INTERVAL '8' DAY
GROUP BY 1, 2
ORDER BY mean_seconds DESC
LIMIT 200
