-- What was said last of each job of a person: its start, its newest month, its end; and of being without one.
select distinct on (told_by, employment, said) *
from {work}
where worker = any(cast(:workers as text[]))
order by told_by, employment, said, day desc, version desc
