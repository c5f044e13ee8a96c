-- The door: the only way for facts into the log. Replaced as a whole by every migration.
--
-- All arrays are parallel within their group (c_ command, r_ read, e_ event, g_ guard, p_ posting, t_ timer,
-- f_ fired timer, k_ reader's checkpoint); r_, e_, g_, p_, t_, f_ name their command by its ordinal and are sorted by it.
--   c_stream, c_expected  the stream that the command writes and the version it saw; null where it writes nothing
--   c_reader, c_fact      ordinal in k_ of the reader that sends it (0: a person) and the position of the fact it answers
--   g_mode                0 any holder, 1 free or g_want, 2 exactly g_want (null: free); g_op 0 keep, 1 g_final holds, 2 free
-- Answers in `status`: 0 took effect, 1 known (its stored answer comes back), 2 known with another fingerprint,
--   3 a version that it read is stale, 4 a guard is held otherwise, 5 its reader's checkpoint was moved by another

create or replace function log.lock_key() returns bigint language sql immutable as 'select 7310579611871042311';

-- Last position and time of the log; only under the lock is it the last.
create or replace function log.last(out pos bigint, out recorded timestamptz) language sql stable as $$
    select greatest(e.position, i.position, 0), greatest(e.recorded_at, i.recorded_at)
    from (values (1)) one
    left join lateral (select position, recorded_at from log.events order by position desc limit 1) e on true
    left join lateral (select position, recorded_at from log.inbox order by position desc limit 1) i on true
$$;

create or replace function log.sized(part bytea) returns bytea language sql immutable as
    'select int4send(octet_length(part)) || part';

-- One link of a stream's chain, over the stored bytes, each length-prefixed.
create or replace function log.link(prev bytea, id text, type text, schema_version smallint, data bytea,
                                    metadata bytea, occurred_at timestamptz, recorded_at timestamptz)
returns bytea language sql stable as $$
    select sha256(
        log.sized('sha256'::bytea) || log.sized(prev) || log.sized(convert_to(id, 'utf8'))
        || log.sized(convert_to(type, 'utf8')) || log.sized(int2send(schema_version)) || log.sized(data)
        || log.sized(metadata) || log.sized(timestamptz_send(occurred_at)) || log.sized(timestamptz_send(recorded_at)))
$$;

create or replace function log.take_effect(
    c_id text[], c_fingerprint bytea[], c_outcome smallint[], c_answer bytea[], c_stream text[], c_expected integer[],
    c_reader integer[], c_fact bigint[],
    r_command integer[], r_stream text[], r_version integer[],
    e_command integer[], e_type text[], e_schema smallint[], e_data bytea[], e_metadata bytea[], e_occurred timestamptz[],
    g_command integer[], g_event integer[], g_scope text[], g_key text[], g_mode smallint[], g_want text[],
    g_op smallint[], g_final text[],
    p_command integer[], p_event integer[], p_account text[], p_amount bigint[],
    t_command integer[], t_event integer[], t_name text[], t_due timestamptz[],
    f_command integer[], f_stream text[], f_name text[], f_due timestamptz[],
    k_reader text[], k_expected bigint[], k_position bigint[], set_based boolean,
    inout status smallint[], inout outcome smallint[], inout answer bytea[], inout version integer[],
    inout place bigint[], inout checkpoint bigint[], inout recorded timestamptz)
language plpgsql security definer
set search_path = log, pg_temp
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off
as $$
#variable_conflict use_variable
declare
    size integer := cardinality(c_id);
    base bigint;
    lost boolean[];
    stale integer[] := '{}';
    barred integer[] := '{}';
    previous bytea[];
    r integer := 1; e integer := 1; g integer := 1; p integer := 1; t integer := 1; f integer := 1;
    ok boolean; first_guard integer; found_version integer; chain bytea; held text; ordinal integer; done bigint;
    known log.commands;
begin
    if current_setting('transaction_isolation') <> 'read committed' then
        raise exception 'the door opens under read committed only' using errcode = '25000';
    end if;
    perform pg_advisory_xact_lock(log.lock_key());
    select l.pos, greatest(l.recorded, clock_timestamp() + h.clock_offset) into base, recorded
    from log.last() l, log.head h;
    if exists (select from unnest(e_occurred) o where o > recorded) then
        raise exception 'an event cannot have occurred in the future' using errcode = '22008';
    end if;
    if exists (select from unnest(p_command, p_amount) x(command, amount)
               group by x.command having sum(x.amount) <> 0) then
        raise exception 'the postings of a command sum to zero' using errcode = '23514';
    end if;
    perform from log.checkpoints c where c.reader = any(k_reader) order by c.reader for update;
    lost := array(select k.expected is distinct from
                         (select c.position from log.checkpoints c where c.reader = k.reader)
                  from unnest(k_reader, k_expected) with ordinality k(reader, expected, n) order by k.n);
    status := array_fill(0::smallint, array[size]);
    outcome := c_outcome;
    answer := c_answer;
    version := c_expected;
    place := array_fill(base, array[size]);

    -- At once is the same as one after another only where no two commands of the call can meet.
    set_based := coalesce(set_based, size > 1
        and (select count(*) = count(distinct x) from unnest(c_id) x)
        and (select count(*) = count(distinct x)
             from (select unnest(c_stream) union all select unnest(f_stream)) y(x) where x is not null)
        and (select count(*) = count(distinct x) from unnest(e_command) x)
        and (select count(*) = count(distinct (x.scope, x.key)) from unnest(g_scope, g_key) x(scope, key))
        and not exists (select from unnest(r_stream) x where x = any(c_stream)));

    if set_based then
        if cardinality(r_command) > 0 then
            stale := array(select x.command from unnest(r_command, r_stream, r_version) x(command, stream, version)
                           where x.version <> coalesce((select v.version from log.events v where v.stream_id = x.stream
                                                        order by v.version desc limit 1), 0));
        end if;
        if cardinality(g_command) > 0 then
            barred := array(select x.command
                            from unnest(g_command, g_scope, g_key, g_mode, g_want) x(command, scope, key, mode, want)
                            left join lateral (select o.holder from log.guards o
                                               where o.scope = x.scope and o.key = x.key) h on true
                            where (x.mode = 1 and h.holder <> x.want)
                               or (x.mode = 2 and h.holder is distinct from x.want));
        end if;
        select array_agg(case
                   when c.reader > 0 and lost[c.reader] then 5
                   when k.id is not null then case when k.fingerprint = c.fingerprint then 1 else 2 end
                   when c.stream is not null and c.expected <> coalesce(h.version, 0) then 3
                   when c.n = any(stale) then 3
                   when c.n = any(barred) then 4
                   else 0 end::smallint order by c.n),
               array_agg(coalesce(h.hash, ''::bytea) order by c.n)
        into status, previous
        from unnest(c_id, c_fingerprint, c_stream, c_expected, c_reader) with ordinality
             c(id, fingerprint, stream, expected, reader, n)
        left join lateral (select k.id, k.fingerprint from log.commands k where k.id = c.id) k on true
        left join lateral (select v.version, v.hash from log.events v where v.stream_id = c.stream
                           order by v.version desc limit 1) h on true;
        for n in 1..size loop
            if status[n] = 0 and c_stream[n] is not null then
                base := base + 1;
                version[n] := c_expected[n] + 1;
            end if;
            place[n] := base;
        end loop;
        insert into log.events
        select place[x.command], c_stream[x.command], version[x.command], x.type, x.schema, x.data, x.metadata,
               coalesce(x.occurred, recorded), recorded,
               log.link(previous[x.command], c_stream[x.command] || '/' || version[x.command],
                        x.type, x.schema, x.data, x.metadata, coalesce(x.occurred, recorded), recorded)
        from unnest(e_command, e_type, e_schema, e_data, e_metadata, e_occurred)
             x(command, type, schema, data, metadata, occurred)
        where status[x.command] = 0;
        if cardinality(g_command) > 0 then
            delete from log.guards o using unnest(g_command, g_scope, g_key, g_op) x(command, scope, key, op)
            where status[x.command] = 0 and x.op = 2 and o.scope = x.scope and o.key = x.key;
            insert into log.guards as o
            select x.scope, x.key, x.final, c_stream[x.command] || '/' || c_expected[x.command] + x.event
            from unnest(g_command, g_event, g_scope, g_key, g_op, g_final) x(command, event, scope, key, op, final)
            where status[x.command] = 0 and x.op = 1
            on conflict (scope, key) do update set holder = excluded.holder, event = excluded.event
            where o.holder <> excluded.holder;
        end if;
        if cardinality(p_command) > 0 then
            insert into log.postings
            select c_stream[x.command] || '/' || c_expected[x.command] + x.event,
                   row_number() over (partition by x.command, x.event order by x.n), x.account, x.amount
            from unnest(p_command, p_event, p_account, p_amount) with ordinality x(command, event, account, amount, n)
            where status[x.command] = 0;
        end if;
        if cardinality(f_command) > 0 then
            delete from log.timers o using unnest(f_command, f_stream, f_name, f_due) x(command, stream, name, due)
            where status[x.command] = 0 and o.stream_id = x.stream and o.name = x.name and o.due_at = x.due;
        end if;
        if cardinality(t_command) > 0 then
            delete from log.timers o using unnest(t_command, t_name, t_due) x(command, name, due)
            where status[x.command] = 0 and x.due is null and o.stream_id = c_stream[x.command] and o.name = x.name;
            insert into log.timers
            select c_stream[x.command], x.name, x.due, c_stream[x.command] || '/' || c_expected[x.command] + x.event
            from unnest(t_command, t_event, t_name, t_due) x(command, event, name, due)
            where status[x.command] = 0 and x.due is not null
            on conflict (stream_id, name) do update set due_at = excluded.due_at, event = excluded.event;
        end if;
        insert into log.commands
        select x.id, x.fingerprint, x.outcome, x.answer, version[x.n], place[x.n], recorded
        from unnest(c_id, c_fingerprint, c_outcome, c_answer) with ordinality x(id, fingerprint, outcome, answer, n)
        where status[x.n] = 0;
    else
        for n in 1..size loop
            place[n] := base;
            select * into known from log.commands k where k.id = c_id[n];
            if c_reader[n] > 0 and lost[c_reader[n]] then
                status[n] := 5;
            elsif known.id is not null then
                status[n] := case when known.fingerprint = c_fingerprint[n] then 1 else 2 end;
            end if;
            -- what it read
            if c_stream[n] is not null then
                select v.version, v.hash into found_version, chain from log.events v where v.stream_id = c_stream[n]
                order by v.version desc limit 1;
                chain := coalesce(chain, ''::bytea);
                if status[n] = 0 and c_expected[n] <> coalesce(found_version, 0) then
                    status[n] := 3;
                end if;
            end if;
            while r_command[r] = n loop
                select v.version into found_version from log.events v where v.stream_id = r_stream[r]
                order by v.version desc limit 1;
                if status[n] = 0 and r_version[r] <> coalesce(found_version, 0) then
                    status[n] := 3;
                end if;
                r := r + 1;
            end loop;
            -- every guard is looked at before the first is taken: a loser keeps none
            first_guard := g;
            while g_command[g] = n loop
                select o.holder into held from log.guards o where o.scope = g_scope[g] and o.key = g_key[g];
                if status[n] = 0 and ((g_mode[g] = 1 and held <> g_want[g])
                                      or (g_mode[g] = 2 and held is distinct from g_want[g])) then
                    status[n] := 4;
                end if;
                g := g + 1;
            end loop;
            ok := status[n] = 0;
            ordinal := 0;
            while e_command[e] = n loop
                if ok then
                    base := base + 1;
                    ordinal := ordinal + 1;
                    chain := log.link(chain, c_stream[n] || '/' || c_expected[n] + ordinal, e_type[e], e_schema[e],
                                      e_data[e], e_metadata[e], coalesce(e_occurred[e], recorded), recorded);
                    insert into log.events
                    values (base, c_stream[n], c_expected[n] + ordinal, e_type[e], e_schema[e], e_data[e],
                            e_metadata[e], coalesce(e_occurred[e], recorded), recorded, chain);
                end if;
                e := e + 1;
            end loop;
            for i in first_guard..g - 1 loop
                if ok and g_op[i] = 2 then
                    delete from log.guards o where o.scope = g_scope[i] and o.key = g_key[i];
                elsif ok and g_op[i] = 1 then
                    insert into log.guards as o
                    values (g_scope[i], g_key[i], g_final[i], c_stream[n] || '/' || c_expected[n] + g_event[i])
                    on conflict (scope, key) do update set holder = excluded.holder, event = excluded.event
                    where o.holder <> excluded.holder;
                end if;
            end loop;
            while p_command[p] = n loop
                if ok then
                    insert into log.postings
                    select x.event, (select count(*) from log.postings o where o.event = x.event) + 1,
                           p_account[p], p_amount[p]
                    from (values (c_stream[n] || '/' || c_expected[n] + p_event[p])) x(event);
                end if;
                p := p + 1;
            end loop;
            while f_command[f] = n loop
                if ok then
                    delete from log.timers o
                    where o.stream_id = f_stream[f] and o.name = f_name[f] and o.due_at = f_due[f];
                end if;
                f := f + 1;
            end loop;
            while t_command[t] = n loop
                if ok and t_due[t] is null then
                    delete from log.timers o where o.stream_id = c_stream[n] and o.name = t_name[t];
                elsif ok then
                    insert into log.timers
                    values (c_stream[n], t_name[t], t_due[t], c_stream[n] || '/' || c_expected[n] + t_event[t])
                    on conflict (stream_id, name) do update set due_at = excluded.due_at, event = excluded.event;
                end if;
                t := t + 1;
            end loop;
            if ok then
                place[n] := base;
                version[n] := c_expected[n] + ordinal;
                insert into log.commands
                values (c_id[n], c_fingerprint[n], c_outcome[n], c_answer[n], version[n], base, recorded);
            end if;
        end loop;
    end if;

    if 1 = any(status) then
        for n in 1..size loop
            if status[n] = 1 then
                select * into known from log.commands k where k.id = c_id[n];
                outcome[n] := known.outcome;
                answer[n] := known.answer;
                version[n] := known.version;
                place[n] := known.position;
            end if;
        end loop;
    end if;

    -- a reader advances to its goal, or to just before the first fact whose command was dropped
    checkpoint := array_fill(null::bigint, array[coalesce(cardinality(k_reader), 0)]);
    for k in 1..coalesce(cardinality(k_reader), 0) loop
        if not lost[k] then
            select least(k_position[k], min(c_fact[n] - 1)) into done
            from generate_series(1, size) n where c_reader[n] = k and status[n] in (3, 4);
            done := greatest(coalesce(done, k_position[k]), k_expected[k]);
            update log.checkpoints c set position = done, updated_at = clock_timestamp() where c.reader = k_reader[k];
            checkpoint[k] := done;
        end if;
    end loop;
end $$;

-- The door itself. A procedure that commits: inside a transaction block it fails, so nobody holds the log's lock
-- over a round trip, where a paused client would stop every writer.
create or replace procedure log.door(
    c_id text[], c_fingerprint bytea[], c_outcome smallint[], c_answer bytea[], c_stream text[], c_expected integer[],
    c_reader integer[], c_fact bigint[],
    r_command integer[], r_stream text[], r_version integer[],
    e_command integer[], e_type text[], e_schema smallint[], e_data bytea[], e_metadata bytea[], e_occurred timestamptz[],
    g_command integer[], g_event integer[], g_scope text[], g_key text[], g_mode smallint[], g_want text[],
    g_op smallint[], g_final text[],
    p_command integer[], p_event integer[], p_account text[], p_amount bigint[],
    t_command integer[], t_event integer[], t_name text[], t_due timestamptz[],
    f_command integer[], f_stream text[], f_name text[], f_due timestamptz[],
    k_reader text[], k_expected bigint[], k_position bigint[], set_based boolean,
    inout status smallint[], inout outcome smallint[], inout answer bytea[], inout version integer[],
    inout place bigint[], inout checkpoint bigint[], inout recorded timestamptz)
language plpgsql as $$
#variable_conflict use_variable
begin
    select * into status, outcome, answer, version, place, checkpoint, recorded
    from log.take_effect(c_id, c_fingerprint, c_outcome, c_answer, c_stream, c_expected, c_reader, c_fact,
        r_command, r_stream, r_version, e_command, e_type, e_schema, e_data, e_metadata, e_occurred,
        g_command, g_event, g_scope, g_key, g_mode, g_want, g_op, g_final,
        p_command, p_event, p_account, p_amount, t_command, t_event, t_name, t_due,
        f_command, f_stream, f_name, f_due, k_reader, k_expected, k_position, set_based,
        null, null, null, null, null, null, null);
    commit;
end $$;
