import type { Database } from '../database.ts'
import type { Exam } from '../exam.ts'
import type { Clock } from '../moment.ts'
import { dayOf } from '../moment.ts'
import { hashPassword, isPassword, newPassword } from '../secret.ts'
import { type Registration, registrationById } from './registration.ts'

/** Of the office for candidates, which sees every school. */
export const everySchool = '*'

export type Staff = { readonly login: string; readonly name: string; readonly school: string }

export const findStaff = (db: Database, login: string) =>
  db.find<Staff>('select login, name, school from staff where login = ?', login)

/** The staff member of this login and password, taking as long where there is none. */
export async function checkStaff(db: Database, login: string, password: string): Promise<Staff | undefined> {
  const kept = db.find<Staff & { password: string }>(
    'select login, name, school, password from staff where login = ?',
    login,
  )
  return (await isPassword(password, kept?.password)) && kept
    ? { login: kept.login, name: kept.name, school: kept.school }
    : undefined
}

/** Enters staff, or gives a new password to who is there; the passwords are told once. */
export async function enterStaff(db: Database, staff: readonly Staff[]): Promise<(Staff & { password: string })[]> {
  const entered = await Promise.all(
    staff.map(async one => {
      const password = newPassword()
      return { ...one, password, kept: await hashPassword(password) }
    }),
  )
  db.together(() => {
    for (const { login, name, school, kept } of entered) {
      db.run(
        `insert into staff values (?1, ?2, ?3, ?4) on conflict (login)
          do update set name = ?2, school = ?3, password = ?4`,
        login,
        name,
        school,
        kept,
      )
      db.run('delete from session where staff_login = ?', login)
    }
  })
  return entered.map(({ kept: _kept, ...one }) => one)
}

/** Reads `login,school,name` lines. Throws with the line that is wrong; then nobody is entered. */
export function readStaff(text: string, exams: readonly Exam[]): Staff[] {
  const schools = new Set([everySchool, ...exams.flatMap(exam => exam.schools.map(({ code }) => code))])
  const [head, ...lines] = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map(line => line.trim())
  if (head !== 'login,school,name') throw new Error('the first line is: login,school,name')
  return lines.flatMap((line, at) => {
    if (!line) return []
    const [login = '', school = '', ...name] = line.split(',').map(part => part.trim())
    if (!/^[a-z0-9-]{3,40}$/.test(login)) throw new Error(`line ${at + 2}: a login is 3 to 40 of a–z, 0–9 and -`)
    if (!schools.has(school))
      throw new Error(`line ${at + 2}: there is no school ${school}; * is the office for candidates`)
    if (!name.join('')) throw new Error(`line ${at + 2}: the name is missing`)
    return [{ login, school, name: name.join(', ') }]
  })
}

export const sees = (staff: Staff, { school }: { readonly school: string }) =>
  staff.school === everySchool || staff.school === school

export type Verdict = 'confirmed' | 'returned' | 'printed'
export type ReviewOutcome = 'done' | 'unknown' | 'changed-meanwhile' | 'reason-missing' | 'over'

/**
 * A verdict on a version that was seen; one that has been changed meanwhile is looked at anew. Returning ends with the
 * review, checking the print with its own day.
 */
export function judge(
  db: Database,
  exam: Exam,
  staff: Staff,
  given: {
    readonly id: string
    readonly version: number
    readonly verdict: Verdict
    readonly reason?: string
    readonly formKey: string
  },
  clock: Clock,
): ReviewOutcome {
  return db.together(() => {
    const registration = registrationById(db, given.id)
    if (!registration || registration.examId !== exam.id || !sees(staff, registration)) return 'unknown'
    // Sent again, by a second press or from an earlier page: it counts once, and undoes nothing that was judged since.
    const formKey = `${given.formKey} ${given.verdict}`
    if (db.find('select 1 from review where form_key = ?', formKey)) return 'done'
    if (registration.version !== given.version) return 'changed-meanwhile'
    const reason = given.reason?.trim() ?? ''
    if (given.verdict === 'returned' && !reason) return 'reason-missing'
    const now = clock()
    if (dayOf(now) > (given.verdict === 'returned' ? exam.review.until : exam.review.printedUntil)) return 'over'
    db.run(
      `insert into review (registration_id, version, outcome, reason, staff_login, at, form_key)
        values (?, ?, ?, ?, ?, ?, ?)`,
      given.id,
      given.version,
      given.verdict,
      given.verdict === 'returned' ? reason : null,
      staff.login,
      now,
      formKey,
    )
    if (given.verdict !== 'printed') db.run('update registration set state = ? where id = ?', given.verdict, given.id)
    return 'done'
  })
}

export type Review = {
  readonly version: number
  readonly outcome: Verdict
  readonly reason: string | null
  readonly staff: string
  readonly at: number
}

export const listReviews = (db: Database, registrationId: string) =>
  db.list<Review>(
    `select w.version, w.outcome, w.reason, coalesce(s.name, w.staff_login) as staff, w.at
     from review w left join staff s on s.login = w.staff_login where w.registration_id = ? order by w.at`,
    registrationId,
  )

const collator = new Intl.Collator('vi')
/** Given name, then family name, then the middle: as class lists are sorted (the given name stands last). */
const sortKey = (name: string) => {
  const words = name.split(' ')
  return [words.at(-1) ?? '', words[0] ?? '', words.slice(1, -1).join(' ')]
}

export function byGivenName(a: Registration, b: Registration): number {
  const [left, right] = [sortKey(a.person.fullName), sortKey(b.person.fullName)]
  const order = left.map((word, at) => collator.compare(word, right[at] ?? '')).find(difference => difference !== 0)
  return order ?? (a.code < b.code ? -1 : 1)
}
