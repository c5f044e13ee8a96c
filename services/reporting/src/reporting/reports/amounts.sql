-- By how much each claim's sums changed between two positions, and because of which facts.
with area as (
    select *
    from unnest(cast(:codes as text[]), cast(:since as date[]), cast(:until as date[]), cast(:places as text[]))
        as area (code, since, until, place)
)
select line.claim, line.measure, sum(line.amount)::bigint as change, array_agg(line.event order by line.event) as causes
from {money} line
join area on area.code = line.region and area.since <= line.day and line.day < area.until
where line.day <= cast(:as_of as date) and line.position > :before and line.position <= :known
group by line.claim, line.measure
having sum(line.amount) <> 0
order by line.measure, line.claim
