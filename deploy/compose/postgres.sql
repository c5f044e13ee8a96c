-- Roles and databases of the services: the owner migrates, the application's role gets its rights from the migrations.
create role registry_owner login;
create role registry_app login;
create database registry owner registry_owner;
revoke all on database registry from public;
grant connect on database registry to registry_app;

create role reporting_owner login;
create role reporting_app login;
create database reporting owner reporting_owner;
revoke all on database reporting from public;
grant connect on database reporting to reporting_app;
