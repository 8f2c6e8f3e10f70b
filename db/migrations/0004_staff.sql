create schema staff;
grant usage on schema staff to dinhdanh_application, dinhdanh_maintenance;
