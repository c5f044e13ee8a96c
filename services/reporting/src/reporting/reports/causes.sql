-- Every fact that became known between two positions and bears on what these persons are counted in: what was said of
-- their steps (`kind`), and, with no kind, where they live and who they are.
with link as (
    select worker, other, event, position
    from {links}
    where position <= :known and (worker = any(cast(:persons as text[])) or other = any(cast(:persons as text[])))
),
member as (
    select person, person as worker from unnest(cast(:persons as text[])) as each (person)
    union
    select worker, other from link
    union
    select other, worker from link
),
bearing as (
    select member.person, step.kind, word.event
    from member
    join {steps} step on step.worker = member.worker
    cross join unnest(step.events, step.positions) as word (event, position)
    where word.position > :before and word.position <= :known
    union
    select member.person, 'COMPLETED', base.event
    from member
    join {steps} step on step.worker = member.worker and step.kind = 'COMPLETED'
    join {bases} base on base.institution = step.institution
    where base.position > :before and base.position <= :known
    union
    select member.person, null, home.event
    from member
    join {homes} home on home.worker = member.worker
    where home.position > :before and home.position <= :known
    union
    select each.person, null, link.event
    from link
    cross join lateral (values (link.worker), (link.other)) as each (person)
    where link.position > :before
)
select person, kind, event
from bearing
where person = any(cast(:persons as text[]))
order by person, event
