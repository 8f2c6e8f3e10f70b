-- An account is put on the phone of its holder, never on that of a neighbour who helps: the browser in which a group's
-- visit list is open is asked for by its device cookie, at each page of activation.
create index session_by_device on access_links.session (device_hash);
comment on column access_links.session.device_hash is 'SHA-256 of the browser''s device cookie: its own tries are counted apart, and no resident''s account is put on it while a group''s list is open. [secret]';
comment on column accounts.activation_step.why is 'Of stopped: no-sms, no-phone, wrong-phone, wrong-code, too-late-hotline, officer-device, helper-device, requested, activated, locked, card-missing, slip-over. [public]';
