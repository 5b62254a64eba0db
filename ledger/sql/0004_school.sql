-- The whole school (issue 3): what the lesson's sheet, its marks and absences have more of, personal contacts, files.
ALTER TABLE pages.lessons
    ADD COLUMN task text NOT NULL DEFAULT '', ADD COLUMN plan uuid, ADD COLUMN plan_item int,
    ADD COLUMN deviation boolean NOT NULL DEFAULT false, ADD COLUMN briefing text, ADD COLUMN briefing_entry bigint,
    ADD COLUMN completed boolean NOT NULL DEFAULT false, ADD COLUMN mode text NOT NULL DEFAULT '';
-- source: the work in literature a column of literacy marks comes from (R-126)
ALTER TABLE pages.works
    ADD COLUMN assess text NOT NULL DEFAULT 'all', ADD COLUMN makes_up uuid, ADD COLUMN source uuid;
ALTER TABLE pages.cells ADD COLUMN manner text NOT NULL DEFAULT '';

CREATE TABLE pages.materials (
    school_id uuid NOT NULL, lesson uuid NOT NULL, material uuid NOT NULL,
    journal uuid NOT NULL, attached_to text NOT NULL, title text NOT NULL,
    url text, sha256 text, media text, size bigint, entry bigint NOT NULL,
    since bigint NOT NULL, until bigint
);
CREATE TABLE pages.explanations (
    school_id uuid NOT NULL, explanation uuid NOT NULL,
    pupil uuid NOT NULL, first date NOT NULL, last date NOT NULL, category text NOT NULL,
    document_nonce bytea, document bytea,
    entry bigint NOT NULL, entered_at timestamptz NOT NULL, entered_by uuid NOT NULL,
    since bigint NOT NULL, until bigint
);
CREATE TABLE pages.disputes (
    school_id uuid NOT NULL, case_id uuid NOT NULL,
    lesson uuid NOT NULL, journal uuid NOT NULL, pupil uuid NOT NULL, status text NOT NULL,
    asked_at timestamptz NOT NULL, asked_by uuid NOT NULL, reason_nonce bytea NOT NULL, reason bytea NOT NULL,
    decided_at timestamptz, decided_by uuid, decision_nonce bytea, decision bytea,
    since bigint NOT NULL, until bigint
);
CREATE INDEX materials_key ON pages.materials (school_id, lesson, material, since);
CREATE INDEX materials_journal ON pages.materials (school_id, journal);
CREATE INDEX materials_sha256 ON pages.materials (school_id, sha256) WHERE sha256 IS NOT NULL;
CREATE INDEX explanations_key ON pages.explanations (school_id, explanation, since);
CREATE INDEX explanations_pupil ON pages.explanations (school_id, pupil, first);
CREATE INDEX disputes_key ON pages.disputes (school_id, case_id, since);
CREATE INDEX disputes_status ON pages.disputes (school_id, status) WHERE until IS NULL;

DO $$
DECLARE name text;
BEGIN
    -- staging rows are written anew by every rebuild: a table with the old columns is simply made again
    FOREACH name IN ARRAY ARRAY['lessons', 'works', 'cells'] LOOP
        EXECUTE format('DROP TABLE pages.staging_%s', name);
    END LOOP;
    FOREACH name IN ARRAY
        ARRAY['lessons', 'works', 'cells', 'materials', 'explanations', 'disputes']
    LOOP
        EXECUTE format('CREATE UNLOGGED TABLE pages.staging_%s (LIKE pages.%s)', name, name);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON pages.staging_%s TO letopis_app', name);
    END LOOP;
END $$;
GRANT SELECT, INSERT, UPDATE, DELETE ON pages.materials, pages.explanations, pages.disputes TO letopis_app;

-- Personal data of pupils and guardians (R-054): erasable, never in an entry; the fact of a change is one.
-- kind: birth_date, phone, home_phone, email, address
CREATE TABLE people.contacts (
    school_id uuid NOT NULL, person_id uuid NOT NULL, kind text NOT NULL, value text NOT NULL,
    changed_at timestamptz NOT NULL, changed_by uuid NOT NULL,
    PRIMARY KEY (school_id, person_id, kind)
);
GRANT SELECT, INSERT, UPDATE, DELETE ON people.contacts TO letopis_app;

-- Files that hang on lessons and homework, under the SHA-256 their entry names; access is asked of the page.
CREATE SCHEMA files;
CREATE TABLE files.contents (
    school_id uuid NOT NULL, sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    media text NOT NULL, bytes bytea NOT NULL, added_at timestamptz NOT NULL,
    PRIMARY KEY (school_id, sha256)
);
GRANT USAGE ON SCHEMA files TO letopis_app;
GRANT SELECT, INSERT, DELETE ON files.contents TO letopis_app;
