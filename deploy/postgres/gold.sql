-- The gold layer: answers, over silver.sql. Days are of UTC. docs/raw-layer.md

CREATE SCHEMA IF NOT EXISTS gold;

-- how often pipelines ran to their end, how many runs failed, and how long half of them took at most
CREATE OR REPLACE VIEW gold.runs_per_day AS
SELECT
  (finished_at AT TIME ZONE 'UTC')::date AS day,
  pipeline,
  count(*) AS runs,
  count(*) FILTER (WHERE outcome IS DISTINCT FROM 'success') AS failed,
  percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM finished_at - started_at)) AS median_seconds
FROM silver.pipeline_runs
WHERE finished_at IS NOT NULL
GROUP BY 1, 2;

-- deployment frequency: how often something new came into an environment, and how often it was taken back
CREATE OR REPLACE VIEW gold.deployments_per_day AS
SELECT
  (deployed_at AT TIME ZONE 'UTC')::date AS day,
  environment,
  count(*) FILTER (WHERE NOT is_rollback) AS deployments,
  count(*) FILTER (WHERE is_rollback) AS rollbacks,
  count(DISTINCT service) AS services
FROM silver.deployments
GROUP BY 1, 2;
