-- The newest steps of a person, with what was paid to organisations for the person's claims.
select *
from {journey}
where worker = any(cast(:workers as text[]))
   or worker is null and claim in (select claim from {journey} where worker = any(cast(:workers as text[])))
order by happened_at desc, version desc, event
limit :most
