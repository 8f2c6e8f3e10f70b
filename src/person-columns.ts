import type { PersonTable } from './register/register.ts'

/**
 * Every column of the database that names a person, and what becomes of it when two records are merged. A table that is
 * missing here fails a test (test/merged-records.test.ts), which reads the catalog: no new table is forgotten.
 * A table stands behind those that point at it where the database does not let a parent move first (cards).
 */

const table =
  (counts: boolean) =>
  (name: string, ...columns: readonly string[]): PersonTable => ({
    table: name,
    columns: columns.length > 0 ? columns : ['person_id'],
    counts,
  })

/** Moves, and goes back to the letter; who changes it later has built on the merge. */
const moves = table(true)

/**
 * Moves, and goes back to whose it was, as it has become meanwhile: sign-ins, messages, cases, and what the house
 * derives by itself from other facts.
 */
const follows = table(false)

export const personTables: readonly PersonTable[] = [
  moves('register.person'),
  moves('register.person_scope'),
  moves('register.name_word'),
  moves('register.number'),
  moves('register.number_lookup'),
  moves('register.old_number'),
  moves('register.phone'),
  moves('register.residence'),
  moves('register.household_member'),
  moves('register.kinship', 'person_id', 'related_person_id'),
  moves('register.history'),
  moves('register.absence'),
  moves('register.stay'),
  moves('register.guardianship', 'person_id', 'guardian_id'),
  moves('register.collection'),
  moves('register.correction'),
  moves('register.correction_change'),
  follows('families.link_child'),
  follows('access_links.link', 'subject_id'),
  moves('attachments.attachment'),
  follows('register.access_case'),
  follows('register.ended_case'),
  follows('register.counter_consent'),

  moves('cards.card'),
  moves('cards.revocation'),
  moves('cards.cancellation'),
  moves('cards.production'),
  moves('cards.personalised_chip'),
  moves('cards.chip_reading'),
  moves('cards.batch_card'),
  moves('cards.hand_over', 'person_id', 'to_person_id'),
  moves('cards.hand_over_line'),
  moves('cards.box_card'),
  moves('cards.location'),
  moves('cards.taken_in'),
  moves('cards.transition'),
  moves('cards.withholding'),
  moves('cards.order_finger'),
  moves('cards.card_order'),
  moves('cards.serial_lookup'),
  moves('cards.chip_lookup'),

  moves('accounts.account', 'person_id', 'representative_id'),
  moves('accounts.demand'),
  moves('accounts.lock'),
  moves('accounts.phone_change'),
  moves('accounts.portrait'),
  moves('accounts.raising'),
  moves('accounts.supplement'),
  moves('accounts.slip'),
  moves('accounts.slip_reset'),
  moves('accounts.slip_lookup'),
  moves('accounts.device'),
  moves('accounts.passcode'),
  moves('accounts.passkey'),
  moves('accounts.passkey_lookup'),
  moves('accounts.totp'),
  moves('accounts.recovery_code'),
  moves('accounts.transition'),
  follows('accounts.activation'),
  follows('accounts.activation_step'),
  follows('accounts.one_time_code'),

  moves('enrolment.application'),
  moves('enrolment.application_transition'),
  moves('enrolment.finding'),
  moves('enrolment.face_template'),
  moves('enrolment.engine_reference'),
  moves('enrolment.proposal'),
  follows('enrolment.packet'),
  follows('enrolment.receipt_lookup'),
  follows('enrolment.gap'),
  follows('exchange.question'),
  follows('decisions.held_decision'),
  moves('planning.roster'),
  moves('planning.family_notice'),
  moves('planning.booking'),
  moves('campaign.exception', 'person_id', 'other_id'),
  moves('campaign.house_list_entry'),
  moves('parties.sandbox_person'),
  moves('out_of_school.literacy'),
  moves('out_of_school.pursuit'),
  moves('data_protection.request'),

  follows('rolls.row', 'person_id', 'holder_id'),
  follows('rolls.candidate'),
  follows('rolls.refusal'),
  follows('rolls.released_number'),
  follows('rolls.leaver'),
  follows('rolls.ledger_event'),
  follows('follow_ups.follow_up'),

  follows('signin.session', 'person_id', 'child_id'),
  follows('signin.consent', 'person_id', 'child_id'),
  follows('signin.visit', 'person_id', 'child_id'),
  follows('signin.artifact'),
  follows('outreach.attempt'),
  follows('outreach.message'),
  follows('outreach.no_reminder'),
  follows('verification.wrong'),
]

/** Tables that name the record that ended for ever, or until the house has counted again, and why. */
export const tablesThatStay: Readonly<Record<string, string>> = {
  'audit.deed': 'sealed: what was done was done about that record',
  'audit.access': 'sealed: who read that record is told of that record',
  'inspection.pattern_person': 'which record was read',
  'inspection.person_day': 'which record was read',
  'register.merge': 'where the record went',
  'register.merged_row': 'what is put back when a merge is undone',
  'register.link_record': 'derived: deleted, and derived anew',
  'campaign.member': 'derived: counted anew at once',
  'out_of_school.kept_child': 'derived: counted anew at once',
  'campaign.kept_need': 'derived: counted anew at once',
  'campaign.need_due': 'the queue of who is counted anew',
  'campaign.former_member': 'the figures of past editions stay as they were',
  'statistics.milestone': 'derived: counted anew at once',
  'statistics.former_milestone': 'the figures of past editions stay as they were',
  'statistics.recount': 'the queue of who is counted anew',
}
