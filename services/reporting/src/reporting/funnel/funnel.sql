-- Surveys and persons of each row of the report, by what is asked for: `axis` says which kind of row, `scope` which row.
with {located},
membership as (
    select distinct on (worker, code, valid_from) worker, code, valid_from, valid_to, holds
    from {memberships}
    where position <= :known
    order by worker, code, valid_from, version desc
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
trained as (
    -- who works was trained by whose class the person completed last before
    select distinct on (work.step) work.step, class.institution
    from reached work
    join reached class on class.person = work.person and class.kind = 'COMPLETED' and class.day <= work.day
    where work.kind in ('DISPATCHED', 'TRANSFERRED', 'ORGANISED', 'EMPLOYED', 'STABLE')
    order by work.step, class.day desc, class.step
),
taught as (
    select located.step, located.person, located.day, located.groups, located.place,
           (located.kind = 'SURVEYED' and located.counts)::integer as surveys,
           (located.kind = 'APPROVED')::integer as approved,
           (located.kind = 'REJECTED')::integer as rejected,
           (located.kind = 'SURVEYED' and not located.counts)::integer as invalidated,
           case located.kind when 'REGISTERED' then 1 when 'DESIGNATED' then 2 when 'ENROLLED' then 4
                             when 'COMPLETED' then 8 when 'CERTIFIED' then 16 when 'DECEASED' then 32
                             when 'DISPATCHED' then 64 when 'TRANSFERRED' then 128 when 'ORGANISED' then 256
                             when 'EMPLOYED' then 512 when 'STABLE' then 1024
                             else 0 end as reached,
           case cast(:slice as text) when 'cohort' then cohort.year::text
                                     when 'institution' then coalesce(located.institution, class.institution, trained.institution)
                                     when 'occupation' then coalesce(alike.new, located.occupation) end as slice
    from located
    left join cohort on cohort.person = located.person
    left join class on located.kind = 'CERTIFIED' and class.training_class = located.training_class
    left join trained on trained.step = located.step
    left join unnest(cast(:old_occupations as text[]), cast(:new_occupations as text[])) as alike (old, new)
        on alike.old = located.occupation
    where (cast(:cohort as integer) is null or cohort.year = cast(:cohort as integer))
      and (cast(:institution as text) is null
           or coalesce(located.institution, class.institution, trained.institution) = cast(:institution as text))
      and (cast(:occupation as text) is null
           or coalesce(alike.new, located.occupation) = cast(:occupation as text))
),
in_group as (
    select distinct said.step, said.person, said.surveys, said.approved, said.rejected, said.invalidated,
           said.reached, coalesce(leads.new, said.code) as code
    from (select *, unnest(groups) as code from taught where groups is not null) said
    left join unnest(cast(:old_groups as text[]), cast(:new_groups as text[])) as leads (old, new)
        on leads.old = said.code
    union all
    select taught.step, taught.person, taught.surveys, taught.approved, taught.rejected, taught.invalidated,
           taught.reached, coalesce(leads.new, membership.code)
    from taught
    join membership on membership.worker = taught.person and membership.holds
        and membership.valid_from <= taught.day and taught.day < coalesce(membership.valid_to, date 'infinity')
    left join unnest(cast(:old_groups as text[]), cast(:new_groups as text[])) as leads (old, new)
        on leads.old = membership.code
    where taught.groups is null
),
chosen as (
    select *
    from taught
    where cast(:groups as text[]) is null
       or step in (select step from in_group where code = any(cast(:groups as text[])))
),
by_place as (
    select person, place, sum(surveys) as surveys, sum(approved) as approved, sum(rejected) as rejected,
           sum(invalidated) as invalidated, bit_or(reached) as reached
    from chosen
    group by person, place
),
by_group as (
    select person, code, sum(surveys) as surveys, sum(approved) as approved, sum(rejected) as rejected,
           sum(invalidated) as invalidated, bit_or(reached) as reached
    from in_group
    where cast(:groups as text[]) is null or step in (select step from chosen)
    group by person, code
),
by_slice as (
    select person, slice, sum(surveys) as surveys, sum(approved) as approved, sum(rejected) as rejected,
           sum(invalidated) as invalidated, bit_or(reached) as reached
    from chosen
    where slice is not null
    group by person, slice
),
persons as (
    select 'total' as axis, cast(null as text) as scope, sum(surveys) as surveys, sum(approved) as approved,
           sum(rejected) as rejected, sum(invalidated) as invalidated, bit_or(reached) as reached
    from by_place
    group by person
    union all
    select 'region', place, surveys, approved, rejected, invalidated, reached from by_place
    union all
    select 'group', code, surveys, approved, rejected, invalidated, reached from by_group
    union all
    select 'slice', slice, surveys, approved, rejected, invalidated, reached from by_slice
)
select axis, scope,
       sum(surveys)::bigint as surveys,
       sum(approved)::bigint as surveys_approved,
       sum(rejected)::bigint as surveys_rejected,
       sum(invalidated)::bigint as surveys_invalidated,
       count(*) filter (where surveys > 0) as persons_surveyed,
       count(*) filter (where approved > 0) as persons_approved,
       count(*) filter (where reached & 1 = 1) as persons_registered,
       count(*) filter (where reached & 2 = 2) as persons_designated,
       count(*) filter (where reached & 4 = 4) as persons_enrolled,
       count(*) filter (where reached & 8 = 8) as persons_completed,
       count(*) filter (where reached & 16 = 16) as persons_certified,
       count(*) filter (where reached & 64 = 64) as persons_dispatched,
       count(*) filter (where reached & 128 = 128) as persons_transferred,
       count(*) filter (where reached & 512 = 512) as persons_employed,
       count(*) filter (where reached & 1024 = 1024) as persons_stable,
       count(*) filter (where reached & 32 = 32) as persons_deceased,
       count(*) filter (where reached & 6 = 6) as enrolled_of_designated,
       count(*) filter (where reached & 9 = 9) as completed_of_registered,
       count(*) filter (where reached & 12 = 12) as completed_of_enrolled,
       count(*) filter (where reached & 24 = 24) as certified_of_completed,
       count(*) filter (where reached & 520 = 520) as employed_of_completed,
       count(*) filter (where reached & 136 = 136) as transferred_of_completed,
       count(*) filter (where reached & 384 = 384) as organised_of_transferred,
       count(*) filter (where reached & 1152 = 1152) as stable_of_transferred
from persons
group by axis, scope
