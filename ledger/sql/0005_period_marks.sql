-- Period marks, corrections and error reports (issue 4).
-- correction: the case that brought the value
ALTER TABLE pages.cells ADD COLUMN correction uuid;
ALTER TABLE pages.lessons ADD COLUMN topic_correction uuid, ADD COLUMN homework_correction uuid;

-- period: a reporting period, or the year's own id (ledger.streams.year); rests_on: positions of entries, those of the
-- last recheck where there was one; checked: the position up to which somebody has looked at them
CREATE TABLE pages.period_marks (
    school_id uuid NOT NULL, journal uuid NOT NULL, period uuid NOT NULL, kind text NOT NULL, pupil uuid NOT NULL,
    value text NOT NULL, proposed text NOT NULL, rests_on bigint[] NOT NULL, checked bigint NOT NULL,
    reason_nonce bytea, reason bytea,
    entry bigint NOT NULL, entered_at timestamptz NOT NULL, entered_by uuid NOT NULL, delay int,
    rewritten int NOT NULL, correction uuid,
    since bigint NOT NULL, until bigint
);
CREATE TABLE pages.period_closings (
    school_id uuid NOT NULL, journal uuid NOT NULL, period uuid NOT NULL,
    closed_at timestamptz NOT NULL, closed_by uuid NOT NULL, entry bigint NOT NULL,
    since bigint NOT NULL, until bigint
);
-- status: asked, granted, declined; agreed_at: the parents' word in the diary, agreed_on: their paper's day
CREATE TABLE pages.exceptions (
    school_id uuid NOT NULL, case_id uuid NOT NULL,
    journal uuid NOT NULL, period uuid NOT NULL, pupil uuid NOT NULL, ground text NOT NULL, status text NOT NULL,
    asked_by uuid, asked_at timestamptz, reason_nonce bytea, reason bytea,
    agreed_by uuid, agreed_at timestamptz, agreed_on date, document_nonce bytea, document bytea,
    decided_by uuid, decided_at timestamptz, decision_nonce bytea, decision bytea,
    since bigint NOT NULL, until bigint
);
-- status: asked, approved, declined, withdrawn
CREATE TABLE pages.corrections (
    school_id uuid NOT NULL, case_id uuid NOT NULL,
    journal uuid NOT NULL, lesson uuid, period uuid, target text NOT NULL, work uuid, pupil uuid, kind text NOT NULL,
    old text NOT NULL, new text NOT NULL, seen bigint NOT NULL, to_date date, to_number int NOT NULL,
    ground text NOT NULL, rests_on_order uuid, bulk uuid, report uuid,
    requester uuid NOT NULL, asked_at timestamptz NOT NULL, reason_nonce bytea NOT NULL, reason bytea NOT NULL,
    status text NOT NULL,
    concluded_by uuid, concluded_at timestamptz, conclusion_nonce bytea, conclusion bytea,
    decided_by uuid, decided_at timestamptz, decision_nonce bytea, decision bytea, order_id uuid, decided bigint,
    since bigint NOT NULL, until bigint
);
-- status: reported, forwarded, closed
CREATE TABLE pages.error_reports (
    school_id uuid NOT NULL, report uuid NOT NULL,
    journal uuid NOT NULL, lesson uuid, period uuid, target text NOT NULL, work uuid, pupil uuid, kind text NOT NULL,
    reporter uuid NOT NULL, reporter_role text NOT NULL, reported_at timestamptz NOT NULL, due timestamp NOT NULL,
    text_nonce bytea NOT NULL, text bytea NOT NULL, status text NOT NULL,
    forwarded_by uuid, forwarded_at timestamptz, note_nonce bytea, note bytea,
    closed_by uuid, closed_at timestamptz, corrected boolean, answer_nonce bytea, answer bytea,
    since bigint NOT NULL, until bigint
);
CREATE TABLE pages.reminders (
    school_id uuid NOT NULL, reminder uuid NOT NULL,
    period uuid NOT NULL, journals uuid[] NOT NULL, text text NOT NULL, sent_at timestamptz NOT NULL, sent_by uuid NOT NULL,
    since bigint NOT NULL, until bigint
);
CREATE INDEX period_marks_key ON pages.period_marks (school_id, journal, period, kind, pupil, since);
CREATE INDEX period_marks_pupil ON pages.period_marks (school_id, pupil);
CREATE INDEX period_marks_period ON pages.period_marks (school_id, period);
CREATE INDEX period_closings_key ON pages.period_closings (school_id, journal, period, since);
CREATE INDEX period_closings_period ON pages.period_closings (school_id, period);
CREATE INDEX exceptions_key ON pages.exceptions (school_id, case_id, since);
CREATE INDEX exceptions_status ON pages.exceptions (school_id, status) WHERE until IS NULL;
CREATE INDEX exceptions_pupil ON pages.exceptions (school_id, pupil);
CREATE INDEX corrections_key ON pages.corrections (school_id, case_id, since);
CREATE INDEX corrections_status ON pages.corrections (school_id, status) WHERE until IS NULL;
CREATE INDEX corrections_journal ON pages.corrections (school_id, journal);
CREATE INDEX corrections_pupil ON pages.corrections (school_id, pupil);
CREATE INDEX error_reports_key ON pages.error_reports (school_id, report, since);
CREATE INDEX error_reports_status ON pages.error_reports (school_id, status) WHERE until IS NULL;
CREATE INDEX error_reports_reporter ON pages.error_reports (school_id, reporter);
CREATE INDEX reminders_key ON pages.reminders (school_id, reminder, since);
CREATE INDEX reminders_period ON pages.reminders (school_id, period);

DO $$
DECLARE name text;
BEGIN
    -- staging rows are written anew by every rebuild: a table with the old columns is simply made again
    FOREACH name IN ARRAY ARRAY['lessons', 'cells'] LOOP
        EXECUTE format('DROP TABLE pages.staging_%s', name);
    END LOOP;
    FOREACH name IN ARRAY ARRAY['lessons', 'cells', 'period_marks', 'period_closings', 'exceptions', 'corrections',
                                'error_reports', 'reminders']
    LOOP
        EXECUTE format('CREATE UNLOGGED TABLE pages.staging_%s (LIKE pages.%s)', name, name);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON pages.staging_%s TO letopis_app', name);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON pages.%s TO letopis_app', name);
    END LOOP;
END $$;
