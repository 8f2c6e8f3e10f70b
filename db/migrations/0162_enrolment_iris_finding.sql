-- Irises are captured from July 2024 on; what the capture says of them stands as a finding of its own.

alter table enrolment.finding drop constraint finding_kind_check;
alter table enrolment.finding add constraint finding_kind_check check (kind in (
  'data', 'duplicate', 'portrait', 'fingerprints', 'iris', 'signature', 'clock', 'face-match', 'face-duplicate',
  'biometric-duplicate'));
