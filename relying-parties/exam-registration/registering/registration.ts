import { randomUUID } from 'node:crypto'
import type { Database } from '../database.ts'
import type { Answers, Exam } from '../exam.ts'
import type { Clock } from '../moment.ts'
import type { Queue } from '../queue/queue.ts'
import type { Ticket } from '../queue/ticket.ts'
import { type Within, withinOf } from '../queue/time-window.ts'
import { areComplete } from './answers.ts'
import { bindTicket, type Candidate, getCandidate } from './candidate.ts'
import { newReceiptCode, type ReceiptCode } from './identifier.ts'

export type RegistrationState = 'submitted' | 'confirmed' | 'returned'

/** A registration in its latest version. */
export type Registration = {
  readonly id: string
  readonly examId: string
  readonly candidateId: string
  readonly code: ReceiptCode
  readonly school: string
  readonly version: number
  readonly state: RegistrationState
  readonly answers: Answers
  /** The person as vouched for when this version was handed in. */
  readonly person: Candidate
  readonly within: Within
  readonly committedAt: number
  /** Why the school returned it, where it did. */
  readonly reason: string | null
}

type Row = Omit<Registration, 'answers' | 'person'> & { readonly answers: string; readonly person: string }

const selected = `select r.id, r.exam_id as "examId", r.candidate_id as "candidateId", r.code, r.school, r.version,
    r.state,
    v.answers, v.person, v.within, v.committed_at as "committedAt",
    (select w.reason from review w where w.registration_id = r.id and w.outcome = 'returned' order by w.at desc
      limit 1) as reason
  from registration r join version v on v.registration_id = r.id and v.version = r.version`

const asRegistration = ({ answers, person, ...row }: Row): Registration => ({
  ...row,
  answers: JSON.parse(answers) as Answers,
  person: JSON.parse(person) as Candidate,
})

const one = (row: Row | undefined) => row && asRegistration(row)

export const findRegistration = (db: Database, examId: string, candidateId: string) =>
  one(db.find<Row>(`${selected} where r.exam_id = ? and r.candidate_id = ?`, examId, candidateId))

export const findByReceipt = (db: Database, code: ReceiptCode) =>
  one(db.find<Row>(`${selected} where r.code = ?`, code))

export const registrationById = (db: Database, id: string) => one(db.find<Row>(`${selected} where r.id = ?`, id))

/** All of a school, or of every school. */
export const listRegistrations = (db: Database, examId: string, school?: string) =>
  db
    .list<Row>(
      `${selected} where r.exam_id = ?1 and (?2 is null or r.school = ?2) order by r.code`,
      examId,
      school ?? null,
    )
    .map(asRegistration)

export type Draft = { readonly answers: Answers; readonly revision: number }

/** What was filled in last: the draft, else what is registered, else nothing. */
export function draftOf(db: Database, examId: string, candidateId: string): Draft {
  const row = db.find<{ answers: string; revision: number }>(
    'select answers, revision from draft where exam_id = ? and candidate_id = ?',
    examId,
    candidateId,
  )
  if (row) return { answers: JSON.parse(row.answers) as Answers, revision: row.revision }
  return { answers: findRegistration(db, examId, candidateId)?.answers ?? {}, revision: 0 }
}

/** Keeps what is filled in; the revision is one more than before, whoever wrote that. */
export const saveDraft = (db: Database, examId: string, candidateId: string, answers: Answers, now: number) =>
  db.run(
    `insert into draft values (?1, ?2, ?3, 1, ?4)
     on conflict (exam_id, candidate_id) do update set answers = ?3, revision = revision + 1, changed_at = ?4`,
    examId,
    candidateId,
    JSON.stringify(answers),
    now,
  )

export type HandIn = {
  readonly candidateId: string
  /** The form's own key: a form counts once, however often it is sent. */
  readonly formKey: string
  /** What the form showed: the draft's revision and the registered version it would follow. */
  readonly revision: number
  readonly base: number
  readonly ticket?: Ticket | undefined
}

export type HandInOutcome =
  | { readonly outcome: 'registered' | 'already'; readonly code: ReceiptCode }
  | { readonly outcome: 'closed' | 'not-let-in' | 'ticket-of-another' | 'changed-elsewhere' | 'incomplete' }

/**
 * Registers what the draft holds, or a new version of what is registered. All of it or nothing, and it is on the disk
 * when this returns. Whether it is in time is judged by the clock read inside this one transaction, before which and
 * after which nothing of another request runs.
 */
export function handIn(db: Database, exam: Exam, queue: Queue, given: HandIn, clock: Clock): HandInOutcome {
  return db.together(() => {
    const { candidateId, formKey, ticket } = given
    const sent = db.find<{ code: ReceiptCode }>(
      `select r.code from version v join registration r on r.id = v.registration_id
       where v.form_key = ? and r.candidate_id = ? and r.exam_id = ?`,
      formKey,
      candidateId,
      exam.id,
    )
    if (sent) return { outcome: 'already', code: sent.code }

    const standing = findRegistration(db, exam.id, candidateId)
    const draft = draftOf(db, exam.id, candidateId)
    if (draft.revision !== given.revision || (standing?.version ?? 0) !== given.base)
      return { outcome: 'changed-elsewhere' }

    const now = clock()
    const letInAt = ticket ? queue.letInAt(ticket) : Number.POSITIVE_INFINITY
    const within = withinOf(exam, now, { ticket, letInAt, returned: standing?.state === 'returned' })
    if (!within)
      return { outcome: ticket && ticket.issuedAt < exam.closesAt && now < letInAt ? 'not-let-in' : 'closed' }
    if (within === 'ticket' && ticket && !bindTicket(db, ticket.id, candidateId, now))
      return { outcome: 'ticket-of-another' }

    const person = getCandidate(db, candidateId)
    if (!areComplete(exam, draft.answers, person.birthdate)) return { outcome: 'incomplete' }
    const code = write(db, exam, {
      standing,
      draft,
      person,
      within,
      formKey,
      ticketId: within === 'ticket' ? ticket?.id : undefined,
      now,
    })
    return { outcome: 'registered', code }
  })
}

type Written = {
  readonly standing: Registration | undefined
  readonly draft: Draft
  readonly person: Candidate
  readonly within: Within
  readonly formKey: string
  readonly ticketId: string | undefined
  readonly now: number
}

function write(
  db: Database,
  exam: Exam,
  { standing, draft, person, within, formKey, ticketId, now }: Written,
): ReceiptCode {
  const id = standing?.id ?? randomUUID()
  const code = standing?.code ?? newReceiptCode()
  const version = (standing?.version ?? 0) + 1
  const school = draft.answers['school']?.[0] ?? ''
  if (standing)
    db.run(`update registration set version = ?, school = ?, state = 'submitted' where id = ?`, version, school, id)
  else db.run(`insert into registration values (?, ?, ?, ?, ?, 1, 'submitted')`, id, exam.id, person.id, code, school)
  db.run(
    'insert into version values (?, ?, ?, ?, ?, ?, ?, ?)',
    id,
    version,
    JSON.stringify(draft.answers),
    JSON.stringify(person),
    formKey,
    within,
    ticketId ?? null,
    now,
  )
  db.run('delete from draft where exam_id = ? and candidate_id = ?', exam.id, person.id)
  return code
}

export type Version = {
  readonly version: number
  readonly committedAt: number
  readonly within: Within
  readonly answers: Answers
}

export const listVersions = (db: Database, registrationId: string): Version[] =>
  db
    .list<Omit<Version, 'answers'> & { answers: string }>(
      `select version, committed_at as "committedAt", within, answers from version where registration_id = ?
        order by version`,
      registrationId,
    )
    .map(({ answers, ...row }) => ({ ...row, answers: JSON.parse(answers) as Answers }))
