create schema rolls;
grant usage on schema rolls to dinhdanh_application, dinhdanh_maintenance;
