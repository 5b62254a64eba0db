-- Who filled a lesson last had its columns in pages.lessons, so that every mark ended the lesson's row: twenty versions of
-- a lesson that had changed four times, read by every report. They stand in rows of their own now. The lessons' rows of
-- before stay true and are many; `letopis rebuild` makes them few.
CREATE TABLE pages.fillings (
    school_id uuid NOT NULL, lesson uuid NOT NULL,
    journal uuid NOT NULL, date date NOT NULL, filled_at timestamptz NOT NULL, filled_by uuid NOT NULL,
    since bigint NOT NULL, until bigint
);
INSERT INTO pages.fillings (school_id, lesson, journal, date, filled_at, filled_by, since, until)
    SELECT school_id, lesson, journal, date, filled_at, filled_by, since, until FROM pages.lessons;
ALTER TABLE pages.lessons DROP COLUMN filled_at, DROP COLUMN filled_by;
CREATE INDEX fillings_key ON pages.fillings (school_id, lesson, since);
CREATE INDEX fillings_journal ON pages.fillings (school_id, journal, date);
DROP TABLE pages.staging_lessons;
DO $$
DECLARE name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['lessons', 'fillings'] LOOP
        EXECUTE format('CREATE UNLOGGED TABLE pages.staging_%s (LIKE pages.%s)', name, name);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON pages.staging_%s TO letopis_app', name);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON pages.%s TO letopis_app', name);
    END LOOP;
END $$;
-- Entries a rule had something to say of, and voids: what timeliness is counted from (C-07, C-18)
CREATE INDEX entries_remarked ON ledger.entries (school_id, position)
    WHERE findings IS NOT NULL OR topic IN ('entries-voided', 'entries-taken-back');
