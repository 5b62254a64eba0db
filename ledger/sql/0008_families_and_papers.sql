-- The diary's answers, control and the papers (issue 6).
-- entry: the position that was read; pupil_stream: ledger.streams.family of the pupil it is about
CREATE TABLE pages.acknowledgements (
    school_id uuid NOT NULL, person uuid NOT NULL, entry bigint NOT NULL,
    pupil_stream uuid NOT NULL, role text NOT NULL, at timestamptz NOT NULL,
    since bigint NOT NULL, until bigint
);
-- kind: comment, recommendation
CREATE TABLE pages.remarks (
    school_id uuid NOT NULL, remark uuid NOT NULL,
    pupil uuid NOT NULL, kind text NOT NULL, journal uuid, lesson uuid, work uuid,
    text_nonce bytea NOT NULL, text bytea NOT NULL, written_by uuid NOT NULL, written_at timestamptz NOT NULL,
    since bigint NOT NULL, until bigint
);
-- week: its Monday; position: what the slip shows
CREATE TABLE pages.slips (
    school_id uuid NOT NULL, week date NOT NULL, pupil uuid NOT NULL,
    class_id uuid NOT NULL, position bigint NOT NULL, prepared_at timestamptz NOT NULL,
    handed_by uuid, handed_at timestamptz, receiver uuid,
    since bigint NOT NULL, until bigint
);
CREATE TABLE pages.certificates (
    school_id uuid NOT NULL, certificate uuid NOT NULL,
    number text NOT NULL, title text NOT NULL, first date NOT NULL, last date NOT NULL, classes uuid[] NOT NULL,
    indicators text[] NOT NULL, position bigint NOT NULL, drawn_up_by uuid NOT NULL, drawn_up_at timestamptz NOT NULL,
    text_nonce bytea, text bytea, worded_by uuid,
    issued_by uuid, issued_at timestamptz, people uuid[] NOT NULL, acquainted uuid[] NOT NULL,
    since bigint NOT NULL, until bigint
);
CREATE TABLE pages.certificate_findings (
    school_id uuid NOT NULL, finding uuid NOT NULL,
    certificate uuid NOT NULL, responsible uuid NOT NULL, text_nonce bytea NOT NULL, text bytea NOT NULL,
    text_about uuid NOT NULL, due date NOT NULL,
    resolved_by uuid, resolved_at timestamptz, answer_nonce bytea, answer bytea,
    since bigint NOT NULL, until bigint
);
CREATE TABLE pages.director_controls (
    school_id uuid NOT NULL, control uuid NOT NULL,
    month date NOT NULL, position bigint NOT NULL, text_nonce bytea NOT NULL, text bytea NOT NULL,
    recorded_by uuid NOT NULL, recorded_at timestamptz NOT NULL,
    since bigint NOT NULL, until bigint
);
-- check_stream: ledger.streams.daily_checks of the class
CREATE TABLE pages.daily_checks (
    school_id uuid NOT NULL, check_stream uuid NOT NULL, day date NOT NULL,
    position bigint NOT NULL, missing uuid[] NOT NULL, checked_by uuid NOT NULL, checked_at timestamptz NOT NULL,
    since bigint NOT NULL, until bigint
);
CREATE TABLE pages.handed_reports (
    school_id uuid NOT NULL, class_id uuid NOT NULL, period uuid NOT NULL,
    papers text[] NOT NULL, position bigint NOT NULL, handed_by uuid NOT NULL, handed_at timestamptz NOT NULL,
    accepted_by uuid, accepted_at timestamptz,
    since bigint NOT NULL, until bigint
);
CREATE TABLE pages.archive (
    school_id uuid NOT NULL, item uuid NOT NULL,
    number text NOT NULL, kind text NOT NULL, title text NOT NULL, year int NOT NULL, class_id uuid,
    sheets int NOT NULL, copies int NOT NULL, stitched date NOT NULL, place text NOT NULL,
    position bigint NOT NULL, sha256 text NOT NULL, registered_by uuid NOT NULL, registered_at timestamptz NOT NULL,
    since bigint NOT NULL, until bigint
);
-- first: the position before the batch
CREATE TABLE pages.batches (
    school_id uuid NOT NULL, target text NOT NULL, number int NOT NULL,
    first bigint NOT NULL, position bigint NOT NULL, records int NOT NULL, sha256 text NOT NULL,
    exported_by uuid NOT NULL, exported_at timestamptz NOT NULL,
    since bigint NOT NULL, until bigint
);
CREATE INDEX acknowledgements_key ON pages.acknowledgements (school_id, person, entry, since);
CREATE INDEX acknowledgements_pupil ON pages.acknowledgements (school_id, pupil_stream);
CREATE INDEX remarks_key ON pages.remarks (school_id, remark, since);
CREATE INDEX remarks_pupil ON pages.remarks (school_id, pupil, written_at);
CREATE INDEX slips_key ON pages.slips (school_id, week, pupil, since);
CREATE INDEX slips_pupil ON pages.slips (school_id, pupil);
CREATE INDEX certificates_key ON pages.certificates (school_id, certificate, since);
CREATE INDEX certificate_findings_key ON pages.certificate_findings (school_id, finding, since);
CREATE INDEX certificate_findings_responsible ON pages.certificate_findings (school_id, responsible);
CREATE INDEX director_controls_key ON pages.director_controls (school_id, control, since);
CREATE INDEX daily_checks_key ON pages.daily_checks (school_id, check_stream, day, since);
CREATE INDEX handed_reports_key ON pages.handed_reports (school_id, class_id, period, since);
CREATE INDEX archive_key ON pages.archive (school_id, item, since);
CREATE INDEX batches_key ON pages.batches (school_id, target, number, since);
DO $$
DECLARE name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['acknowledgements', 'remarks', 'slips', 'certificates', 'certificate_findings',
                                'director_controls', 'daily_checks', 'handed_reports', 'archive', 'batches']
    LOOP
        EXECUTE format('CREATE UNLOGGED TABLE pages.staging_%s (LIKE pages.%s)', name, name);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON pages.staging_%s TO letopis_app', name);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON pages.%s TO letopis_app', name);
    END LOOP;
END $$;
-- kinds: see FeedIssued; the address has a random token, here is its SHA-256
CREATE TABLE access.feeds (
    school_id uuid NOT NULL, feed_id uuid NOT NULL, account_id uuid NOT NULL, credential_id uuid,
    token_sha256 bytea NOT NULL CHECK (length(token_sha256) = 32),
    kind text NOT NULL, about uuid NOT NULL, created_at timestamptz NOT NULL, revoked_at timestamptz,
    PRIMARY KEY (school_id, feed_id),
    UNIQUE (school_id, token_sha256)
);
GRANT SELECT, INSERT, UPDATE ON access.feeds TO letopis_app;
-- Runs of jobs: what was due, what was done, what failed. Outside the ledger: of the machine, not of the school.
CREATE SCHEMA jobs;
CREATE TABLE jobs.runs (
    school_id uuid NOT NULL, job text NOT NULL, due_at timestamptz NOT NULL,
    started_at timestamptz NOT NULL, ended_at timestamptz, status text NOT NULL, said text NOT NULL DEFAULT '',
    PRIMARY KEY (school_id, job, due_at, started_at)
);
GRANT USAGE ON SCHEMA jobs TO letopis_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON jobs.runs TO letopis_app;
-- Views of one pupil by one person: acquaintance asks it for every family of a class (R-195)
CREATE INDEX views_class ON access.views (school_id, class_id, at) WHERE class_id IS NOT NULL;
