-- Every code that a job names.
select home as code from {work} where home is not null union select place from {work}
