create schema accounts;
grant usage on schema accounts to dinhdanh_application, dinhdanh_maintenance;
