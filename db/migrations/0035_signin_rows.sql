-- What the provider keeps is changed often and in place: room on each page lets a row's next state lie beside it, without a change of the indexes.
alter table signin.artifact set (fillfactor = 75);
comment on column signin.artifact.expires_at is 'Until when its row is kept at least; what it says itself tells until when it counts. [public]';
comment on column signin.artifact.uid is 'Of a session of the provider: by which tokens know it; of a refresh token: the hash of the one that it was changed for. [public]';
