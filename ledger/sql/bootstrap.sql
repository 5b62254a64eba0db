-- Roles and database of a deployment, made once by an administrator (for the embedded PostgreSQL by
-- Letopis itself). To be run by psql 15 or newer; running it again changes passwords and nothing else:
--
--   MIGRATOR_PASSWORD=… APP_PASSWORD=… psql -v ON_ERROR_STOP=1 -d postgres -f bootstrap.sql
--
-- Another database name: add -v database=NAME. Passwords come from the environment, since command lines
-- are seen by every user of the machine.
\if :{?database}
\else
  \set database letopis
\endif
\getenv migrator_password MIGRATOR_PASSWORD
\getenv app_password APP_PASSWORD

-- The owner of every table cannot log in; the migrator becomes the owner only by SET ROLE (NOINHERIT); the
-- application is neither, so that no stolen session of the web server can change the ledger's tables.
SELECT format('CREATE ROLE %I NOLOGIN', 'letopis_owner')
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'letopis_owner') \gexec
SELECT format('CREATE ROLE %I LOGIN NOINHERIT', 'letopis_migrator')
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'letopis_migrator') \gexec
SELECT format('CREATE ROLE %I LOGIN', 'letopis_app')
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'letopis_app') \gexec

ALTER ROLE letopis_migrator PASSWORD :'migrator_password';
ALTER ROLE letopis_app PASSWORD :'app_password';
GRANT letopis_owner TO letopis_migrator;

SELECT format('CREATE DATABASE %I OWNER letopis_owner ENCODING %L TEMPLATE template0', :'database', 'UTF8')
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'database') \gexec

REVOKE ALL ON DATABASE :"database" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"database" TO letopis_migrator, letopis_app;
-- The last statement: who finds this comment knows that the ones before it were done.
COMMENT ON DATABASE :"database" IS 'letopis bootstrap 1';
