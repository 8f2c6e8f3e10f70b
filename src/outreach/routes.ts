import { type Doors, serve } from '../platform/http/serve-endpoint.ts'
import { asId } from '../platform/ids.ts'
import type { Work } from '../platform/work.ts'
import * as units from '../units/units.ts'
import * as contract from './contract.ts'
import * as outreach from './outreach.ts'
import { maskAddress } from './recipient.ts'
import { fullText } from './templates/every-message.ts'

const messageId = (text: string): outreach.MessageId => asId<'message'>(text)

async function messageView(work: Work, { unitId, ...message }: outreach.Message) {
  return {
    id: message.id,
    template: message.template,
    language: message.language,
    to: message.kind,
    state: message.state,
    about: { kind: message.aboutKind, id: message.aboutId },
    attempts: message.attempts,
    queuedAt: message.queuedAt.toISOString(),
    queuedOn: message.queuedOn,
    ...(unitId && { unit: { id: unitId, name: await units.unitName(work, unitId) } }),
    ...(message.via && { via: message.via }),
    ...(message.code && { code: message.code }),
    ...(message.nextAt && { nextAt: message.nextAt.toISOString() }),
    ...(message.endedAt && { endedAt: message.endedAt.toISOString() }),
  }
}

const attemptView = ({
  number,
  via,
  begunAt,
  begunOn,
  endedAt,
  outcome,
  code,
  parts,
  price,
  receipt,
  receiptAt,
}: outreach.DeliveryAttempt) => ({
  number,
  via,
  begunAt: begunAt.toISOString(),
  begunOn,
  parts,
  price,
  ...(endedAt && { endedAt: endedAt.toISOString() }),
  ...(outcome && { outcome }),
  ...(code && { code }),
  ...(receipt && { receipt }),
  ...(receiptAt && { receiptAt: receiptAt.toISOString() }),
})

export function routes(doors: Doors): void {
  serve(doors, contract.messageList, async (work, { query: { after, ...sought } }) => {
    const { messages, next } = await outreach.listMessages(work, {
      ...sought,
      ...(after && { after: messageId(after) }),
    })
    return {
      figures: await outreach.countMessages(work),
      messages: await Promise.all(messages.map(message => messageView(work, message))),
      ...(next && { next }),
    }
  })
  serve(doors, contract.messageOpen, async (work, { params }) => {
    const { message, tries, formerWays } = await outreach.getMessage(work, messageId(params.id))
    const { body, page, language, kind, subject, refusable } = message
    return {
      ...(await messageView(work, message)),
      address: maskAddress(message),
      subject,
      text: fullText({ body, language, kind, refusable, ...(page !== null && { page }) }, doors.origin),
      tries: tries.map(attemptView),
      formerly: formerWays.map(way => ({ to: way.kind, address: maskAddress(way) })),
    }
  })
  serve(doors, contract.messageRetry, async (work, { params }) => {
    const id = messageId(params.id)
    await outreach.retryMessage(work, id)
    return { id, state: 'queued' as const }
  })
  serve(doors, contract.messageSendAgain, async (work, { params }) => {
    const id = messageId(params.id)
    await outreach.sendAgain(work, id)
    return { id, state: 'queued' as const }
  })
  serve(doors, contract.messageSendElsewhere, async (work, { params, body: { to, address, mayArriveTwice } }) => {
    const id = messageId(params.id)
    const recipient = to === 'phone' ? ({ kind: to, number: address } as const) : ({ kind: to, address } as const)
    await outreach.sendElsewhere(work, id, { to: recipient, mayArriveTwice })
    return { id }
  })
  serve(doors, contract.messageReached, async (work, { params, body }) => {
    const id = messageId(params.id)
    await outreach.noteReached(work, id, body.how)
    return { id }
  })
  serve(doors, contract.messageOptOut, async (work, { params }) => {
    const id = messageId(params.id)
    await outreach.refuseByOfficer(work, id)
    return { id }
  })
  serve(doors, contract.budgetList, async work => ({
    budgets: await Promise.all(
      (await outreach.listBudgets(work)).map(async ({ unitId, cap, hours, channels, ...budget }) => ({
        ...budget,
        ...(cap !== null && { cap }),
        ...(hours && { hours }),
        channels: [...channels],
        unit: { id: unitId, name: await units.unitName(work, unitId) },
      })),
    ),
  }))
  serve(doors, contract.budgetSet, (work, { params, body }) => outreach.setBudget(work, params, body))
  serve(doors, contract.letterList, async work => ({
    letters: (await outreach.lettersToPrint(work)).map(
      ({ id, language, address, subject, body, queuedAt, refusable }) => ({
        id,
        language,
        address,
        subject,
        text: fullText({ body, language, kind: 'letter', refusable }, doors.origin),
        queuedAt: queuedAt.toISOString(),
      }),
    ),
  }))
  serve(doors, contract.lettersPrinted, async (work, { body }) => ({
    printed: await outreach.markPrinted(work, body.ids.map(messageId)),
  }))
}
