-- The ledger (design 3): entries, the head a writer locks, the commands answered, the attempts refused.
-- Applied as letopis_owner. What this file hashes is for ever: docs/entry-format.md; a change of the bytes is a
-- new number in `format` and a new function beside this one, never an edit here.

CREATE SCHEMA IF NOT EXISTS ledger;

-- school_id stands first in every key: a region may be keyed over an existing distributed PostgreSQL by it.
CREATE TABLE ledger.entries (
    format         bigint      NOT NULL,
    school_id      uuid        NOT NULL,
    position       bigint      NOT NULL,
    category       text        NOT NULL,
    stream_id      uuid        NOT NULL,
    stream_version bigint      NOT NULL,
    topic          text        NOT NULL,
    state          bytea       NOT NULL,
    account        uuid        NOT NULL,
    person         uuid        NOT NULL,
    acting_role    text        NOT NULL,
    on_behalf_of   uuid,
    session        uuid,
    credential_id  uuid,
    command_id     uuid        NOT NULL,
    command_part   bigint      NOT NULL,
    causation      bigint,
    origin         text        NOT NULL,
    declared_at    timestamptz,
    regulation     bigint,
    findings       text,
    received_at    timestamptz NOT NULL,
    recorded_at    timestamptz NOT NULL,
    nonce          bytea       NOT NULL,
    leaf           bytea       NOT NULL,
    PRIMARY KEY (school_id, stream_id, stream_version),
    UNIQUE (school_id, position),
    UNIQUE (school_id, command_id, command_part),
    CHECK (causation < position AND regulation < position)  -- one, since each costs every append
);
CREATE INDEX entries_by_category ON ledger.entries (school_id, category, position);
CREATE INDEX entries_by_account ON ledger.entries (school_id, account, received_at);
CREATE INDEX entries_by_causation ON ledger.entries (school_id, causation) WHERE causation IS NOT NULL;

-- Mostly empty pages, so that moving a head never touches an index.
CREATE TABLE ledger.heads (
    school_id   uuid   PRIMARY KEY,
    position    bigint NOT NULL,
    recorded_at timestamptz
) WITH (fillfactor = 10);

CREATE TABLE ledger.commands (
    school_id   uuid        NOT NULL,
    command_id  uuid        NOT NULL,
    account     uuid        NOT NULL,
    body_sha256 bytea       NOT NULL CHECK (octet_length(body_sha256) = 32),
    answer      text        NOT NULL,
    first       bigint,
    last        bigint,
    recorded_at timestamptz NOT NULL,
    PRIMARY KEY (school_id, command_id)
);

-- Who was refused what, when, by which clause (R-120, AT-01). `position` is the head the refusal was judged at.
CREATE TABLE ledger.refusals (
    school_id   uuid        NOT NULL,
    id          bigint      GENERATED ALWAYS AS IDENTITY,
    command_id  uuid        NOT NULL,
    account     uuid        NOT NULL,
    person      uuid        NOT NULL,
    acting_role text        NOT NULL,
    command     text        NOT NULL,
    code        text        NOT NULL,
    clause      text        NOT NULL,
    sentence    text        NOT NULL,
    stream_id   uuid,
    received_at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL,
    position    bigint      NOT NULL,
    PRIMARY KEY (school_id, id),
    UNIQUE (school_id, command_id)
);
CREATE INDEX refusals_by_time ON ledger.refusals (school_id, received_at);

-- Nothing written is changed, by nobody: ENABLE ALWAYS fires under session_replication_role = replica too.
CREATE FUNCTION ledger.refuse_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION '% on %.% is refused: the ledger is append-only', TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME
        USING ERRCODE = 'LT000';
END $$;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON ledger.entries
    FOR EACH ROW EXECUTE FUNCTION ledger.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON ledger.commands
    FOR EACH ROW EXECUTE FUNCTION ledger.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON ledger.refusals
    FOR EACH ROW EXECUTE FUNCTION ledger.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON ledger.entries
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON ledger.commands
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON ledger.refusals
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON ledger.heads
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();
CREATE TRIGGER append_only BEFORE DELETE ON ledger.heads
    FOR EACH ROW EXECUTE FUNCTION ledger.refuse_change();
CREATE TRIGGER only_forward BEFORE UPDATE ON ledger.heads
    FOR EACH ROW
    WHEN (NEW.school_id <> OLD.school_id OR NEW.position <= OLD.position
          OR NEW.recorded_at IS NULL OR NEW.recorded_at < OLD.recorded_at)
    EXECUTE FUNCTION ledger.refuse_change();

ALTER TABLE ledger.entries ENABLE ALWAYS TRIGGER append_only, ENABLE ALWAYS TRIGGER never_emptied;
ALTER TABLE ledger.commands ENABLE ALWAYS TRIGGER append_only, ENABLE ALWAYS TRIGGER never_emptied;
ALTER TABLE ledger.refusals ENABLE ALWAYS TRIGGER append_only, ENABLE ALWAYS TRIGGER never_emptied;
ALTER TABLE ledger.heads ENABLE ALWAYS TRIGGER append_only, ENABLE ALWAYS TRIGGER never_emptied,
    ENABLE ALWAYS TRIGGER only_forward;

-- One hashed field: 0x00 for NULL, else 0x01, the length as 4 bytes, the bytes (docs/entry-format.md).
-- Bodies are parsed here and now (RETURN), so no setting of a session can change the bytes; the planner inlines them.
CREATE FUNCTION ledger.packed(value bytea) RETURNS bytea LANGUAGE sql IMMUTABLE
    RETURN coalesce('\x01'::bytea || int4send(octet_length(value)) || value, '\x00'::bytea);
CREATE FUNCTION ledger.packed(value text) RETURNS bytea LANGUAGE sql STABLE
    RETURN coalesce('\x01'::bytea || int4send(octet_length(convert_to(value, 'UTF8'))) || convert_to(value, 'UTF8'),
                    '\x00'::bytea);
CREATE FUNCTION ledger.packed(value uuid) RETURNS bytea LANGUAGE sql IMMUTABLE
    RETURN coalesce('\x0100000010'::bytea || uuid_send(value), '\x00'::bytea);
CREATE FUNCTION ledger.packed(value bigint) RETURNS bytea LANGUAGE sql IMMUTABLE
    RETURN coalesce('\x0100000008'::bytea || int8send(value), '\x00'::bytea);
CREATE FUNCTION ledger.packed(value timestamptz) RETURNS bytea LANGUAGE sql STABLE
    RETURN coalesce('\x0100000008'::bytea || int8send((extract(epoch FROM value) * 1000000)::bigint), '\x00'::bytea);

-- The only way in. One call is one user action: all of it or nothing.
--   stamp     one for all entries of the call; `_age_us` is the age of the request in microseconds
--   entries   parallel arrays of one length (composite types break when one pool serves many schemas);
--             `_version` NULL: whichever is next in its stream, taken under the lock
--   guards    streams that must stand at these versions (0: still empty)
--   refusal   `_refused_code` not NULL: the attempt is logged, and there may be no entries
-- Answers what was written, or, for a command id known already, the first answer.
-- LT001 moved · LT002 command clash · LT003 clock skew · LT004 head ahead of the clock · LT005 malformed call
CREATE FUNCTION ledger.append(
    _school uuid, _account uuid, _person uuid, _acting_role text, _on_behalf_of uuid, _session uuid,
    _credential uuid, _command_id uuid, _origin text, _declared_at timestamptz, _regulation bigint,
    _received_at timestamptz, _age_us bigint, _body_sha256 bytea, _answer text,
    _category text[], _stream uuid[], _version bigint[], _topic text[], _state bytea[],
    _causation bigint[], _findings text[],
    _guard_stream uuid[], _guard_version bigint[],
    _refused_command text, _refused_code text, _refused_clause text, _refused_sentence text, _refused_stream uuid,
    OUT answer text, OUT first bigint, OUT last bigint, OUT recorded_at timestamptz, OUT repeated boolean
) LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET plan_cache_mode = force_generic_plan  -- planning anew costs more than the whole append
SET enable_seqscan = off  -- a plan made while the tables were small must not outlive that
AS $$
#variable_conflict use_column
DECLARE
    _entered CONSTANT timestamptz := clock_timestamp();  -- before the lock: waiting is not skew
    _in_time CONSTANT boolean := _age_us BETWEEN 0 AND 10000000
        AND _entered - (_received_at + make_interval(secs => _age_us / 1000000.0))
            BETWEEN interval '-2 seconds' AND interval '2 seconds';
    _size CONSTANT bigint := cardinality(_stream);
    _known ledger.commands;
    _head ledger.heads;
    _before bytea;
    _who bytea;
    _source bytea;
    _when bytea;
    _written bigint;
BEGIN
    IF (_size = ALL (ARRAY[cardinality(_category), cardinality(_version), cardinality(_topic), cardinality(_state),
                           cardinality(_causation), cardinality(_findings)])
        AND cardinality(_guard_stream) = cardinality(_guard_version)
        AND (_refused_code IS NULL OR _size = 0)) IS NOT TRUE THEN
        RAISE EXCEPTION 'arrays of different lengths, or a refusal with entries' USING ERRCODE = 'LT005';
    END IF;

    IF _in_time THEN
        SELECT * INTO _head FROM ledger.heads h WHERE h.school_id = _school FOR UPDATE;
        IF NOT FOUND THEN  -- the founding of a school, perhaps by two at once
            INSERT INTO ledger.heads VALUES (_school, 0, NULL) ON CONFLICT DO NOTHING;
            SELECT * INTO _head FROM ledger.heads h WHERE h.school_id = _school FOR UPDATE;
        END IF;
    END IF;

    -- A retry gets the first answer, even one too old to be written anew.
    SELECT * INTO _known FROM ledger.commands c WHERE c.school_id = _school AND c.command_id = _command_id;
    IF FOUND THEN
        IF _known.account <> _account OR (_known.body_sha256 = _body_sha256) IS NOT TRUE THEN
            RAISE EXCEPTION 'command % was used by another account or with another body', _command_id
                USING ERRCODE = 'LT002';
        END IF;
        answer := _known.answer; first := _known.first; last := _known.last;
        recorded_at := _known.recorded_at; repeated := true;
        RETURN;
    END IF;

    IF _in_time IS NOT TRUE THEN
        RAISE EXCEPTION 'received at %, % us ago, but the database''s clock says %', _received_at, _age_us, _entered
            USING ERRCODE = 'LT003';
    END IF;
    recorded_at := clock_timestamp();
    IF _head.recorded_at > recorded_at + interval '2 seconds' THEN
        RAISE EXCEPTION 'the head was recorded at %, the clock says %', _head.recorded_at, recorded_at
            USING ERRCODE = 'LT004', HINT = 'letopis doctor';
    END IF;
    recorded_at := greatest(recorded_at, _head.recorded_at);

    IF cardinality(_guard_stream) > 0 THEN
        PERFORM FROM unnest(_guard_stream, _guard_version) AS g (stream, version)
            WHERE coalesce((SELECT max(e.stream_version) FROM ledger.entries e
                            WHERE e.school_id = _school AND e.stream_id = g.stream), 0) IS DISTINCT FROM g.version;
        IF FOUND THEN
            RAISE EXCEPTION 'a guarded stream moved' USING ERRCODE = 'LT001';
        END IF;
    END IF;

    IF _size > 0 THEN
        -- What all entries of the call share is packed once. (No backslash in this body: a session may change
        -- standard_conforming_strings.)
        _before := decode('00', 'hex') || ledger.packed(1::bigint) || ledger.packed(_school);
        _who := ledger.packed(_account) || ledger.packed(_person) || ledger.packed(_acting_role)
            || ledger.packed(_on_behalf_of) || ledger.packed(_session) || ledger.packed(_credential)
            || ledger.packed(_command_id);
        _source := ledger.packed(_origin) || ledger.packed(_declared_at) || ledger.packed(_regulation);
        _when := ledger.packed(_received_at) || ledger.packed(recorded_at);

        INSERT INTO ledger.entries
        SELECT 1, _school, n.position, n.category, n.stream, n.next_version, n.topic, n.state,
               _account, _person, _acting_role, _on_behalf_of, _session, _credential, _command_id, n.part,
               n.causation, _origin, _declared_at, _regulation, n.findings, _received_at, append.recorded_at, n.nonce,
               sha256(_before || ledger.packed(n.position) || ledger.packed(n.category) || ledger.packed(n.stream)
                      || ledger.packed(n.next_version) || ledger.packed(n.topic) || ledger.packed(n.state) || _who
                      || ledger.packed(n.part) || ledger.packed(n.causation) || _source || ledger.packed(n.findings)
                      || _when || ledger.packed(n.nonce))
        FROM (SELECT d.*, _head.position + d.part AS position,
                     row_number() OVER (PARTITION BY d.stream ORDER BY d.part)
                         + coalesce((SELECT max(e.stream_version) FROM ledger.entries e
                                     WHERE e.school_id = _school AND e.stream_id = d.stream), 0) AS next_version,
                     uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) AS nonce
              FROM unnest(_category, _stream, _version, _topic, _state, _causation, _findings) WITH ORDINALITY
                   AS d (category, stream, version, topic, state, causation, findings, part)
              OFFSET 0) AS n  -- a fence: the nonce stored is the nonce hashed
        WHERE n.version IS NULL OR n.version = n.next_version;
        GET DIAGNOSTICS _written = ROW_COUNT;
        IF _written <> _size THEN
            RAISE EXCEPTION 'a stream is not at the expected version' USING ERRCODE = 'LT001';
        END IF;
        first := _head.position + 1;
        last := _head.position + _size;
        UPDATE ledger.heads h SET position = append.last, recorded_at = append.recorded_at
            WHERE h.school_id = _school;
    END IF;

    INSERT INTO ledger.commands
        VALUES (_school, _command_id, _account, _body_sha256, _answer, append.first, append.last, append.recorded_at);
    IF _refused_code IS NOT NULL THEN
        INSERT INTO ledger.refusals (school_id, command_id, account, person, acting_role, command, code, clause,
                                     sentence, stream_id, received_at, recorded_at, position)
            VALUES (_school, _command_id, _account, _person, _acting_role, _refused_command, _refused_code,
                    _refused_clause, _refused_sentence, _refused_stream, _received_at, append.recorded_at,
                    _head.position);
    END IF;
    answer := _answer;
    repeated := false;
END $$;

REVOKE ALL ON SCHEMA ledger FROM PUBLIC;
REVOKE ALL ON ALL TABLES IN SCHEMA ledger FROM PUBLIC;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA ledger FROM PUBLIC;
GRANT USAGE ON SCHEMA ledger TO letopis_app;
GRANT SELECT ON ledger.entries, ledger.heads, ledger.commands, ledger.refusals TO letopis_app;
GRANT EXECUTE ON FUNCTION ledger.append TO letopis_app;
