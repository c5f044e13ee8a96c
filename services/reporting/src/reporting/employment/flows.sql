-- Jobs outside the household's county, by what lies in the region (`near`) and the place at the other end (`far`); and
-- all together. What is known last of a job's end counts.
with area as (
    select *
    from unnest(cast(:codes as text[]), cast(:since as date[]), cast(:until as date[]), cast(:places as text[]))
        as area (code, since, until, place)
),
far as (
    select * from unnest(cast(:far_codes as text[]), cast(:far_places as text[])) as far (code, place)
),
known as (
    select *, case :told_by when 'HOME' then home else place end as near,
           case :told_by when 'HOME' then place else home end as other
    from {work}
    where told_by = :told_by and elsewhere and position <= cast(:known as bigint) and day <= cast(:as_of as date)
),
started as (
    select distinct on (employment) *
    from known
    where said = 'STARTED'
    order by employment, position desc
),
flow as (
    select started.organised, area.place as near, far.place as far,
           not exists (select from known ended where ended.said = 'ENDED' and ended.employment = started.employment)
               as current
    from started
    join area on area.code = started.near and area.since <= started.day and started.day < area.until
    join far on far.code = started.other
)
select near, far,
       count(*) as jobs,
       count(*) filter (where organised) as organised,
       count(*) filter (where current) as current
from flow
group by grouping sets ((), (near, far))
