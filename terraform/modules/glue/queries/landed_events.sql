WITH standing AS (
  SELECT files, replaces FROM commits WHERE state = 'COMMITTED'
),
replaced AS (
  SELECT replaced_key FROM standing CROSS JOIN UNNEST(replaces) AS r (replaced_key)
),
landed_files AS (
  SELECT file_key
  FROM standing CROSS JOIN UNNEST(files) AS f (file_key, file_rows, file_bytes)
  WHERE file_key LIKE 'events/%' AND file_key NOT IN (SELECT replaced_key FROM replaced)
),
landed_events AS (
  SELECT events.* FROM events JOIN landed_files ON events."$path" = '${lake}/' || file_key
)
