-- Who is in which number as known at `known` and was not at `before` (1), or the other way round (-1).
with before as (
    select person, array_agg(distinct kind) as kinds
    from (with {located_before} select person, kind from located where counts) reached
    group by person
),
after as (
    select person, array_agg(distinct kind) as kinds
    from (with {located_known} select person, kind from located where counts) reached
    group by person
),
number as (
    select *
    from unnest(cast(:names as text[]), cast(:kinds as text[]), cast(:kinds_too as text[])) as number (name, kind, too)
),
compared as (
    select person, number.name,
           coalesce(number.kind = any(before.kinds) and number.too = any(before.kinds), false) as was,
           coalesce(number.kind = any(after.kinds) and number.too = any(after.kinds), false) as "is"
    from before
    full join after using (person)
    cross join number
)
select person, name, case when "is" then 1 else -1 end as change
from compared
where was <> "is"
order by name, person
