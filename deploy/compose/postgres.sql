-- Roles and databases of the services: the owner migrates, the application's role gets its rights from the migrations.
create role registry_owner login;
create role registry_app login;
create database registry owner registry_owner;
revoke all on database registry from public;
grant connect on database registry to registry_app;

create role training_owner login;
create role training_app login;
create database training owner training_owner;
revoke all on database training from public;
grant connect on database training to training_app;

create role certification_owner login;
create role certification_app login;
create database certification owner certification_owner;
revoke all on database certification from public;
grant connect on database certification to certification_app;

create role placement_owner login;
create role placement_app login;
create database placement owner placement_owner;
revoke all on database placement from public;
grant connect on database placement to placement_app;

create role subsidy_owner login;
create role subsidy_app login;
create database subsidy owner subsidy_owner;
revoke all on database subsidy from public;
grant connect on database subsidy to subsidy_app;

create role reporting_owner login;
create role reporting_app login;
create database reporting owner reporting_owner;
revoke all on database reporting from public;
grant connect on database reporting to reporting_app;
