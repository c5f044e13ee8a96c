-- Surveys and persons of each row of the report, by what is asked for: `axis` says which kind of row, `scope` which row.
with {located},
membership as (
    select distinct on (worker, code, valid_from) worker, code, valid_from, valid_to, holds
    from {memberships}
    where position <= :known
    order by worker, code, valid_from, version desc
),
in_group as (
    select located.step, unnest(located.groups) as code
    from located
    where located.groups is not null
    union all
    select located.step, membership.code
    from located
    join membership on membership.worker = located.person and membership.holds
        and membership.valid_from <= located.day and located.day < coalesce(membership.valid_to, date 'infinity')
    where located.groups is null
),
cohort as (
    select person, min(extract(year from day))::integer as year
    from reached
    where kind = 'DESIGNATED' and counts
    group by person
),
class as (
    select distinct training_class, institution
    from {steps}
    where kind in ('ENROLLED', 'COMPLETED') and institution is not null and positions[1] <= :known
),
chosen as (
    select located.step, located.kind, located.person, located.counts, located.place, cohort.year as cohort,
           coalesce(located.institution, class.institution) as institution,
           coalesce(alike.new, located.occupation) as occupation
    from located
    left join cohort on cohort.person = located.person
    left join class on located.kind = 'CERTIFIED' and class.training_class = located.training_class
    left join unnest(cast(:old_occupations as text[]), cast(:new_occupations as text[])) as alike (old, new)
        on alike.old = located.occupation
    where (cast(:groups as text[]) is null
           or located.step in (select step from in_group where code = any(cast(:groups as text[]))))
      and (cast(:cohort as integer) is null or cohort.year = cast(:cohort as integer))
      and (cast(:institution as text) is null
           or coalesce(located.institution, class.institution) = cast(:institution as text))
      and (cast(:occupation as text) is null
           or coalesce(alike.new, located.occupation) = cast(:occupation as text))
),
grouped as (
    select distinct chosen.step, coalesce(leads.new, in_group.code) as code
    from chosen
    join in_group using (step)
    left join unnest(cast(:old_groups as text[]), cast(:new_groups as text[])) as leads (old, new)
        on leads.old = in_group.code
),
scoped as (
    select 'total' as axis, cast(null as text) as scope, person, kind, counts from chosen
    union all
    select 'region', place, person, kind, counts from chosen
    union all
    select 'group', grouped.code, person, kind, counts from chosen join grouped using (step)
    union all
    select 'cohort', cohort::text, person, kind, counts from chosen where :slice = 'cohort' and cohort is not null
    union all
    select 'institution', institution, person, kind, counts
    from chosen where :slice = 'institution' and institution is not null
    union all
    select 'occupation', occupation, person, kind, counts
    from chosen where :slice = 'occupation' and occupation is not null
),
persons as (
    select axis, scope,
           count(*) filter (where kind = 'SURVEYED' and counts) as surveys,
           count(*) filter (where kind = 'APPROVED') as surveys_approved,
           count(*) filter (where kind = 'REJECTED') as surveys_rejected,
           count(*) filter (where kind = 'SURVEYED' and not counts) as surveys_invalidated,
           count(*) filter (where kind = 'REGISTERED') as registered,
           count(*) filter (where kind = 'DESIGNATED') as designated,
           count(*) filter (where kind = 'ENROLLED') as enrolled,
           count(*) filter (where kind = 'COMPLETED') as completed,
           count(*) filter (where kind = 'CERTIFIED') as certified,
           count(*) filter (where kind = 'DECEASED') as deceased
    from scoped
    group by axis, scope, person
)
select axis, scope,
       sum(surveys)::bigint as surveys,
       sum(surveys_approved)::bigint as surveys_approved,
       sum(surveys_rejected)::bigint as surveys_rejected,
       sum(surveys_invalidated)::bigint as surveys_invalidated,
       count(*) filter (where surveys > 0) as persons_surveyed,
       count(*) filter (where surveys_approved > 0) as persons_approved,
       count(*) filter (where registered > 0) as persons_registered,
       count(*) filter (where designated > 0) as persons_designated,
       count(*) filter (where enrolled > 0) as persons_enrolled,
       count(*) filter (where completed > 0) as persons_completed,
       count(*) filter (where certified > 0) as persons_certified,
       count(*) filter (where deceased > 0) as persons_deceased,
       count(*) filter (where designated > 0 and enrolled > 0) as enrolled_of_designated,
       count(*) filter (where enrolled > 0 and completed > 0) as completed_of_enrolled,
       count(*) filter (where completed > 0 and certified > 0) as certified_of_completed
from persons
group by axis, scope
