create schema register;
grant usage on schema register to dinhdanh_application, dinhdanh_maintenance;
