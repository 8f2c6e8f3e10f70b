import { type Doors, serve } from '../../platform/http/serve-endpoint.ts'
import { isId } from '../../platform/ids.ts'
import { referenceOn, ruleOn } from '../../platform/law.ts'
import type { Work } from '../../platform/work.ts'
import * as staff from '../../staff/staff.ts'
import * as units from '../../units/units.ts'
import { breachNotice } from '../law.ts'
import { dataProtectionProblem } from '../problems.ts'
import * as breaches from './breaches.ts'
import * as contract from './contract.ts'
import { breachNoticePdf } from './notice-pdf.ts'

type SentReport = Omit<breaches.BreachReport, 'happenedAt' | 'discoveredAt'> & {
  readonly happenedAt: string
  readonly discoveredAt: string
}

const reportOf = (sent: SentReport): breaches.BreachReport => ({
  ...sent,
  happenedAt: new Date(sent.happenedAt),
  discoveredAt: new Date(sent.discoveredAt),
})

async function breachView(work: Work, breach: breaches.DataBreach, names: ReadonlyMap<string, string>) {
  const { whyNot, notifiedAt, notifiedBy, noticeNumber, lateReason, peopleToldAt, peopleToldHow } = breach
  const { endedAt, endedHow } = breach
  const recorder = names.get(breach.recordedBy)
  const notifier = notifiedBy && names.get(notifiedBy)
  return {
    id: breach.id,
    unit: await units.unitReference(work, breach.unitId),
    what: breach.what,
    place: breach.place,
    happenedAt: breach.happenedAt.toISOString(),
    discoveredAt: breach.discoveredAt.toISOString(),
    dataKinds: [...breach.dataKinds],
    people: breach.people,
    peopleKnown: breach.peopleKnown,
    harm: breach.harm,
    measures: breach.measures,
    ...(whyNot && { whyNot }),
    notice: breaches.noticeStateOf(work, breach),
    notifyBy: breach.notifyBy.toISOString(),
    law: breaches.noticeLawOf(work, breach).rule,
    ...(recorder && { recordedBy: recorder }),
    recordedAt: breach.recordedAt.toISOString(),
    ...(notifiedAt && { notifiedAt: notifiedAt.toISOString() }),
    ...(notifier && { notifiedBy: notifier }),
    ...(noticeNumber && { noticeNumber }),
    ...(lateReason && { lateReason }),
    ...(peopleToldAt && { peopleToldAt: peopleToldAt.toISOString() }),
    ...(peopleToldHow && { peopleToldHow }),
    ...(endedAt && { endedAt: endedAt.toISOString() }),
    ...(endedHow && { endedHow }),
  }
}

async function unnotifiedReply(work: Work) {
  const { nextBy, ...counts } = await breaches.countUnnotified(work)
  return { ...counts, ...(nextBy && { nextBy: nextBy.toISOString() }) }
}

export function breachRoutes(doors: Doors, { isDemonstration }: { readonly isDemonstration: () => boolean }): void {
  serve(doors, contract.listBreaches, async work => {
    const found = await breaches.listBreaches(work)
    const ids = found.flatMap(({ recordedBy, notifiedBy }) => [recordedBy, notifiedBy ?? '']).filter(isId)
    const names = await staff.namesOf(work, ids)
    return {
      breaches: await Promise.all(found.map(one => breachView(work, one, names))),
      unnotified: await unnotifiedReply(work),
      onlyIfHarmful: ruleOn(breachNotice, work.today, work).onlyIfHarmful,
      law: referenceOn(breachNotice, work.today, work),
    }
  })
  serve(doors, contract.countBreaches, unnotifiedReply)
  serve(doors, contract.recordBreach, async (work, { body }) => {
    if (!work.unitId) throw dataProtectionProblem('breach-unknown')
    const id = await breaches.recordBreach(work, work.unitId, reportOf(body))
    return { id, notifyBy: (await breaches.getBreach(work, id)).notifyBy.toISOString() }
  })
  serve(doors, contract.amendBreach, async (work, { params, body }) => {
    await breaches.amendBreach(work, params.id, reportOf(body))
    return {}
  })
  serve(doors, contract.notifyAuthority, async (work, { params, body }) => {
    await breaches.notifyAuthority(work, params.id, body)
    return {}
  })
  serve(doors, contract.notePeopleTold, async (work, { params, body }) => {
    await breaches.notePeopleTold(work, params.id, body.how)
    return {}
  })
  serve(doors, contract.endBreach, async (work, { params, body }) => {
    await breaches.endBreach(work, params.id, body.how)
    return {}
  })
  serve(doors, contract.breachPaper, async (work, { params }) => {
    const breach = await breaches.getBreach(work, params.id)
    const names = await staff.namesOf(work, [work.by.id, breach.recordedBy].filter(isId))
    return {
      name: `thong-bao-vi-pham-${breach.recordedOn}.pdf`,
      type: 'application/pdf',
      content: await breachNoticePdf({
        breach,
        unit: await units.letterheadOf(work, breach.unitId, work.today),
        form: breaches.noticeLawOf(work, breach).form,
        officer: names.get(breach.recordedBy) ?? names.get(work.by.id) ?? '',
        on: work.today,
        printedAt: work.now,
        isDemonstration: isDemonstration(),
      }),
    }
  })
}
