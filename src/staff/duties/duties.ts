/**
 * Duties: what officers are there for. In: the posts of the work's units, and the day. Decided: which roles may do each
 * duty today and at which level, how many officers hold such a post, and which posts open nothing any more because the
 * level of their unit is dissolved. Out: the table, for whoever gives posts. No deeds.
 */

import type { Work } from '../../platform/work.ts'
import * as units from '../../units/units.ts'
import { standsToday } from '../session.ts'
import * as store from '../store.ts'
import { roleName } from '../words.ts'
import { type DutyHolder, dutyNames, holdersOn } from './duty.ts'
import { dutyName } from './words.ts'

/** Who may do what today, with how many officers hold such a post; and posts whose level is dissolved. */
export async function listDuties(work: Work) {
  const present = new Map((await store.allOfficers(work)).filter(({ left }) => !left).map(one => [one.id, one]))
  const posts = (await store.appointmentsOf(work, [...present.keys()])).filter(
    ({ fromOn, toOn }) => (!fromOn || fromOn <= work.today) && (!toOn || work.today < toOn),
  )
  const placed = await Promise.all(
    posts.map(async post => ({
      ...post,
      level: (await units.findUnit(work, post.unitId))?.level,
      stands: await standsToday(work, post),
    })),
  )
  const held = (holder: DutyHolder) =>
    new Set(
      placed
        .filter(({ role, level, stands }) => stands && role === holder.role && level === holder.level)
        .map(({ officerId }) => officerId),
    ).size
  return {
    day: work.today,
    duties: dutyNames.map(duty => ({
      duty,
      name: dutyName(duty),
      holders: holdersOn(duty, work.today, work).map(holder => ({
        ...holder,
        roleName: roleName(holder.role),
        officers: held(holder),
      })),
    })),
    dissolved: await Promise.all(
      placed
        .filter(({ stands }) => !stands)
        .map(async ({ officerId, role, unitId }) => ({
          officerId,
          officerName: present.get(officerId)?.fullName ?? '',
          roleName: roleName(role),
          unitName: await units.unitName(work, unitId),
        })),
    ),
  }
}
