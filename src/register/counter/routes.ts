import { type Doors, serve } from '../../platform/http/serve-endpoint.ts'
import { isId } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import * as staff from '../../staff/staff.ts'
import * as units from '../../units/units.ts'
import * as contract from './contract.ts'
import * as counter from './counter.ts'

async function officersOf(work: Work, ids: readonly string[]) {
  const names = await staff.namesOf(work, ids.filter(isId))
  return (id: string) => {
    const name = names.get(id)
    return { kind: 'officer', id, ...(name && { name }) }
  }
}

export function counterRoutes(doors: Doors): void {
  serve(doors, contract.askConsent, async (work, { body: { number, service, paper } }) => {
    const { id, until, phoneEnd } = await counter.askConsent(work, {
      number,
      service,
      ...(paper !== undefined && { paper }),
    })
    return { id, until: until.toISOString(), ...(phoneEnd && { phoneEnd }) }
  })
  serve(doors, contract.giveConsentCode, async (work, { params, body }) => ({
    outcome: await counter.giveConsentCode(work, counter.asConsentId(params.id), body.code),
  }))
  serve(doors, contract.acceptConsentPaper, async (work, { params }) => {
    await counter.acceptConsentPaper(work, counter.asConsentId(params.id))
    return {}
  })
  serve(doors, contract.endConsent, async (work, { params }) => {
    await counter.endConsent(work, counter.asConsentId(params.id))
    return {}
  })
  serve(doors, contract.listOpenConsents, async work => {
    const found = await counter.listOpenConsents(work)
    const officerOf = await officersOf(
      work,
      found.map(({ officerId }) => officerId),
    )
    return {
      consents: found.map(({ id, personId, service, way, officerId, openedAt, until, paper }) => ({
        id,
        ...(openedAt && { personId }),
        service,
        way,
        askedBy: officerOf(officerId),
        mine: officerId === work.by.id,
        opened: openedAt !== undefined,
        until: until.toISOString(),
        ...(paper !== undefined && { paper }),
      })),
    }
  })
  serve(doors, contract.listConsents, async work => {
    const found = await counter.listConsents(work)
    const officerOf = await officersOf(
      work,
      found.flatMap(({ officerId, acceptedBy }) => [officerId, acceptedBy ?? '']),
    )
    return {
      consents: await Promise.all(
        found.map(async ({ id, unitId, homeUnitId, officerId, acceptedBy, service, way, owned, read, ...when }) => ({
          id,
          unit: await units.unitReference(work, unitId),
          ...(homeUnitId && { home: await units.unitReference(work, homeUnitId) }),
          officer: officerOf(officerId),
          ...(acceptedBy && { second: officerOf(acceptedBy) }),
          service,
          way,
          askedAt: when.askedAt.toISOString(),
          ...(when.openedAt && { openedAt: when.openedAt.toISOString() }),
          ...(when.endedAt && { endedAt: when.endedAt.toISOString() }),
          ...(when.endedHow && { ended: when.endedHow }),
          owned,
          read,
        })),
      ),
    }
  })
}
