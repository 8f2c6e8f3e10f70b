alter table signin.consent add column purposes jsonb;
comment on column signin.consent.purposes is 'For what, of each scope that was asked for, in the sentences of that moment: {scope: {"vi", "en"}}; empty where it was given before they were kept. [public]';
