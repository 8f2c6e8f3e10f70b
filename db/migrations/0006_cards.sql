create schema cards;
grant usage on schema cards to dinhdanh_application, dinhdanh_maintenance;
