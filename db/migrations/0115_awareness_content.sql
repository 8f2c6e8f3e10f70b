-- What was said at an activity has the name that the console and the forms give it.
alter table awareness.activity rename column told to content;
