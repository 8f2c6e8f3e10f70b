-- A team goes to the home of somebody who cannot come. The home is a site of a kind of its own: whoever is asked there is
-- told of it, and no list of places.
alter table planning.site drop constraint site_kind_check;
alter table planning.site add constraint site_kind_check check (kind in ('school', 'hall', 'counter', 'home'));
comment on column planning.site.kind    is 'What it is; a home is told to those alone who are asked there. [public]';
comment on column planning.site.name    is 'What it is called; of a home, whose. [personal]';
comment on column planning.site.address is 'Where to find it, in words. [personal]';
