-- The read models (design 5): every row knows from which entry (since) to which (until, NULL while it holds) it
-- held, so time travel is a WHERE clause. Rows hold deadlines, never "late now". Written only by the runner.
CREATE SCHEMA pages;

CREATE TABLE pages.lessons (
    school_id uuid NOT NULL, lesson uuid NOT NULL,
    journal uuid NOT NULL, date date NOT NULL, number int NOT NULL,
    starts timestamp NOT NULL, ends timestamp NOT NULL,
    topic text, homework text, manner text[], not_set boolean NOT NULL,
    due date, due_lesson uuid, homework_at timestamptz, homework_delay int,
    taken boolean NOT NULL, filled_at timestamptz NOT NULL, filled_by uuid NOT NULL,
    topic_entry bigint, homework_entry bigint,
    since bigint NOT NULL, until bigint
);

CREATE TABLE pages.works (
    school_id uuid NOT NULL, lesson uuid NOT NULL, work uuid NOT NULL,
    journal uuid NOT NULL, date date NOT NULL,
    kind text NOT NULL, title text NOT NULL, due timestamp NOT NULL,
    since bigint NOT NULL, until bigint
);

-- value_kind mark: value is '4' or '4/3'; absence: 'н', and work is the lesson (the ready column). entry: the
-- entry that says so
CREATE TABLE pages.cells (
    school_id uuid NOT NULL, lesson uuid NOT NULL, work uuid NOT NULL, pupil uuid NOT NULL, value_kind text NOT NULL,
    value text NOT NULL,
    journal uuid NOT NULL, date date NOT NULL, entry bigint NOT NULL,
    entered_at timestamptz NOT NULL, entered_by uuid NOT NULL, delay int, permitted boolean NOT NULL,
    rewritten int NOT NULL, imported boolean NOT NULL,
    since bigint NOT NULL, until bigint
);

CREATE TABLE pages.personal_homework (
    school_id uuid NOT NULL, lesson uuid NOT NULL, pupil uuid NOT NULL,
    date date NOT NULL, nonce bytea NOT NULL, sealed bytea NOT NULL, due date, due_lesson uuid,
    entered_at timestamptz NOT NULL, delay int, entry bigint NOT NULL,
    since bigint NOT NULL, until bigint
);

CREATE TABLE pages.late_entries (
    school_id uuid NOT NULL, case_id uuid NOT NULL,
    lesson uuid NOT NULL, journal uuid NOT NULL, target text NOT NULL, work uuid, pupil uuid,
    requester uuid NOT NULL, asked_at timestamptz NOT NULL, reason_nonce bytea NOT NULL, reason bytea NOT NULL,
    status text NOT NULL, decided_by uuid, decided_at timestamptz,
    decision_nonce bytea, decision bytea, valid_until timestamp, uses int NOT NULL,
    since bigint NOT NULL, until bigint
);

-- which entries are about a pupil: the trail of a pupil; rows never end, a void does not erase history
CREATE TABLE pages.mentions (
    school_id uuid NOT NULL, pupil uuid NOT NULL, entry bigint NOT NULL, lesson uuid NOT NULL,
    since bigint NOT NULL, until bigint
);

CREATE TABLE pages.parked (
    school_id uuid NOT NULL, model text NOT NULL, scope uuid NOT NULL, position bigint NOT NULL,
    error text NOT NULL, parked_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (school_id, model, scope)
);

-- the library's tracking table, created here because the web process never runs DDL
CREATE TABLE pages.tracking (application_name text PRIMARY KEY, notification_id bigint);
INSERT INTO pages.tracking VALUES ('__migration__', 1);

CREATE INDEX lessons_key ON pages.lessons (school_id, lesson, since);
CREATE INDEX lessons_journal ON pages.lessons (school_id, journal, date);
CREATE INDEX lessons_date ON pages.lessons (school_id, date);
CREATE INDEX lessons_due ON pages.lessons (school_id, due_lesson) WHERE due_lesson IS NOT NULL;
CREATE INDEX works_key ON pages.works (school_id, lesson, work, since);
CREATE INDEX works_journal ON pages.works (school_id, journal, date);
CREATE INDEX cells_key ON pages.cells (school_id, lesson, work, pupil, value_kind, since);
CREATE INDEX cells_journal ON pages.cells (school_id, journal, date);
CREATE INDEX cells_pupil ON pages.cells (school_id, pupil, date);
CREATE INDEX personal_homework_key ON pages.personal_homework (school_id, lesson, pupil, since);
CREATE INDEX personal_homework_pupil ON pages.personal_homework (school_id, pupil, date);
CREATE INDEX late_entries_key ON pages.late_entries (school_id, case_id, since);
CREATE INDEX late_entries_status ON pages.late_entries (school_id, status) WHERE until IS NULL;
CREATE INDEX late_entries_requester ON pages.late_entries (school_id, requester, asked_at);
CREATE INDEX mentions_pupil ON pages.mentions (school_id, pupil, entry);
CREATE INDEX mentions_key ON pages.mentions (school_id, lesson, entry);

DO $$
DECLARE name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['lessons', 'works', 'cells', 'personal_homework', 'late_entries', 'mentions'] LOOP
        -- permanent staging for `letopis rebuild`: no key, no index, filled by COPY
        EXECUTE format('CREATE UNLOGGED TABLE pages.staging_%s (LIKE pages.%s)', name, name);
    END LOOP;
END $$;

GRANT USAGE ON SCHEMA pages TO letopis_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA pages TO letopis_app;
GRANT TRUNCATE ON pages.staging_lessons, pages.staging_works, pages.staging_cells, pages.staging_personal_homework,
    pages.staging_late_entries, pages.staging_mentions TO letopis_app;

-- «на момент»: the last entry not after an instant; imported entries count by what their source claims
CREATE INDEX entries_by_instant ON ledger.entries (school_id, coalesce(declared_at, recorded_at), position);
