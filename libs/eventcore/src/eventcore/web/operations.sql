-- What operators look at first, as one JSON document. $1: how many rows of a list are shown.
with log_end as (
    select greatest(e.position, i.position, 0) as position
    from (values (1)) one
    left join lateral (select position from log.events order by position desc limit 1) e on true
    left join lateral (select position from log.inbox order by position desc limit 1) i on true
), readers as (
    select c.reader, c.position, l.position - c.position as lag_events,
           (select count(*) from log.parked p where p.reader = c.reader) as parked,
           (select min(n.recorded_at) from (
                (select recorded_at from log.events where position > c.position order by position limit 1)
                union all
                (select recorded_at from log.inbox where position > c.position order by position limit 1)) n) as oldest
    from log.checkpoints c, log_end l order by c.reader limit $1
)
select json_build_object(
    'incarnation', (select incarnation from log.head),
    'position', (select position from log_end),
    'readers', (select coalesce(json_agg(json_build_object(
        'reader', reader, 'position', position, 'lag_events', lag_events, 'parked_streams', parked,
        'lag_seconds', coalesce(greatest(0, extract(epoch from clock_timestamp() - oldest)), 0))), '[]') from readers),
    'parked', (select coalesce(json_agg(p), '[]') from (
        select reader, stream_id as stream, position, reason, attempts, since, retry_asked
        from log.parked order by since limit $1) p),
    'timers', (select json_build_object('due', count(*) filter (where due), 'oldest_due', min(due_at) filter (where due),
        'next', min(due_at) filter (where not due)) from (
        select due_at, due_at <= clock_timestamp() + (select clock_offset from log.head) as due
        from log.timers order by due_at limit 10000) t),
    'frozen_sources', (select coalesce(json_agg(f), '[]') from (
        select source, id, since from log.frozen_sources order by since limit $1) f),
    'pairs', (select coalesce(json_agg(json_build_object(
        'region', region,
        'out', json_build_object('series', series, 'number', number, 'receipted_series', receipted_series,
            'receipted', receipted_number, 'receipt_at', receipt_at, 'disputed', disputed,
            'waiting_seconds', waiting_seconds),
        'in', json_build_object('series', in_series, 'number', in_number, 'head', encode(in_head, 'hex'),
            'of_series', sent_series, 'of', sent_number, 'waits', waits, 'frozen', frozen, 'since', since),
        'agrees', agrees)), '[]') from (select * from log.standing order by region limit $1) s),
    'unreadable', (select coalesce(json_agg(u), '[]') from (
        select topic, kafka_partition as partition, kafka_offset as "offset", reason, recorded_at
        from log.unreadable order by recorded_at desc limit $1) u)
)::text
