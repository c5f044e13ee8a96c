-- How many living persons of each row had work on the day, by how old the newest word of it is; and what they earned in
-- the year, by months as said last.
with {located},
dead as (
    select person from reached where kind = 'DECEASED'
),
resident as (
    select distinct on (known.person) known.person, area.place
    from (select distinct person from reached where kind = 'REGISTERED') known
    join home on home.worker = known.person
        and home.since <= cast(:as_of as date) and cast(:as_of as date) < home.until
    join area on area.code = home.region and area.since <= home.written_on and home.written_on < area.until
    where known.person not in (select person from dead)
    order by known.person
),
told as (
    select work.*, coalesce(linked.person, work.worker) as person
    from {work} work
    left join linked on linked.worker = work.worker
    where told_by = 'HOME' and position <= :known and day <= cast(:as_of as date)
),
open as (
    select distinct person
    from told
    where said = 'STARTED' and employment not in (select employment from told where said = 'ENDED')
),
newest as (
    select person, max(day) as day from told group by person
),
month as (
    select distinct on (employment, day) person, wage
    from told
    where said = 'MONTH' and extract(year from day) = cast(:year as integer)
    order by employment, day, version desc
),
earned as (
    select person, sum(wage) as wage from month group by person
)
select resident.place,
       count(*) as persons,
       count(*) filter (where open.person is not null) as employed,
       count(*) filter (where open.person is null and newest.day is not null) as unemployed,
       count(*) filter (where cast(:as_of as date) - newest.day <= 31) as told_within_a_month,
       count(*) filter (where cast(:as_of as date) - newest.day between 32 and 92) as told_within_a_quarter,
       count(*) filter (where cast(:as_of as date) - newest.day > 92) as told_before,
       count(earned.person) as persons_earning,
       count(*) filter (where earned.wage > cast(:more_than as bigint)) as persons_above,
       coalesce(sum(earned.wage), 0)::bigint as wages
from resident
left join open on open.person = resident.person
left join newest on newest.person = resident.person
left join earned on earned.person = resident.person
group by grouping sets ((), (resident.place))
