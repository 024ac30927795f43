-- Who may do what with the raw layer: a reader, a writer, developers with a schema each, and nobody
-- else. Plain SQL for PostgreSQL 15 and newer, run by whoever owns the database, as often as you
-- like: what it grants is then as here again, whatever was granted meanwhile. The database should
-- be Wadi's own, since others lose the right to connect to it. No password stands here: give a role
-- one by ALTER ROLE ... PASSWORD (psql: \password). docs/raw-layer.md
--
-- Other names, and who the developers are, are set before it in the same session:
--   SET wadi.raw_schema = 'public';        SET wadi.raw_table = 'raw_events';
--   SET wadi.reader = 'raw_reader';        SET wadi.writer = 'raw_writer';
--   SET wadi.developer = 'raw_developer';
--   SET wadi.developers = 'ana, ben';      -- none is taken away that isn't named
DO $roles$
DECLARE
  raw_schema text := coalesce(nullif(current_setting('wadi.raw_schema', true), ''), 'public');
  raw_table text := coalesce(nullif(current_setting('wadi.raw_table', true), ''), 'raw_events');
  reader text := coalesce(nullif(current_setting('wadi.reader', true), ''), 'raw_reader');
  writer text := coalesce(nullif(current_setting('wadi.writer', true), ''), 'raw_writer');
  developer text := coalesce(nullif(current_setting('wadi.developer', true), ''), 'raw_developer');
  people text := coalesce(current_setting('wadi.developers', true), '');
  is_superuser boolean := (SELECT rolsuper FROM pg_roles WHERE rolname = current_user);
  layer text;
  person text;
  name text;
  joins boolean;
BEGIN
  FOREACH name IN ARRAY ARRAY[reader, writer, developer] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
      EXECUTE format('CREATE ROLE %I NOLOGIN', name);
    END IF;
  END LOOP;

  EXECUTE format('CREATE SCHEMA IF NOT EXISTS %I', raw_schema);
  EXECUTE format(
    'CREATE TABLE IF NOT EXISTS %I.%I'
    ' (key text PRIMARY KEY, type text, time timestamptz, source text, doc jsonb)',
    raw_schema, raw_table);

  -- nobody has anything by being there
  EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
  EXECUTE format('REVOKE ALL ON DATABASE %I FROM %I, %I, %I', current_database(), reader, writer, developer);
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I, %I, %I', current_database(), reader, writer, developer);
  EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO %I', current_database(), developer);
  ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

  -- what is read: the raw table, and what silver.sql and gold.sql make of it; tables to come too
  FOREACH layer IN ARRAY ARRAY[raw_schema, 'silver', 'gold'] LOOP
    EXECUTE format('CREATE SCHEMA IF NOT EXISTS %I', layer);
    EXECUTE format('REVOKE ALL ON SCHEMA %I FROM PUBLIC, %I, %I, %I', layer, reader, writer, developer);
    EXECUTE format('REVOKE ALL ON ALL TABLES IN SCHEMA %I FROM PUBLIC, %I, %I', layer, reader, developer);
    IF layer <> raw_schema THEN
      -- there it may have other raw tables
      EXECUTE format('REVOKE ALL ON ALL TABLES IN SCHEMA %I FROM %I', layer, writer);
    END IF;
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I, %I', layer, reader, developer);
    EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA %I TO %I, %I', layer, reader, developer);
    EXECUTE format('ALTER DEFAULT PRIVILEGES IN SCHEMA %I GRANT SELECT ON TABLES TO %I, %I', layer, reader, developer);
  END LOOP;

  -- ON CONFLICT (key) DO NOTHING reads the key, and nothing else of a row
  EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I', raw_schema, writer);
  EXECUTE format('REVOKE ALL ON %I.%I FROM %I', raw_schema, raw_table, writer);
  EXECUTE format('GRANT INSERT, SELECT (key) ON %I.%I TO %I', raw_schema, raw_table, writer);

  FOREACH person IN ARRAY regexp_split_to_array(trim(people), '\s*,\s*') LOOP
    CONTINUE WHEN person = '';
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = person) THEN
      EXECUTE format('CREATE ROLE %I LOGIN', person);
      IF NOT is_superuser AND current_setting('server_version_num')::int >= 160000 THEN
        -- whoever makes a role may not make things for it without this
        EXECUTE format('GRANT %I TO CURRENT_USER WITH INHERIT FALSE, SET TRUE', person);
      END IF;
    END IF;
    EXECUTE format('GRANT %I TO %I', developer, person);
    IF EXISTS (
      SELECT FROM pg_namespace WHERE nspname = person AND pg_get_userbyid(nspowner) <> person
    ) THEN
      RAISE EXCEPTION 'the schema % belongs to another, so % can''t have it', person, person;
    END IF;
    -- before PostgreSQL 16 one must be a member of a role to make things for it, if only meanwhile
    joins := current_setting('server_version_num')::int < 160000
      AND NOT pg_has_role(person, 'MEMBER');
    IF joins THEN
      EXECUTE format('GRANT %I TO CURRENT_USER', person);
    END IF;
    EXECUTE format('CREATE SCHEMA IF NOT EXISTS %I AUTHORIZATION %I', person, person);
    IF joins THEN
      EXECUTE format('REVOKE %I FROM CURRENT_USER', person);
    END IF;
  END LOOP;
END
$roles$;
