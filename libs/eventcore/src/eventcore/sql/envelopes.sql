-- The door for envelopes: they are stored, and what they carry is taken into the inbox, or neither.
-- `status` as in `log.take_in`; null where the pair does not stand where the caller thinks.

create or replace function log.take_envelopes(
    p_sender text, p_series bigint, p_number bigint,
    e_series bigint[], e_number bigint[], e_head bytea[], e_envelope bytea[],
    m_source text[], m_id text[], m_stream text[], m_type text[], m_headers bytea[], m_data bytea[], m_hash bytea[],
    m_topic text[], m_partition integer[], m_offset bigint[], inout status smallint[])
language plpgsql security definer
set search_path = log, pg_temp
as $$
declare
    last_series bigint; last_number bigint;
begin
    perform pg_advisory_xact_lock(log.lock_key());
    select coalesce(max(s.series), 0), coalesce(max(s.number), 0) into last_series, last_number
    from (select e.series, e.number from log.envelopes e where e.sender = p_sender
          order by e.series desc, e.number desc limit 1) s;
    if (last_series, last_number) <> (p_series, p_number) then
        status := null;
        return;
    end if;
    for n in 1..cardinality(e_series) loop
        if not (e_series[n] = last_series and e_number[n] = last_number + 1
                or e_series[n] > last_series and e_number[n] = 1) then
            raise exception 'envelopes are stored without a hole' using errcode = '23514';
        end if;
        last_series := e_series[n];
        last_number := e_number[n];
    end loop;
    status := log.take_in(m_source, m_id, m_stream, m_type, m_headers, m_data, m_hash, m_topic, m_partition, m_offset, null);
    if not 2 = any(status) then
        insert into log.envelopes
        select p_sender, x.series, x.number, x.head, x.envelope, clock_timestamp() + h.clock_offset
        from log.head h, unnest(e_series, e_number, e_head, e_envelope) x(series, number, head, envelope);
    end if;
end $$;

create or replace procedure log.envelope_door(
    p_sender text, p_series bigint, p_number bigint,
    e_series bigint[], e_number bigint[], e_head bytea[], e_envelope bytea[],
    m_source text[], m_id text[], m_stream text[], m_type text[], m_headers bytea[], m_data bytea[], m_hash bytea[],
    m_topic text[], m_partition integer[], m_offset bigint[], inout status smallint[])
language plpgsql as $$
begin
    status := log.take_envelopes(p_sender, p_series, p_number, e_series, e_number, e_head, e_envelope,
        m_source, m_id, m_stream, m_type, m_headers, m_data, m_hash, m_topic, m_partition, m_offset, null);
    commit;
end $$;

-- How each pair stands, from both sides of it.
drop view if exists log.standing;
create view log.standing as
select p.region, h.incarnation as own, coalesce(o.series, 0) as series, coalesce(o.number, 0) as number,
       coalesce(i.series, 0) as in_series, coalesce(i.number, 0) as in_number, coalesce(i.head, ''::bytea) as in_head,
       p.receipted_series, p.receipted_number, p.receipted_head, p.receipt_at, p.incarnation, p.touched, p.asked,
       p.waits, p.frozen, p.frozen_series, p.since, p.disputed, p.sent_series, p.sent_number, p.heard, p.agreed,
       p.agreed is not distinct from h.incarnation as agrees,
       case when i.series > p.sent_series then 0
            else greatest(0, p.sent_number - case when i.series = p.sent_series then i.number else 0 end) end as missing,
       coalesce(greatest(0, extract(epoch from clock_timestamp() + h.clock_offset - w.oldest)), 0) as waiting_seconds
from log.pairs p
cross join log.head h
left join log.guards g on g.scope = 'outbound' and g.key = p.region
left join lateral (select g.holder::bigint as series, e.version::bigint as number from log.events e
                   where e.stream_id = 'outbound-' || p.region || '-' || g.holder
                   order by e.version desc limit 1) o on true
left join lateral (select e.series, e.number, e.head from log.envelopes e where e.sender = p.region
                   order by e.series desc, e.number desc limit 1) i on true
left join lateral (select e.recorded_at as oldest from log.events e
                   where e.stream_id = 'outbound-' || p.region || '-' || o.series and e.version
                       = case when p.receipted_series = o.series then p.receipted_number else 0 end + 1) w on true;
