-- What was tried that would serve more people of a plan in time (src/planning/plan-explanations/).
alter table planning.plan add column remedies jsonb;
comment on column planning.plan.remedies is 'What would serve more people in time, by trying, or how far that is; none where nobody asked. [public]';
