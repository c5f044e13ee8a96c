-- Sums by fund, kind and row of the report, each alone and all three together.
with area as (
    select *
    from unnest(cast(:codes as text[]), cast(:since as date[]), cast(:until as date[]), cast(:places as text[]))
        as area (code, since, until, place)
),
line as (
    select line.fund, line.kind, area.place, line.measure, line.amount
    from {money} line
    join area on area.code = line.region and area.since <= line.day and line.day < area.until
    where line.day <= cast(:as_of as date) and line.position <= cast(:known as bigint)
)
select fund, kind, place,
       coalesce(sum(amount) filter (where measure = 'committed'), 0)::bigint as committed,
       coalesce(sum(amount) filter (where measure = 'ordered'), 0)::bigint as ordered,
       coalesce(sum(amount) filter (where measure = 'paid'), 0)::bigint as paid,
       coalesce(sum(amount) filter (where measure = 'failed'), 0)::bigint as failed,
       coalesce(sum(amount) filter (where measure = 'returned'), 0)::bigint as returned
from line
group by grouping sets ((), (fund), (kind), (place), (fund, kind, place))
