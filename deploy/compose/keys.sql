-- The keys of personal data, in an instance of their own.
create role registry_keys_owner login;
create role registry_keys_app login;
create database registry_keys owner registry_keys_owner;
revoke all on database registry_keys from public;
grant connect on database registry_keys to registry_keys_app;
