import { setTimeout } from 'node:timers/promises'
import * as audit from '../../src/audit/audit.ts'
import { consequences } from '../../src/consequences.ts'
import type { Authority } from '../../src/platform/work.ts'
import { jobs } from '../../src/rolls/jobs.ts'
import type { RollKind, RowState } from '../../src/rolls/roll.ts'
import * as rolls from '../../src/rolls/rolls.ts'
import * as units from '../../src/units/units.ts'
import type { TestHouse } from '../house.ts'
import { handWritten, type Typed } from './hand-written.ts'

export const head = [
  'STT',
  'Họ và tên',
  'Lớp',
  'Ngày sinh',
  'Giới tính',
  'Số CCCD',
  'Nơi thường trú',
  'Họ tên mẹ',
  'Điện thoại',
]

/** A pupil's line; what is left out is empty. */
export type ALine = {
  readonly name: string
  readonly class?: string
  readonly born?: string
  readonly sex?: 'Nam' | 'Nữ'
  readonly number?: string
  readonly home?: string
  readonly mother?: string
  readonly phone?: string
}

export const asRoll = (lines: readonly ALine[]): Promise<Buffer> =>
  handWritten({
    name: 'DS',
    rows: [
      head,
      ...lines.map((one, i): Typed[] => [
        i + 1,
        one.name,
        one.class ?? '12A1',
        one.born ?? null,
        one.sex ?? null,
        one.number ?? null,
        one.home ?? null,
        one.mother ?? null,
        one.phone ?? null,
      ]),
    ],
  })

export type Entry = {
  readonly id: string
  readonly place: number
  readonly name: string
  readonly class: string | null
  readonly state: RowState
  readonly personId: string | null
  readonly decision: string | null
  readonly contested: boolean
  readonly scoredAt: Date
  readonly defects: readonly string[]
  readonly followedFrom: string | null
}

/** The house's own consequences hold, and its jobs run when the test says so. */
export async function schoolsOf(
  house: TestHouse,
  schools: readonly (readonly [code: string, name: string, kind: string, unit: string])[],
) {
  audit.setConsequences(consequences)
  await house.work(work =>
    units.importSchools(
      work,
      schools.map(([code, name, kind, unit], i) => ({ line: i + 2, values: { code, name, kind, unit } })),
    ),
  )
  const run = jobs(house.openWork)
  const job = (name: string, payload: Record<string, unknown> = {}) =>
    run[name]?.(payload, { attempt: 1, log: console as never })

  return {
    school: (code: string) => house.work(async work => (await units.findSchool(work, code))!.id),
    job,
    /** Sends a roll as an officer does, and lets the house compare it. */
    async send(
      standing: Authority,
      schoolId: Awaited<ReturnType<typeof rolls.getRoll>>['schoolId'],
      lines: readonly ALine[],
      { schoolYear = '2022-2023', kind = 'pupils' as RollKind } = {},
    ): Promise<rolls.RollId> {
      const content = await asRoll(lines)
      const { id } = await house.as(standing, work =>
        rolls.importRoll(work, { name: 'roll.xlsx', content }, { schoolId, schoolYear, kind }),
      )
      await job(rolls.reconcileJob, { rollId: id })
      return id
    },
    /**
     * Waits until no open work is older than the register's last change. A mark of changes passes no open work of the
     * whole server, another database's neither, so that people who changed beside one are compared again.
     */
    async settled() {
      for (;;) {
        const pending = await house.owner(
          `select from register.link_record where changed_in >= pg_snapshot_xmin(pg_current_snapshot()) limit 1`,
        )
        if (pending.length === 0) return
        await setTimeout(20)
      }
    },
    /** The entries of a roll as they are stored, in order. */
    entries: (id: rolls.RollId) =>
      house.owner<Entry>(
        `select id, place, name, class, state, person_id as "personId", decision, contested, compared_at as "scoredAt",
            defects, followed_from as "followedFrom"
         from rolls.row where roll_id = $1 order by place`,
        [id],
      ),
    /** What became of an entry, the first first. */
    events: (entryId: string) =>
      house.owner<{ before: string | null; after: string; why: string; contested: boolean; by: string }>(
        `select state_before as before, state_after as after, why, contested, by_kind as by from rolls.ledger_event
          where row_id = $1 order by at`,
        [entryId],
      ),
    /** Whether the house has a job to do. */
    waits: async (name: string) =>
      (
        await house.owner<{ n: number }>(
          `select count(*)::integer as n from graphile_worker.jobs where task_identifier = $1`,
          [name],
        )
      )[0]?.n ?? 0,
  }
}
