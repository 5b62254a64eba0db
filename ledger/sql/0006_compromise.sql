-- Breaches of access and the Acts about them (issue 5).
-- status: reported, rejected, received, voided, annulled; times people declare are local
CREATE TABLE pages.incidents (
    school_id uuid NOT NULL, incident uuid NOT NULL,
    account uuid NOT NULL, owner uuid NOT NULL, signed boolean NOT NULL, status text NOT NULL,
    detected_at timestamp NOT NULL, reported_at timestamp NOT NULL, registered_at timestamptz NOT NULL,
    reporter uuid NOT NULL, text_nonce bytea, text bytea,
    director_at timestamp, director uuid, support_at timestamp, support uuid, received bigint,
    members uuid[] NOT NULL, commission_order uuid,
    since bigint NOT NULL, until bigint
);
CREATE TABLE pages.acts (
    school_id uuid NOT NULL, act uuid NOT NULL,
    incident uuid NOT NULL, number text NOT NULL, date date NOT NULL, void_from timestamp NOT NULL, annuls uuid,
    signed uuid[] NOT NULL, drawn_up_by uuid NOT NULL, drawn_up_at timestamptz NOT NULL,
    finalised_at timestamptz, finalised_by uuid, finalised bigint, entries int,
    since bigint NOT NULL, until bigint
);
CREATE INDEX incidents_key ON pages.incidents (school_id, incident, since);
CREATE INDEX acts_key ON pages.acts (school_id, act, since);
DO $$
DECLARE name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['incidents', 'acts'] LOOP
        EXECUTE format('CREATE UNLOGGED TABLE pages.staging_%s (LIKE pages.%s)', name, name);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON pages.staging_%s TO letopis_app', name);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON pages.%s TO letopis_app', name);
    END LOOP;
END $$;
