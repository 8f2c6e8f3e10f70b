import { randomUUID } from 'node:crypto'
import type { Database } from '../database.ts'
import type { Exam } from '../exam.ts'
import { hashOf, hashPassword } from '../secret.ts'
import { isPersonNumber, newTemporaryCode, type PersonNumber, type TemporaryCode } from './identifier.ts'

/**
 * What somebody vouches for of a person: the identity provider, or the office that has seen the papers of who has no
 * number.
 */
export type Person = {
  readonly fullName: string
  readonly birthdate: string
  readonly gender: 'male' | 'female'
  readonly residence: string | null
  readonly phone: string | null
}

export type Candidate = Person & {
  readonly id: string
  readonly personNumber: PersonNumber | null
  readonly temporaryCode: TemporaryCode | null
  readonly paper: string | null
  readonly vouchedAt: number
}

export type Claims = Readonly<Record<string, unknown>>

/** The claims that the exam cannot do without and that were not given, by name. */
export const missingClaims = (exam: Exam, claims: Claims) =>
  exam.claims.required.filter(name => typeof claims[name] !== 'string' || claims[name] === '')

const textOf = (value: unknown) => (typeof value === 'string' && value.trim() ? value.trim() : null)

/** Residence comes as a text, or in the shape of OpenID Connect's address claim (Core 5.1.1). */
function residenceOf(value: unknown): string | null {
  if (typeof value === 'object' && value !== null && 'formatted' in value) return textOf(value.formatted)
  return textOf(value)
}

/** The person of a set of claims; undefined where a claim is not what its name says. */
export function personOf(claims: Claims): (Person & { personNumber: PersonNumber }) | undefined {
  const [fullName, birthdate, gender, number] = [
    claims['name'],
    claims['birthdate'],
    claims['gender'],
    claims['person_number'],
  ].map(textOf)
  if (!fullName || !birthdate || !/^\d{4}(-\d\d(-\d\d)?)?$/.test(birthdate) || !number || !isPersonNumber(number))
    return undefined
  if (gender !== 'male' && gender !== 'female') return undefined
  return {
    fullName: fullName.normalize('NFC'),
    birthdate,
    gender,
    personNumber: number,
    residence: residenceOf(claims['residence']),
    phone: textOf(claims['phone_number']),
  }
}

const columns = `id, person_number as "personNumber", temporary_code as "temporaryCode",
  full_name as "fullName", birthdate, gender, residence, phone, paper, vouched_at as "vouchedAt"`

export const getCandidate = (db: Database, id: string): Candidate => {
  const candidate = db.find<Candidate>(`select ${columns} from candidate where id = ?`, id)
  if (!candidate) throw new Error('a session or registration names a candidate who is not here')
  return candidate
}

/**
 * The candidate of an account: known by its subject, else by the number that the provider vouches for, else new. What
 * is vouched for is brought up to date.
 */
export function admitAccount(
  db: Database,
  { issuer, subject }: { issuer: string; subject: string },
  person: Person & { personNumber: PersonNumber },
  now: number,
): string {
  return db.together(() => {
    const byNumber = db.find<{ id: string }>('select id from candidate where person_number = ?', person.personNumber)
    const bySubject = db.find<{ id: string }>(
      'select candidate_id as id from identity where issuer = ? and subject = ?',
      issuer,
      subject,
    )
    const id = byNumber?.id ?? bySubject?.id ?? randomUUID()
    db.run(
      `insert into candidate (id, person_number, full_name, birthdate, gender, residence, phone, vouched_at)
        values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
       on conflict (id)
       do update set person_number = ?2, full_name = ?3, birthdate = ?4, gender = ?5, residence = ?6, phone = ?7,
         vouched_at = ?8`,
      id,
      person.personNumber,
      person.fullName,
      person.birthdate,
      person.gender,
      person.residence,
      person.phone,
      now,
    )
    db.run(
      'insert into identity values (?1, ?2, ?3) on conflict (issuer, subject) do update set candidate_id = ?3',
      issuer,
      subject,
      id,
    )
    return id
  })
}

type WithoutNumber = Omit<Person, 'phone' | 'residence'> & { readonly paper: string }

/** Who was given a temporary code. */
export type Coded = WithoutNumber & { readonly code: TemporaryCode }

const coded = `select temporary_code as code, full_name as "fullName", birthdate, gender, paper from candidate`

/** Who was given a code by this very form. */
export const findByForm = (db: Database, formKey: string) =>
  db.find<Coded>(`${coded} where form_key = ?`, hashOf(formKey))

const folded = (paper: string) => paper.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')

/**
 * Who was given a code on the same paper; a paper that is nobody's own, such as "birth certificate", tells by the day
 * of birth.
 */
export const findByPaper = (db: Database, { paper, birthdate }: Pick<WithoutNumber, 'paper' | 'birthdate'>) =>
  db
    .list<Coded>(`${coded} where temporary_code is not null and birthdate = ? order by vouched_at`, birthdate)
    .find(one => folded(one.paper) === folded(paper))

/**
 * Makes a candidate for who has no number, from papers that an office has seen; once a form. The password is told to
 * who holds the form, and kept as a hash.
 */
export async function admitWithoutNumber(
  db: Database,
  person: WithoutNumber,
  { formKey, password, madeBy }: { readonly formKey: string; readonly password: string; readonly madeBy: string },
  now: number,
): Promise<{ outcome: 'made' | 'already'; coded: Coded }> {
  const kept = findByForm(db, formKey) ? '' : await hashPassword(password)
  const isNew = kept
    ? db.run(
        `insert into candidate (id, temporary_code, full_name, birthdate, gender, paper, made_by, password, vouched_at,
              form_key)
         values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (form_key) do nothing`,
        randomUUID(),
        newTemporaryCode(),
        person.fullName,
        person.birthdate,
        person.gender,
        person.paper,
        madeBy,
        kept,
        now,
        hashOf(formKey),
      ) === 1
    : false
  const found = findByForm(db, formKey)
  if (!found) throw new Error('a code was made and is not there')
  return { outcome: isNew ? 'made' : 'already', coded: found }
}

export const findByCode = (db: Database, code: TemporaryCode) =>
  db.find<{ id: string; password: string }>('select id, password from candidate where temporary_code = ?', code)

/** Binds a ticket to its first user; false where it is somebody else's. */
export function bindTicket(db: Database, ticketId: string, candidateId: string, now: number): boolean {
  const holder = db.find<{ candidateId: string }>(
    'select candidate_id as "candidateId" from ticket_use where ticket_id = ?',
    ticketId,
  )
  if (holder) return holder.candidateId === candidateId
  return db.run('insert into ticket_use values (?, ?, ?) on conflict do nothing', ticketId, candidateId, now) === 1
}
