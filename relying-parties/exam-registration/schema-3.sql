-- What an office or a school sends counts once, as what a candidate hands in does.
alter table candidate add column form_key text;
create unique index candidate_by_form on candidate (form_key);
alter table review add column form_key text;
create unique index review_by_form on review (form_key);
