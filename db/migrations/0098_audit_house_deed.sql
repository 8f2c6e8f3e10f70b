-- What the installation itself recorded is told to the officers whose unit it concerns, as what other officers did is.
create view audit.published_house_deed with (security_invoker = true) as
select id, at, day, by_id, deed, subject_kind, subject_id, unit_id from audit.deed d where by_kind = 'system';
comment on view audit.published_house_deed is 'What the installation did by itself: which deed, about what, in which unit.';
grant select on audit.published_house_deed to dinhdanh_app, dinhdanh_maintenance;
