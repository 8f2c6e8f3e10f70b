import { asId } from '../platform/ids.ts'
import type { Crontab, Job } from '../platform/jobs/jobs.ts'
import { asSystem, type OpenWork } from '../platform/work.ts'
import { remindOfAppointments, settleNoShows } from './appointments/place-closed.ts'
import { remindOfTomorrow } from './invitations/invitations.ts'
import { remediesJob, runRemedies } from './plan-explanations/plan-explanations.ts'
import { runPlan, solveJob } from './plans/plans.ts'

/**
 * What planning does by itself: families are reminded of tomorrow's sessions and appointments, and who did not come is
 * booked again. A plan that waits is sought, and what would serve more people of one is tried.
 */

const appointmentScope = asSystem('appointment')

export const jobs = (openWork: OpenWork): Readonly<Record<string, Job>> => ({
  'remind-of-sessions': async () => {
    await remindOfTomorrow(openWork)
  },
  [solveJob]: async ({ plan }, running) => runPlan(openWork, asId<'plan'>(String(plan)), running),
  [remediesJob]: async ({ plan }, running) => runRemedies(openWork, asId<'plan'>(String(plan)), running),
  'settle-no-shows': async () => {
    while ((await openWork(appointmentScope, settleNoShows)).length > 0);
  },
  'remind-of-appointments': async () => {
    for (let after: string | undefined = ''; after !== undefined; ) {
      const from: string = after
      after = await openWork(appointmentScope, work => remindOfAppointments(work, from || undefined))
    }
  },
})

/**
 * UTC, as every crontab: 18:00 in the province, and once more where the house did not run then; just after midnight,
 * when the day is over.
 */
export const crontab: Crontab = {
  'remind-of-sessions': '0,30 11 * * *',
  'remind-of-appointments': '10 11 * * *',
  'settle-no-shows': '20 17 * * *',
}
