import * as accounts from '../accounts/accounts.ts'
import * as attachments from '../attachments/attachments.ts'
import * as audit from '../audit/audit.ts'
import * as dataProtection from '../data-protection/data-protection.ts'
import * as outreach from '../outreach/outreach.ts'
import * as parties from '../parties/parties.ts'
import * as planning from '../planning/planning.ts'
import { dayAt, formatPartialDay } from '../platform/day.ts'
import type { Id } from '../platform/ids.ts'
import { ruleOn } from '../platform/law.ts'
import type { OpenWork } from '../platform/work.ts'
import * as register from '../register/register.ts'
import * as rolls from '../rolls/rolls.ts'
import * as signin from '../signin/signin.ts'
import { type AccessEntry, allAccesses, countAccesses } from './access-log-readers.ts'
import { readOverview, readRecord } from './citizens.ts'
import { copiesADay } from './law.ts'
import { isInForce, type PartyConsent, type PartyNames, type PartySignIn } from './page-consents.ts'
import { isOwnField } from './page-record.ts'
import { probingOf } from './probing.ts'
import { citizenProblem } from './problems.ts'
import { accountRefOf, asChanging, asHolder, asSubject, type Self } from './self.ts'

/**
 * Everything that the house keeps about a person, for that person: gathered once, written as a file
 * (docs/citizen-file.md) or as a page.
 */

/** Consents and visits of the one whom the page is about: the holder's own, or those that were for the child. */
const isOfSubject = ({ child }: Self, { childId }: { readonly childId: Id<'person'> | null }) =>
  child ? childId === child.personId : true

export async function readConsentsAndSignIns(
  openWork: OpenWork,
  self: Self,
  mostVisits?: number,
): Promise<{ consents: PartyConsent[]; visits: PartySignIn[]; names: PartyNames; now: Date }> {
  return openWork(asHolder(self), async work => {
    const consents = (await signin.consentsOfPerson(work, self.personId)).filter(one => isOfSubject(self, one))
    const visits = (await signin.visitsOfPerson(work, self.personId, mostVisits)).filter(one => isOfSubject(self, one))
    const named = await parties.getPartyNames(
      work,
      [...consents, ...visits].map(({ partyId }) => partyId),
    )
    return { consents, visits, names: new Map(named.map(one => [one.id, one])), now: work.now }
  })
}

/** Refuses who has fetched the file often today (own-copies-today): a session is no way to it for ever. */
const refuseManyCopies = (openWork: OpenWork, self: Self): Promise<void> =>
  openWork(asChanging(self), async work => {
    const today = dayAt(work.now)
    const made = (await audit.deedsOfName(work, self.subjectId, 'own-data.downloaded')).filter(
      ({ at }) => dayAt(at) === today,
    )
    if (made.length >= ruleOn(copiesADay, work.today, work)) throw citizenProblem('own-copies-today')
  })

/** Gathers the file, and records that it was made: it is a deed, and a reading of everything. */
export async function collectOwnData(openWork: OpenWork, self: Self) {
  await refuseManyCopies(openWork, self)
  const { subjectId } = self
  const own = await openWork(asSubject(self), async work => {
    const looks: AccessEntry[] = []
    for await (const look of allAccesses(work, subjectId)) looks.push(look)
    await audit.noteReading(work, [subjectId], ['everything'])
    return {
      guesses: await probingOf(work, subjectId),
      standing: await readOverview(work, subjectId),
      record: await readRecord(work, subjectId),
      movements: await register.ownMovements(work, subjectId),
      guardianships: await register.ownGuardianships(work, subjectId),
      letters: await outreach.lettersOf(work, subjectId),
      requests: await dataProtection.listRequestsOf(work, subjectId),
      papers: await attachments.papersOfPerson(work, subjectId),
      accounts: await accounts.findOwnAccounts(work, subjectId),
      rows: await rolls.listOwnRows(work),
      places: await planning.ownPlaces(work),
      bookings: await planning.ownBookings(work, subjectId),
      counts: await countAccesses(work, subjectId),
      looks,
      madeAt: work.now,
    }
  })
  const given = await readConsentsAndSignIns(openWork, self)
  const kept = await openWork(asHolder(self), async work => {
    await audit.record(
      work,
      'own-data.downloaded',
      { kind: 'person', id: subjectId, personId: subjectId },
      { forChild: self.child !== undefined },
    )
    // While a parent acts for a child, devices and passkeys are the parent's.
    if (self.child) return undefined
    return {
      holder: await accounts.getHolder(work, accountRefOf(self)),
      devices: await accounts.listDevices(work, accountRefOf(self)),
      passkeys: await accounts.listPasskeys(work, accountRefOf(self)),
      sessions: await signin.sessionsOfPerson(work, self.personId),
    }
  })
  return { ...own, ...given, kept }
}

export type OwnData = Awaited<ReturnType<typeof collectOwnData>>

function accountSection({ standing: { account }, kept, accounts: own }: OwnData) {
  if (!account) return null
  return {
    level: account.level,
    state: account.state,
    approved_at: account.approvedAt ?? null,
    activated_at: account.activatedAt ?? null,
    phone: own.accounts.find(({ state }) => state !== 'cancelled')?.phone ?? null,
    email: own.accounts.find(({ state }) => state !== 'cancelled')?.email ?? null,
    phone_ends_in: kept?.holder?.factors.phone ?? null,
    passcode: kept?.holder?.factors.passcode ?? null,
    authenticator_app: kept?.holder?.factors.totp ?? null,
    recovery_codes_left: kept?.holder?.factors.recoveryCodes ?? null,
    passkeys: (kept?.passkeys ?? []).map(({ name, addedAt, usedAt }) => ({ name, added_at: addedAt, used_at: usedAt })),
    devices: (kept?.devices ?? []).map(({ browser, knownAt, seenAt, endedAt }) => ({
      browser,
      known_at: knownAt,
      seen_at: seenAt,
      ended_at: endedAt,
    })),
    sessions: (kept?.sessions ?? []).map(({ browser, beganAt, seenAt, factors }) => ({
      browser,
      began_at: beganAt,
      seen_at: seenAt,
      factors,
    })),
  }
}

const registerSection = ({ record: { person, residences, corrections } }: OwnData) => ({
  numbers: person.numbers,
  old_numbers: person.oldNumbers,
  full_name: person.fullName,
  birth_date: formatPartialDay(person.birthDate),
  sex: person.sex,
  birth_registration_code: person.birthRegistrationCode ?? null,
  ethnicity: person.ethnicity ?? null,
  religion: person.religion ?? null,
  nationality: person.nationality ?? null,
  hometown: person.hometown ?? null,
  life_status: person.lifeStatus,
  residences: residences.map(({ kind, place, from, to }) => ({ kind, place, from: from ?? null, to: to ?? null })),
  household: person.household ? { number: person.household.number, relation: person.household.relation ?? null } : null,
  kin: person.kin.map(({ relation, name, birthYear }) => ({
    relation,
    name: name ?? null,
    birth_year: birthYear ?? null,
  })),
  phones: person.phones,
  corrections: corrections.map(({ state, form, changes, proposedOn, dueOn, decidedOn, reason }) => ({
    state,
    form,
    changes: changes.map(correctionSection),
    proposed_on: proposedOn,
    due_on: dueOn,
    decided_on: decidedOn ?? null,
    reason: reason ?? null,
  })),
  history: person.history.map(({ at, why, ...change }) => ({ ...correctionSection(change), why, at })),
})

/** Of what stands in the record about other people, that it changed and not to what. */
const correctionSection = (change: {
  readonly field: string
  readonly old?: string | undefined
  readonly new?: string | undefined
}) =>
  isOwnField(change.field)
    ? { field: change.field, old: change.old ?? null, new: change.new ?? null }
    : { field: change.field }

const partySection = (names: PartyNames, id: string) => {
  const name = names.get(id)
  return { party: name ? { vi: name.vi, en: name.en } : null }
}

/** The file: stable names, instants in UTC (RFC 3339), days as YYYY-MM-DD. */
export const ownDataFile = (gathered: OwnData) => ({
  format: 'dinhdanh-own-data/1',
  made_at: gathered.madeAt,
  not_included: ['portrait', 'fingerprints', 'passcode', 'keys', 'data-of-other-people'],
  register: registerSection(gathered),
  absences: gathered.movements.absences.map(({ from, to, reason, destination, declaredBy, endedOn, endedHow }) => ({
    from,
    to,
    reason,
    destination,
    declared_by: declaredBy,
    ended_on: endedOn ?? null,
    ended_how: endedHow ?? null,
  })),
  stays: gathered.movements.stays,
  guardianships: gathered.guardianships.map(({ ground, relation, paperKind, paper, from, to, endedOn }) => ({
    ground,
    relation,
    decision: paperKind,
    paper,
    from,
    to: to ?? null,
    ended_on: endedOn ?? null,
  })),
  cards: gathered.standing.cards.map(({ state, serial, issuedOn, until, place, since }) => ({
    state,
    serial: serial ?? null,
    issued_on: issuedOn ?? null,
    in_force_until: until ?? null,
    place: place ?? null,
    since: since ?? null,
  })),
  applications: gathered.standing.applications.map(({ code, unit, takenOn, card, steps, reason, awaited }) => ({
    receipt: code || null,
    unit,
    taken_on: takenOn,
    state: card,
    steps: steps.map(({ step, on }) => ({ step, on: on ?? null })),
    reason: reason ?? null,
    waiting_for: awaited ?? null,
  })),
  account: accountSection(gathered),
  former_accounts: gathered.accounts.accounts
    .filter(({ state }) => state === 'cancelled')
    .map(one => ({
      level: one.level,
      phone: one.phone,
      email: one.email,
      requested_at: one.requestedAt,
      approved_at: one.approvedAt,
      activated_at: one.activatedAt,
      ended_at: one.changedAt,
    })),
  locks: gathered.accounts.locks.map(({ reason, at, endedAt, endedFor }) => ({
    reason,
    at,
    ended_at: endedAt,
    ended_for: endedFor,
  })),
  phone_changes: gathered.accounts.phones.map(one => ({
    from: one.oldPhone,
    to: one.newPhone,
    proof: one.proof,
    at: one.at,
  })),
  school_rolls: gathered.rows.map(({ schoolYear, asOf, inForce, ...row }) => ({
    ...row,
    school_year: schoolYear,
    as_of: asOf,
    in_force: inForce,
  })),
  sessions: gathered.places.map(({ startsAt, walkIn, cameAt, absentReason, ...place }) => ({
    ...place,
    starts_at: startsAt,
    walk_in: walkIn,
    came_at: cameAt,
    absent_reason: absentReason,
  })),
  appointments: gathered.bookings.map(({ startsAt, bookedBy, confirmedAt, ...booking }) => ({
    ...booking,
    starts_at: startsAt,
    booked_by: bookedBy,
    confirmed_at: confirmedAt,
  })),
  consents: gathered.consents.map(one => ({
    ...partySection(gathered.names, one.partyId),
    client: one.clientId,
    scopes: one.scopes,
    refused: one.refused,
    purposes: one.purposes,
    given_at: one.givenAt,
    until: one.endsAt,
    ended_at: one.endedAt,
    in_force: isInForce(one, gathered.now),
    about_child: one.childId !== null,
  })),
  visits: gathered.visits.map(one => ({
    ...partySection(gathered.names, one.partyId),
    client: one.clientId,
    at: one.at,
    level: one.level,
    strength: one.strength,
    scopes: one.scopes,
    for_child: one.childId !== null,
  })),
  guesses: gathered.guesses.map(({ vi, en, from, to, wrongs, refused, isStopped }) => ({
    vi,
    en,
    from,
    to,
    wrongs,
    refused,
    stopped: isStopped,
  })),
  looks: gathered.looks.map(({ at, by, purpose, fields, about }) => ({ at, by, purpose, fields, case: about ?? null })),
  data_requests: gathered.requests.map(one => ({
    kind: one.kind,
    words: one.words,
    filed_at: one.receivedAt,
    due_on: one.dueOn,
    state: one.state,
    outcome: one.outcome ?? null,
    ground: one.ground ?? null,
    answer: one.answer ?? null,
    ended_at: one.endedAt ?? null,
  })),
  papers: gathered.papers.map(one => ({
    case: one.caseKind,
    paper: one.paper,
    type: one.type,
    bytes: one.bytes,
    sha256: one.keptSha256,
    added_at: one.addedAt ?? null,
    erased_at: one.erasedAt ?? null,
    content: one.content?.toString('base64') ?? null,
  })),
  messages: gathered.letters.map(({ template, kind, address, subject, body, state, queuedAt, endedAt }) => ({
    template,
    by: kind,
    to: address,
    subject,
    body,
    state,
    queued_at: queuedAt,
    ended_at: endedAt,
  })),
})
