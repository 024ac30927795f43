SELECT changes.custom_data_author_login AS "user",
       suites.subject_content_environment_id AS environment,
       suites.subject_content_outcome AS outcome,
       count(*) AS suite_runs
FROM landed_events AS suites
JOIN landed_events AS changes ON changes.context_chain_id = suites.context_chain_id
WHERE suites.event_type = 'testsuiterun.finished'
  AND changes.event_type = 'change.created'
  AND suites.event_date >= current_date - INTERVAL '30' DAY
  AND changes.event_date >= current_date - INTERVAL '60' DAY
GROUP BY 1, 2, 3
ORDER BY suite_runs DESC, 1, 2, 3
LIMIT 200
