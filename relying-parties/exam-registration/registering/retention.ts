import type { Database } from '../database.ts'
import type { Exam } from '../exam.ts'
import { dayOf } from '../moment.ts'

const day = 86_400_000

/**
 * Deletes what is personal of exams whose last day of keeping is over, then candidates whom no exam needs. Gives how
 * many registrations went.
 */
export function forgetOver(db: Database, exams: readonly Exam[], now: number): number {
  return db.together(() => {
    let gone = 0
    for (const { id } of exams.filter(({ keepUntil }) => keepUntil < dayOf(now))) {
      gone += db.run('delete from registration where exam_id = ?', id)
      db.run('delete from draft where exam_id = ?', id)
      db.run('delete from queue_shift where exam_id = ?', id)
    }
    db.run(
      `delete from candidate where vouched_at < ?
          and not exists (select 1 from registration r where r.candidate_id = candidate.id)
       and not exists (select 1 from draft d where d.candidate_id = candidate.id)
       and not exists (select 1 from session s where s.candidate_id = candidate.id)
       and (temporary_code is null or ?)`,
      now - day,
      exams.every(({ keepUntil }) => keepUntil < dayOf(now)) ? 1 : 0,
    )
    db.run('delete from sign_in where started_at < ?', now - day)
    db.run('delete from logout_token where at < ?', now - day)
    return gone
  })
}
