import { randomInt } from 'node:crypto'
import * as accounts from '../accounts/accounts.ts'
import type { House } from '../open-house.ts'
import { asSystem, type Work } from '../platform/work.ts'
import * as register from '../register/register.ts'
import type * as units from '../units/units.ts'

/** A person of the demonstration province with sign-in data, for the installation's own data and its page. */
export type DemonstrationCitizen = {
  readonly who: 'pupil' | 'level-1' | 'parent' | 'not-activated'
  readonly personId: register.PersonId
  readonly number: string
  readonly name: string
  readonly passcode?: string
  readonly phone?: string
}

const asDemonstration = asSystem('demonstration')

type Candidate = { readonly person: register.PersonSummary; readonly account: accounts.Account }

/** The living of a commune who have a living account, a page of them at a time. */
async function* candidates(work: Work, communeIds: readonly units.UnitId[]): AsyncGenerator<Candidate> {
  for (const communeId of communeIds) yield* candidatesOf(work, communeId)
}

async function* candidatesOf(work: Work, communeId: units.UnitId): AsyncGenerator<Candidate> {
  let after: register.PersonId | undefined
  do {
    const { people, next } = await register.listPeopleOfUnit(work, communeId, { ...(after && { after }), limit: 200 })
    const theirs = await accounts.accountsOf(
      work,
      people.map(({ id }) => id),
    )
    for (const person of people) {
      const account = theirs.get(person.id)?.find(({ state }) => state === 'activated' || state === 'approved')
      if (account && person.number && person.lifeStatus === 'alive') yield { person, account }
    }
    after = next
  } while (after)
}

/**
 * A pupil with level 2, one with level 1, a parent of a child who has no account of their own, and a pupil whose
 * account waits for its activation.
 */
async function cast(
  work: Work,
  communeIds: readonly units.UnitId[],
): Promise<Map<DemonstrationCitizen['who'], Candidate>> {
  const found = new Map<DemonstrationCitizen['who'], Candidate>()
  const take = (who: DemonstrationCitizen['who'], one: Candidate) => void (found.has(who) || found.set(who, one))
  for await (const one of candidates(work, communeIds)) {
    const { person, account } = one
    const isPupil = person.birthDate.y >= 2004 && person.birthDate.y <= 2008
    if (isPupil && account.state === 'activated' && account.level === 2) take('pupil', one)
    else if (account.state === 'activated' && account.level === 1) take('level-1', one)
    else if (isPupil && account.state === 'approved') take('not-activated', one)
    else if (account.state === 'activated' && account.level === 2 && !found.has('parent')) {
      const children = await register.childrenOf(work, person.id)
      if (children.some(({ birthDate }) => birthDate.y >= 2010)) take('parent', one)
    }
    if (found.size === 4) break
  }
  return found
}

/** Six digits that are nobody's birthday and no row of the keyboard. */
function aPasscode(one: Candidate): string {
  const { birthDate, number } = one.person
  const passcode = String(randomInt(0, 1_000_000)).padStart(6, '0')
  return accounts.passcodeFault(passcode, { birthDate, number }) ? aPasscode(one) : passcode
}

/** Gives some people of the demonstration a passcode, so that what citizens see can be seen. Nobody of them is real. */
export async function makeCitizens(
  { openWork }: House,
  communeIds: readonly units.UnitId[],
): Promise<DemonstrationCitizen[]> {
  const chosen = await openWork(asDemonstration, work => cast(work, communeIds))
  const citizens: DemonstrationCitizen[] = []
  for (const [who, one] of chosen) {
    const holder = { personId: one.person.id, accountId: one.account.id }
    const passcode = who === 'not-activated' ? undefined : aPasscode(one)
    const hashed = passcode && (await accounts.hashPasscode(holder, passcode))
    citizens.push(
      await openWork(asDemonstration, async work => {
        if (hashed) await accounts.keepPasscode(work, holder, hashed)
        const phone = await accounts.findPhone(work, one.person.id)
        const { id: personId, number = '', fullName: name } = one.person
        return { who, personId, number, name, ...(passcode && { passcode }), ...(phone && { phone }) }
      }),
    )
  }
  return citizens
}
