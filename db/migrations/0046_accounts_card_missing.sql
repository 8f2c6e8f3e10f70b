-- An activation stops where the card, or the application, on which level 2 rests has ended.
comment on column accounts.activation_step.why is 'Of stopped: no-sms, no-phone, wrong-phone, wrong-code, too-late-hotline, officer-device, requested, activated, locked, card-missing, slip-over. [public]';
