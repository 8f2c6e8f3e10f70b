import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { parseDay } from '../../platform/day.ts'
import { demandKinds, planFormat } from '../optimiser/instance.ts'
import { lateReasons, type Plan } from '../optimiser/plan.ts'
import type { Report } from './fault.ts'

/** The shape of a plan's file (docs/interfaces.md). Members that it does not name are let pass. */

const name = Type.String({ minLength: 1 })
const day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })
const hour = Type.String({ pattern: '^(?:(?:[01]\\d|2[0-3]):[0-5]\\d|24:00)$' })
const count = Type.Integer({ minimum: 0 })
const amount = Type.Number({ minimum: 0 })
const kind = Type.Enum([...demandKinds])

const leg = Type.Object({
  from: name,
  to: name,
  by: Type.Enum(['road', 'boat']),
  departs: hour,
  arrives: hour,
  km: amount,
})

const session = Type.Object({
  id: name,
  site: name,
  shift: name,
  from: hour,
  to: hour,
  kits: Type.Array(name),
  kinds: Type.Array(kind),
  serves: Type.Array(Type.Object({ demand: name, kind, people: count, lastDay: day, inTime: Type.Boolean() })),
  keeps: Type.Optional(name),
})

const route = Type.Object({
  team: name,
  day,
  officers: Type.Array(name),
  kits: Type.Array(name),
  departs: hour,
  returns: hour,
  travelMinutes: count,
  overtimeMinutes: count,
  legs: Type.Array(leg),
  sessions: Type.Array(session),
})

const planShape = Type.Object({
  format: Type.Literal(planFormat),
  instance: Type.Object({ name: Type.String(), sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }) }),
  made: Type.Object({
    seed: Type.Number(),
    work: Type.Optional(Type.Number()),
    seconds: amount,
    stopped: Type.Boolean(),
  }),
  objective: Type.Object({
    total: amount,
    travelMinutes: count,
    overtimeMinutes: count,
    latePeople: count,
    unservedPeople: count,
    movedSessions: count,
    km: amount,
  }),
  bound: Type.Optional(
    Type.Object({
      total: Type.Number(),
      latePeople: Type.Number(),
      minutes: Type.Number(),
      rounds: count,
      closed: Type.Boolean(),
    }),
  ),
  gap: Type.Optional(Type.Number()),
  routes: Type.Array(route),
  late: Type.Array(
    Type.Object({
      demand: name,
      site: name,
      kind,
      lastDay: day,
      late: count,
      unserved: count,
      why: Type.Enum([...lateReasons]),
    }),
  ),
})

/** Of a file that is wrong throughout, the first so many places are told. */
const mostTold = 20

/** The plan of a file; undefined where the file has not the shape of one, with what is wrong reported. */
export function readPlan(file: unknown, report: Report): Plan | undefined {
  if (!Value.Check(planShape, file)) {
    for (const { instancePath, message } of [...Value.Errors(planShape, file)].slice(0, mostTold))
      report('malformed', `${instancePath || 'the file'}: ${message}`)
    return undefined
  }
  const plan: Plan = file
  const unreal = plan.routes.filter(({ day: onDay }) => !parseDay(onDay))
  for (const { team, day: onDay } of unreal)
    report('malformed', `the calendar has no day ${onDay}`, { team, day: onDay })
  return unreal.length > 0 ? undefined : plan
}
