-- Every worker who is one person with this one, the one that stands for all first.
with newest as (
    select distinct on (worker, other) worker, other, same, decided_at
    from {links}
    order by worker, other, version desc
),
linked as (
    select distinct on (other) other, worker
    from newest
    where same
    order by other, decided_at desc, worker
),
canonical as (
    select coalesce((select worker from linked where other = :worker), :worker) as worker
)
select worker from canonical
union all
(select linked.other from linked join canonical using (worker) order by linked.other)
