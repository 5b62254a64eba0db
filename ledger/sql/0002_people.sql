-- The side tables that may be changed and erased: names, keys of personal texts, accounts, sessions, the log
-- of views. Entries name persons, accounts and sessions by id only (design 3); what an id stands for is here.
CREATE SCHEMA people;
CREATE SCHEMA keys;
CREATE SCHEMA access;

-- A name holds from `since` (the first one from the beginning of time) until the next one's `since`, so that
-- a reprint shows that day's name (design 5).
CREATE TABLE people.names (
    school_id uuid NOT NULL,
    person_id uuid NOT NULL,
    since timestamptz NOT NULL,
    until timestamptz,
    last text NOT NULL,
    first text NOT NULL,
    middle text NOT NULL,
    PRIMARY KEY (school_id, person_id, since),
    CHECK (until > since)
);

-- In a schema of its own: its backup is apart, and shorter-lived, from the ledger's. An erased key leaves a
-- row without key, so that a lost key is never mistaken for an erased one.
CREATE TABLE keys.person_keys (
    school_id uuid NOT NULL,
    person_id uuid NOT NULL,
    wrapped bytea,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    erased_at timestamptz,
    PRIMARY KEY (school_id, person_id),
    CHECK ((wrapped IS NULL) = (erased_at IS NOT NULL))
);

CREATE TABLE access.accounts (
    school_id uuid NOT NULL,
    account_id uuid NOT NULL,
    person_id uuid NOT NULL,
    login text NOT NULL,
    password_hash text NOT NULL,
    credential_id uuid NOT NULL,
    must_change boolean NOT NULL,
    obliged_at timestamptz,  -- when the owner accepted the obligation of R-056
    blocked_at timestamptz,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (school_id, account_id),
    UNIQUE (school_id, login),
    UNIQUE (school_id, person_id)
);

-- The browser has a random token, we have its SHA-256: who reads this table cannot sign in with it.
CREATE TABLE access.sessions (
    school_id uuid NOT NULL,
    session_id uuid NOT NULL,
    token_sha256 bytea NOT NULL CHECK (length(token_sha256) = 32),
    account_id uuid NOT NULL,
    credential_id uuid NOT NULL,
    created_at timestamptz NOT NULL,
    last_seen timestamptz NOT NULL,
    idle_locked_at timestamptz,
    ended_at timestamptz,
    end_reason text,
    ip text NOT NULL,
    user_agent text NOT NULL,
    PRIMARY KEY (school_id, session_id),
    UNIQUE (school_id, token_sha256),
    FOREIGN KEY (school_id, account_id) REFERENCES access.accounts
);
CREATE INDEX ON access.sessions (school_id, account_id, created_at);

-- Passwords that were wrong or are being checked, for the throttle. `login_hmac`, not the login: people type
-- passwords into that field. `address` is what one guesser has one of: an IPv4 address or an IPv6 /64.
CREATE TABLE access.sign_in_attempts (
    school_id uuid NOT NULL,
    login_hmac bytea NOT NULL,
    address text NOT NULL,
    at timestamptz NOT NULL
);
CREATE INDEX ON access.sign_in_attempts (school_id, login_hmac, at);

-- Every view of pupils' data, export and print (R-053, R-186).
CREATE TABLE access.views (
    school_id uuid NOT NULL,
    view_id bigint GENERATED ALWAYS AS IDENTITY,
    at timestamptz NOT NULL,
    account_id uuid NOT NULL,
    session_id uuid,
    credential_id uuid,
    ip text NOT NULL,
    page text NOT NULL,
    class_id uuid,
    pupil_id uuid,
    journal_id uuid,
    person_id uuid,  -- whose account or day was looked at, when that is no pupil
    as_of bigint,  -- the position looked at; NULL: the head
    PRIMARY KEY (school_id, view_id)
);
CREATE INDEX ON access.views (school_id, account_id, at);
CREATE INDEX ON access.views (school_id, pupil_id, at) WHERE pupil_id IS NOT NULL;

GRANT USAGE ON SCHEMA people, keys, access TO letopis_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON people.names TO letopis_app;
GRANT SELECT, INSERT, UPDATE ON keys.person_keys TO letopis_app;
GRANT SELECT, INSERT, UPDATE ON access.accounts TO letopis_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON access.sessions, access.sign_in_attempts TO letopis_app;
GRANT SELECT, INSERT ON access.views TO letopis_app;
