-- The inbox's door: foreign facts go through the same lock and the same line of positions as our own.
-- Answers in `status`: 0 stored, 1 known, 2 refused because its source said something else under a known id.

create or replace function log.take_in(
    m_source text[], m_id text[], m_stream text[], m_type text[], m_headers bytea[], m_data bytea[], m_hash bytea[],
    m_topic text[], m_partition integer[], m_offset bigint[], inout status smallint[])
language plpgsql security definer
set search_path = log, pg_temp
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off
as $$
declare
    base bigint;
    recorded timestamptz;
    frozen text[];
begin
    perform pg_advisory_xact_lock(log.lock_key());
    select l.pos, greatest(l.recorded, clock_timestamp() + h.clock_offset) into base, recorded
    from log.last() l, log.head h;

    insert into log.frozen_sources (source, id, known_hash, arrived_hash)
    select distinct on (m.source) m.source, m.id, k.hash, m.hash
    from (select x.*, first_value(x.hash) over (partition by x.source, x.id order by x.n) as first_hash
          from unnest(m_source, m_id, m_hash) with ordinality x(source, id, hash, n)) m
    left join lateral (select i.hash from log.inbox i where i.id = m.id and i.source = m.source) i on true
    cross join lateral (select coalesce(i.hash, m.first_hash) as hash) k
    where m.hash <> k.hash
    order by m.source, m.n
    on conflict (source) do nothing;
    frozen := array(select f.source from log.frozen_sources f);

    status := array(
        select case when m.source = any(frozen) then 2
                    when m.arrival > 1 or exists (select from log.inbox i where i.id = m.id and i.source = m.source) then 1
                    else 0 end
        from (select x.source, x.id, x.n, row_number() over (partition by x.source, x.id order by x.n) as arrival
              from unnest(m_source, m_id) with ordinality x(source, id, n)) m
        order by m.n);

    insert into log.inbox
    select base + row_number() over (order by m.n), m.source, m.id, m.stream, m.type, m.headers, m.data, m.hash,
           m.topic, m.kafka_partition, m.kafka_offset, recorded
    from unnest(m_source, m_id, m_stream, m_type, m_headers, m_data, m_hash, m_topic, m_partition, m_offset)
         with ordinality m(source, id, stream, type, headers, data, hash, topic, kafka_partition, kafka_offset, n)
    where status[m.n] = 0
    order by m.n;
end $$;

create or replace procedure log.inbox_door(
    m_source text[], m_id text[], m_stream text[], m_type text[], m_headers bytea[], m_data bytea[], m_hash bytea[],
    m_topic text[], m_partition integer[], m_offset bigint[], inout status smallint[])
language plpgsql as $$
begin
    select * into status
    from log.take_in(m_source, m_id, m_stream, m_type, m_headers, m_data, m_hash, m_topic, m_partition, m_offset, null);
    commit;
end $$;
