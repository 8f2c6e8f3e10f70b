create schema units;
grant usage on schema units to dinhdanh_application, dinhdanh_maintenance;
