-- The border to other provinces. Run once, after the log, by the owner of the database.

create table log.envelopes (
    sender      text not null,
    series      bigint not null,
    number      bigint not null check (number > 0),
    head        bytea not null,
    envelope    bytea not null check (octet_length(envelope) <= 1048576),
    recorded_at timestamptz not null,
    primary key (sender, series, number)
);
comment on table log.envelopes is 'what other provinces sent, as they signed it; the newest is what receipts name';

create trigger only_added before update or delete on log.envelopes for each row execute function log.refuse_change();
create trigger not_emptied before truncate on log.envelopes execute function log.refuse_change();

create table log.pairs (
    region           text primary key,
    agreed           text,
    touched          bigint not null default 0,
    waits            text,
    frozen           text,
    frozen_series    bigint not null default 0,
    since            timestamptz,
    receipted_series bigint not null default 0,
    receipted_number bigint not null default 0,
    receipted_head   bytea not null default '',
    receipt          bytea,
    receipt_at       timestamptz,
    incarnation      text not null default '',
    asked            bigint not null default 0,
    disputed         text,
    sent_series      bigint not null default 0,
    sent_number      bigint not null default 0,
    heard            text not null default ''
);
comment on column log.pairs.agreed is 'incarnation of our log under which both sides have what the other receipted';
comment on column log.pairs.touched is 'counts what came in, so that each is answered with a receipt';
comment on column log.pairs.waits is 'why the last that came is not stored: it comes again';
comment on column log.pairs.receipt is 'the newest receipt as the other side signed it; the columns around it are what it says';
comment on column log.pairs.asked is 'counts receipts that said that something is missing';

alter table log.head add column restored_at timestamptz;
comment on column log.head.restored_at is 'when the log got a new incarnation after a restore; null where it never did';
