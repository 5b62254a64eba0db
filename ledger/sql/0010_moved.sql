-- «Что изменилось» asks for the rows that began or ended within a span: of a week it need not read the year.
CREATE INDEX cells_since ON pages.cells (school_id, since);
CREATE INDEX cells_until ON pages.cells (school_id, until) WHERE until IS NOT NULL;
CREATE INDEX lessons_since ON pages.lessons (school_id, since);
CREATE INDEX lessons_until ON pages.lessons (school_id, until) WHERE until IS NOT NULL;
CREATE INDEX entries_imported ON ledger.entries (school_id, position) WHERE origin = 'import';
