-- The log and what is kept beside it. Run once, by the owner of the database.
-- Facts (events, inbox, commands, postings) are only ever added, and only by the door.

create schema log;

create table log.head (
    only_row     boolean primary key default true check (only_row),
    incarnation  text not null,
    clock_offset interval not null default interval '0'
);
comment on table log.head is 'incarnation: a random name, new after a restore. clock_offset: tests only';

create table log.events (
    position       bigint not null,
    stream_id      text not null,
    version        integer not null check (version > 0),
    type           text not null,
    schema_version smallint not null,
    data           bytea not null check (octet_length(data) <= 262144),
    metadata       bytea not null check (octet_length(metadata) <= 65536),
    occurred_at    timestamptz not null,
    recorded_at    timestamptz not null,
    hash           bytea not null,
    primary key (stream_id, version)
);
create unique index events_position on log.events (position);

create table log.inbox (
    position        bigint primary key,
    source          text not null,
    id              text not null,
    stream_id       text not null,
    type            text not null,
    headers         bytea not null,
    data            bytea not null,
    hash            bytea not null,
    topic           text not null,
    kafka_partition integer not null,
    kafka_offset    bigint not null,
    recorded_at     timestamptz not null
);
create unique index inbox_identity on log.inbox (id, source);

create table log.unreadable (
    topic           text not null,
    kafka_partition integer not null,
    kafka_offset    bigint not null,
    reason          text not null,
    headers         bytea not null,
    data            bytea not null,
    hash            bytea not null,
    recorded_at     timestamptz not null default clock_timestamp(),
    primary key (topic, kafka_partition, kafka_offset, hash)
);
comment on table log.unreadable is 'messages without an identity: nothing can be deduplicated or ordered by them';

create table log.frozen_sources (
    source       text primary key,
    id           text not null,
    known_hash   bytea not null,
    arrived_hash bytea not null,
    since        timestamptz not null default clock_timestamp()
);
comment on table log.frozen_sources is 'a known id came with other bytes: that source lost its tail, or lies';

create table log.commands (
    id          text primary key,
    fingerprint bytea not null,
    outcome     smallint not null check (outcome in (0, 1, 2)),
    answer      bytea not null,
    version     integer not null,
    position    bigint not null,
    recorded_at timestamptz not null
);
comment on column log.commands.outcome is '0 accepted, 1 nothing to do, 2 refused';

create table log.guards (
    scope  text not null,
    key    text not null,
    holder text not null,
    event  text not null,
    primary key (scope, key)
);

create table log.postings (
    event   text not null,
    n       smallint not null,
    account text not null,
    amount  bigint not null,
    primary key (event, n)
);
create index postings_account on log.postings (account);

create table log.timers (
    stream_id text not null,
    name      text not null,
    due_at    timestamptz not null,
    event     text not null,
    primary key (stream_id, name)
);
create index timers_due on log.timers (due_at);

create table log.checkpoints (
    reader     text primary key,
    position   bigint not null,
    updated_at timestamptz not null default clock_timestamp()
);

create table log.parked (
    reader        text not null,
    stream_id     text not null,
    position      bigint not null,
    reason        text not null,
    attempts      integer not null default 1,
    since         timestamptz not null default clock_timestamp(),
    retry_asked   boolean not null default false,
    primary key (reader, stream_id)
);
comment on table log.parked is 'facts of the stream from this position on wait for this reader; they are read from the log at the retry';

create table log.relay_marks (
    topic           text not null,
    kafka_partition integer not null,
    kafka_offset    bigint not null,
    cluster         text not null,
    primary key (topic, kafka_partition)
);

create function log.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'facts are only ever added: % on %', tg_op, tg_table_name using errcode = '42501';
end $$;

create trigger only_added before update or delete on log.events for each row execute function log.refuse_change();
create trigger only_added before update or delete on log.inbox for each row execute function log.refuse_change();
create trigger only_added before update or delete on log.commands for each row execute function log.refuse_change();
create trigger only_added before update or delete on log.postings for each row execute function log.refuse_change();
create trigger not_emptied before truncate on log.events execute function log.refuse_change();
create trigger not_emptied before truncate on log.inbox execute function log.refuse_change();
create trigger not_emptied before truncate on log.commands execute function log.refuse_change();
create trigger not_emptied before truncate on log.postings execute function log.refuse_change();

create view log.readable as
select position, stream_id, version, type, schema_version, convert_from(data, 'utf8')::jsonb as data,
       convert_from(metadata, 'utf8')::jsonb as metadata, occurred_at, recorded_at
from log.events;
comment on view log.readable is 'for people with psql; the runtime reads bytes';
