-- Moments of a queue are moved back, too, and whom it concerns is known by place: a clock that was set back says nothing of who came before.
create table queue_shift (
  exam_id  text    not null,
  from_at  integer not null,
  moved_by integer not null check (moved_by <> 0),
  places   integer,
  -- Of the first release, which knew whom it concerns by when their ticket was given out.
  issued_before integer,
  check ((places is null) <> (issued_before is null))
) strict;
create index queue_shift_by_exam on queue_shift (exam_id);
insert into queue_shift (exam_id, from_at, moved_by, issued_before)
  select exam_id, from_at, moved_by, until_at from queue_pause order by from_at, rowid;
drop table queue_pause;
