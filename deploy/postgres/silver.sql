-- The silver layer: typed columns out of the documents of the raw table, for CDEvents of any spec
-- version. Views, so they are as new as the table; run by its owner after roles.sql, as often as you
-- like. Is the table elsewhere? SET search_path to its schema before. docs/raw-layer.md

CREATE SCHEMA IF NOT EXISTS silver;

-- one row an event
CREATE OR REPLACE VIEW silver.cdevents AS
SELECT
  key,
  doc #>> '{context,id}' AS id,
  time,
  source,
  split_part(doc #>> '{context,type}', '.', 3) AS subject,
  split_part(doc #>> '{context,type}', '.', 4) AS predicate,
  doc #>> '{subject,id}' AS subject_id,
  coalesce(doc #>> '{subject,source}', source) AS subject_source,
  doc #> '{subject,content}' AS content
FROM raw_events
WHERE doc #>> '{context,type}' LIKE 'dev.cdevents.%';

-- one row a run of a pipeline, whatever of it has come so far and in whatever order
CREATE OR REPLACE VIEW silver.pipeline_runs AS
SELECT
  subject_id AS run_id,
  max(content ->> 'pipelineName') AS pipeline,
  min(time) FILTER (WHERE predicate = 'queued') AS queued_at,
  min(time) FILTER (WHERE predicate = 'started') AS started_at,
  max(time) FILTER (WHERE predicate = 'finished') AS finished_at,
  (array_agg(content ->> 'outcome' ORDER BY time DESC) FILTER (WHERE predicate = 'finished'))[1] AS outcome
FROM silver.cdevents
WHERE subject = 'pipelinerun'
GROUP BY subject_source, subject_id;

-- one row a change of what runs in an environment
CREATE OR REPLACE VIEW silver.deployments AS
SELECT
  id,
  time AS deployed_at,
  content #>> '{environment,id}' AS environment,
  subject_id AS service,
  content ->> 'artifactId' AS artifact,
  predicate = 'rolledback' AS is_rollback
FROM silver.cdevents
WHERE subject = 'service' AND predicate IN ('deployed', 'upgraded', 'rolledback');
