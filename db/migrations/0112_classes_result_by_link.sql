-- What was said behind one link is read by whoever said it, the latest first, among all results of a province.
create index result_by_speaker on classes.result (by_id, at);
