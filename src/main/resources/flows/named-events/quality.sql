WITH
  -- when each event came, and how late
  landed AS (SELECT ingested_at::DATE AS day, event_type, count(*) AS landed,
                    count(*) FILTER (ingested_at - event_time > INTERVAL 1 HOUR) AS late,
                    count(*) FILTER (user_email_hash IS NULL) AS without_user
             FROM events GROUP BY ALL),
  twice AS (SELECT ingested_at::DATE AS day, event_type, count(*) AS duplicates
            FROM duplicates GROUP BY ALL),
  others AS (SELECT ingested_at::DATE AS day, event_type, count(*) AS conflicts
             FROM conflicts GROUP BY ALL),
  -- what is no event has no type
  dead AS (SELECT ingested_at::DATE AS day, '(' || reason || ')' AS event_type, count(*) AS rejected
           FROM dead_letters GROUP BY ALL)
SELECT day, event_type, coalesce(landed, 0) AS landed, coalesce(late, 0) AS late,
       coalesce(without_user, 0) AS without_user, coalesce(duplicates, 0) AS duplicates,
       coalesce(conflicts, 0) AS conflicts, coalesce(rejected, 0) AS rejected
FROM landed
FULL JOIN twice USING (day, event_type)
FULL JOIN others USING (day, event_type)
FULL JOIN dead USING (day, event_type)
ORDER BY ALL
