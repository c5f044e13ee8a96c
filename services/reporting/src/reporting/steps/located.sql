-- What persons had reached by a day, as far as it was known at {known}, each in its row of the report.
-- Common table expressions, without `with`: they stand beside those of another position in one statement.
newest_link as (
    select distinct on (worker, other) worker, other, same, decided_at
    from {links}
    where position <= {known}
    order by worker, other, version desc
),
linked as (
    select distinct on (other) other as worker, worker as person
    from newest_link
    where same
    order by other, decided_at desc, worker
),
home as (
    select worker, region, written_on, since,
           lead(since, 1, date 'infinity') over (partition by worker order by since, version) as until
    from {homes}
    where position <= {known}
),
area as (
    select *
    from unnest(cast(:codes as text[]), cast(:since as date[]), cast(:until as date[]), cast(:places as text[]))
        as area (code, since, until, place)
),
fallen as materialized (
    select revoked.institution, revoked.void_from, min(coalesce(again.day, date 'infinity')) as until
    from {bases} revoked
    left join {bases} again on again.institution = revoked.institution
        and again.accredited and again.day > revoked.day and again.position <= {known}
    where revoked.void_from is not null and revoked.position <= {known}
    group by revoked.event, revoked.institution, revoked.void_from
),
word as (
    -- the last word that is known counts; its day is the first since the step began to count, else the step's own
    select step, kind, worker, region, written_on, groups, training_class, institution, occupation,
           counts[1] as counts, days[1] as day
    from {steps}
    where cardinality(positions) = 1 and positions[1] <= {known}
    union all
    select step.step, kind, worker, region, written_on, groups, training_class, institution, occupation,
           step.counts[last.n], coalesce(first.day, step.days[1])
    from {steps} step
    cross join lateral (
        select max(said.n) as n
        from unnest(step.positions) with ordinality as said (position, n)
        where said.position <= {known}
    ) last
    cross join lateral (
        select min(said.day) as day
        from unnest(step.days, step.counts, step.positions) with ordinality as said (day, counts, position, n)
        where said.counts and said.position <= {known} and said.n <= last.n and not false = any(step.counts[said.n:last.n])
    ) first
    where cardinality(step.positions) > 1
),
said as (
    select word.*, coalesce(linked.person, word.worker) as person
    from word
    left join linked on linked.worker = word.worker
),
reached as (
    select *
    from said
    where counts is not null and day <= cast(:as_of as date) and (counts or kind = 'SURVEYED')
      and not (kind = 'COMPLETED' and exists (
          select from fallen
          where fallen.institution = said.institution and fallen.void_from <= said.day and said.day < fallen.until))
),
located as (
    select reached.*, area.place
    from reached
    left join home on reached.region is null and home.worker = reached.person
        and home.since <= reached.day and reached.day < home.until
    join area on area.code = coalesce(reached.region, home.region)
        and area.since <= coalesce(reached.written_on, home.written_on)
        and coalesce(reached.written_on, home.written_on) < area.until
)
