import { type Doors, type RequestContext, serve } from '../../platform/http/serve-endpoint.ts'
import * as staff from '../../staff/staff.ts'
import * as contract from './contract.ts'
import { acknowledgeDutiesOf, dismissGuide, noteStepOpened, readFirstDay } from './first-day.ts'
import { guideSteps } from './steps.ts'

/** The role that the session acts in. */
const roleOf = ({ who }: RequestContext): staff.Role | undefined => staff.roleOfSession(who)

export function firstDayRoutes(doors: Doors): void {
  serve(doors, contract.showFirstDay, async (work, _asked, asking) => {
    const { offered, duties, steps } = await readFirstDay(work, roleOf(asking))
    return {
      offered,
      duties: {
        codes: [...duties.codes],
        basis: duties.basis,
        ...(duties.readAt && { readAt: duties.readAt.toISOString() }),
      },
      steps: steps.map(({ doneAt, ...one }) => ({
        ...one,
        at: guideSteps[one.step].at,
        by: guideSteps[one.step].by.kind,
        ...(doneAt && { doneAt: doneAt.toISOString() }),
      })),
    }
  })
  serve(doors, contract.dismissFirstDay, async work => {
    await dismissGuide(work)
    return {}
  })
  serve(doors, contract.acknowledgeDuties, async (work, { body }) => {
    await acknowledgeDutiesOf(work, body.basis)
    return {}
  })
  serve(doors, contract.noteOpened, async (work, { body }) => {
    await noteStepOpened(work, body.step)
    return {}
  })
  serve(doors, contract.whomToAsk, async work => ({
    people: (await staff.administratorsAbove(work)).map(({ role, ...one }) => ({
      ...one,
      roleName: staff.roleName(role),
    })),
  }))
}
