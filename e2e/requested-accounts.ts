import { sql } from 'kysely'
import * as accounts from '../src/accounts/accounts.ts'
import * as audit from '../src/audit/audit.ts'
import { consequences } from '../src/consequences.ts'
import { openHouse } from '../src/open-house.ts'
import type { Id } from '../src/platform/ids.ts'
import { asSystem } from '../src/platform/work.ts'
import type * as register from '../src/register/register.ts'
import * as staff from '../src/staff/staff.ts'
import * as units from '../src/units/units.ts'

/**
 * What a journey of accounts finds when it begins: people with a card in the hand, some of whom have asked for an
 * account; done through the front doors, beside the running house.
 */

export type Holder = {
  readonly personId: register.PersonId
  readonly number: string
  readonly name: string
  readonly born: string
  readonly serial: string
  readonly issuedOn: string
}

const system = asSystem('demonstration')

/** Grown people of a unit and those below who have a card in force and no account. */
const carded = (unitIds: readonly Id<'unit'>[], count: number) => sql<Holder>`
  select p.person_id as "personId", p.number, p.full_name as name,
    to_char(make_date(p.birth_y, p.birth_m, p.birth_d), 'YYYY-MM-DD') as born, c.serial, c.issued_on as "issuedOn"
  from register.published_person p
  join cards.published_card c on c.person_id = p.person_id and c.state = 'handed-over'
    and c.expires_on > date '2023-04-20'
  where p.permanent_unit_id = any (${[...unitIds]}::uuid[]) and p.life_status = 'alive' and p.number is not null
    and p.birth_d is not null and p.birth_y < 2005
    and not exists (select from accounts.published_account a where a.person_id = p.person_id and a.state <> 'cancelled')
  order by p.person_id limit ${count}`

export async function cardHolders(
  data: string,
  { unitId, count }: { readonly unitId: units.UnitId; readonly count: number },
): Promise<Holder[]> {
  const house = await openHouse({ folder: data, purpose: 'command' })
  try {
    return await house.openWork({ ...system, unitId }, async work => {
      const below = (await units.subtreeOn(work, unitId, work.today)).map(({ id }) => id)
      return (await carded(below, count).execute(work.tx)).rows
    })
  } finally {
    await house.close()
  }
}

export type Asked = {
  readonly holder: Holder
  readonly level: 1 | 2
  readonly phone?: string
  /** Who took it, by login; else nobody of the house. */
  readonly takenBy?: string
  readonly to: 'requested' | 'approved' | 'activated'
}

/** Requests for accounts, taken as far as a state; gives the accounts' ids in order. */
export async function askForAccounts(data: string, unitId: units.UnitId, asked: readonly Asked[]): Promise<string[]> {
  const house = await openHouse({ folder: data, purpose: 'command' })
  audit.setConsequences(consequences)
  try {
    return await house.openWork({ ...system, unitId }, async work => {
      const officers = new Map((await staff.officers(work)).map(({ login, id }) => [login, id]))
      const ids: string[] = []
      for (const { holder, level, phone, takenBy, to } of asked) {
        const requestedBy = takenBy && officers.get(takenBy)
        const { id } = await accounts.request(work, holder.personId, {
          level,
          phone,
          ...(requestedBy && { requestedBy }),
        })
        if (to !== 'requested') await accounts.approve(work, id)
        if (to === 'activated') await accounts.activate(work, id)
        ids.push(id)
      }
      return ids
    })
  } finally {
    await house.close()
  }
}

/** An officer asked for what is missing from a request, and the time to undo it is over. */
export async function askForSupplement(data: string, unitId: units.UnitId, id: string): Promise<void> {
  const house = await openHouse({ folder: data, purpose: 'command' })
  audit.setConsequences(consequences)
  try {
    await house.openWork({ ...system, unitId }, work =>
      accounts.askSupplement(work, id as Id<'account'>, { items: ['phone', 'presence'] }),
    )
  } finally {
    await house.close()
  }
}
