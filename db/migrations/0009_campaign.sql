create schema campaign;
grant usage on schema campaign to dinhdanh_application, dinhdanh_maintenance;
