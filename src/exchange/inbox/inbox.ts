/**
 * The way in. In: bundles that the centre answered or that a file bears. Decided: whether each envelope is the joined
 * centre's, meant for us, of this version, and fits what was asked; the same one twice changes nothing, in whatever
 * order they come. Out: numbers given, accounts approved, cards that were made, what is to be mended; all else lies in
 * quarantine with its reason. Deeds: `centre.answered`, and those of what an answer does; `envelope.set-aside`.
 */

import { Type } from 'typebox'
import { Value } from 'typebox/value'
import * as audit from '../../audit/audit.ts'
import { type Day, dayAt } from '../../platform/day.ts'
import { Problem } from '../../platform/problem.ts'
import { asSystem, type OpenWork, type Work } from '../../platform/work.ts'
import { acceptCentreKey, findSigners, type JoinedCentre } from '../centre/centre.ts'
import { openBundle } from '../envelope/bundle.ts'
import { type Envelope, type ExchangeKey, hashOfText, readEnvelope } from '../envelope/envelope.ts'
import { foreignLinesKept, largestEnvelope } from '../law.ts'
import type { OurSide } from '../outbox/outbox.ts'
import {
  AnswerFault,
  type CentreQuestion,
  isAnswered,
  outcomes,
  type QuestionKinds,
  type ReportFault,
} from '../question.ts'
import * as envelopes from '../store-envelope.ts'
import * as questions from '../store-question.ts'
import * as store from './store.ts'

export type InboxVia = 'line' | 'file'

/** What a bundle came to. */
export type TakenBundle = {
  taken: number
  /** Of which the installation has the same already. */
  known: number
  acknowledged: number
  quarantined: number
}

/** What the day's answer does; reconciliation binds it. */
export type DayAnswerTaker = (work: Work, envelope: Envelope) => Promise<void>

export type Inbox = {
  readonly openWork: OpenWork
  readonly ours: OurSide
  readonly kinds: QuestionKinds
  readonly takeDayAnswer: DayAnswerTaker
}

const purpose = 'exchange'

const Hash = Type.String({ pattern: '^[0-9a-f]{64}$' })
const Uuid = Type.String({ format: 'uuid' })
const AcknowledgementBody = Type.Object(
  { of: Type.Array(Type.Object({ id: Uuid, hash: Hash }, { additionalProperties: false }), { maxItems: 5000 }) },
  { additionalProperties: false },
)
const AnswerBody = Type.Object(
  {
    outcome: Type.Enum([...outcomes]),
    answer: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    code: Type.Optional(Type.String({ pattern: '^[a-z0-9.-]{1,60}$' })),
    note: Type.Optional(Type.String({ maxLength: 2000 })),
  },
  { additionalProperties: false },
)

/** Takes a bundle in, envelope by envelope, each in a work of its own: what one of them does, no other undoes. */
export async function takeBundle(inbox: Inbox, text: string, via: InboxVia): Promise<TakenBundle> {
  const so: TakenBundle = { taken: 0, known: 0, acknowledged: 0, quarantined: 0 }
  const opened = await openBundle(text, inbox.ours.keys.open)
  if (opened.fault !== undefined) {
    await keepAside(inbox, text, opened.fault, via)
    return { ...so, quarantined: 1 }
  }
  let known = await inbox.openWork(asSystem(purpose), findSigners)
  let foreign = 0
  for (const line of opened.lines) {
    const { fault, envelope, signer } = known ? await readEnvelope(line, known.signers) : noCentre
    if (fault === undefined && known) {
      const done = await takeEnvelope(inbox, known.centre, { envelope, signer, line, via })
      so[done] += 1
      if (envelope.kind === 'key.rotation') known = await inbox.openWork(asSystem(purpose), findSigners)
      continue
    }
    so.quarantined += 1
    // What nobody known has signed costs its sender nothing: some is kept as evidence, all is counted.
    if (fault === 'signature-wrong' && ++foreign > foreignLinesKept) continue
    await keepAside(inbox, line, fault ?? 'unreadable', via)
  }
  return so
}

const noCentre = { fault: 'no-centre', envelope: undefined, signer: undefined } as const

/** An envelope that a key of the centre's has signed, with its text. */
type SignedLine = {
  readonly envelope: Envelope
  readonly signer: ExchangeKey
  readonly line: string
  readonly via: InboxVia
}

/** Takes one envelope of the centre's. */
async function takeEnvelope(inbox: Inbox, centre: JoinedCentre, signed: SignedLine): Promise<keyof TakenBundle> {
  const { envelope, line, via } = signed
  try {
    return await inbox.openWork(asSystem(purpose), work => processEnvelope(inbox, work, centre, signed))
  } catch (error) {
    // Undone whole. A refusal of a verb is a reason as good as our own; anything else is a fault and comes again.
    const reason = reasonOf(error)
    if (reason === undefined) throw error
    const isOurs = envelope.from === centre.id && envelope.to === inbox.ours.party
    await keepAside(inbox, line, reason, via, isOurs ? envelope : undefined)
    return 'quarantined'
  }
}

/** A busy database is no reason: what it refused for a while comes again. */
const reasonOf = (error: unknown): string | undefined => {
  if (error instanceof AnswerFault) return error.reason
  return error instanceof Problem && error.kind.status < 500 && error.headers['retry-after'] === undefined
    ? error.code
    : undefined
}

async function processEnvelope(
  inbox: Inbox,
  work: Work,
  centre: JoinedCentre,
  { envelope, signer, line, via }: SignedLine,
): Promise<keyof TakenBundle> {
  if (envelope.from !== centre.id) throw new AnswerFault('another-sender')
  if (envelope.to !== inbox.ours.party) throw new AnswerFault('another-receiver')
  if (envelope.kind === 'acknowledgement') return acknowledge(work, envelope)
  if (envelope.seq === null) throw new AnswerFault('unreadable')
  const take = { answer: takeAnswer, 'day.answer': takeDay, 'key.rotation': takeKey }[envelope.kind]
  const isReport = envelope.kind === 'card.production-report'
  if (!take && !isReport) throw new AnswerFault('kind-unknown')

  const hash = hashOfText(line)
  const isNew = await envelopes.insertIncoming(work, {
    id: envelope.id,
    kind: envelope.kind,
    seq: envelope.seq,
    hash,
    at: new Date(envelope.at),
    centreId: centre.id,
    re: envelope.re?.id,
  })
  if (!isNew) {
    const before = await envelopes.findEnvelope(work, envelope.id)
    if (before?.direction !== 'in' || before.hash !== hash) throw new AnswerFault('id-used-twice')
    await envelopes.oweAgain(work, envelope.id)
    // A report is read again: what of it could not be used may be usable by now, and all else changes nothing.
    return isReport ? takeReport(inbox, work, { envelope, signer, line, via }, 'known') : 'known'
  }
  if (isReport) return takeReport(inbox, work, { envelope, signer, line, via }, 'taken')
  await take?.(inbox, work, envelope, signer)
  return 'taken'
}

async function acknowledge(work: Work, { body }: Envelope): Promise<'acknowledged'> {
  if (!Value.Check(AcknowledgementBody, body)) throw new AnswerFault('answer-malformed')
  const ours = await envelopes.setAcknowledged(work, body.of)
  await questions.setQuestionsAcknowledged(work, ours)
  return 'acknowledged'
}

/** What an envelope answers: one of ours, word by word as we sent it. */
async function checkAnswered(work: Work, { re }: Envelope): Promise<{ readonly id: string; readonly kind: string }> {
  const sent = re && (await envelopes.findEnvelope(work, re.id))
  if (!re || sent?.direction !== 'out') throw new AnswerFault('never-asked')
  if (sent.hash !== re.hash) throw new AnswerFault('asked-otherwise')
  return { id: re.id, kind: sent.kind }
}

const takeKey = ({ ours }: Inbox, work: Work, { body }: Envelope, signer: ExchangeKey): Promise<void> =>
  acceptCentreKey(work, ours.party, body, signer)

async function takeDay(inbox: Inbox, work: Work, envelope: Envelope): Promise<void> {
  const { kind } = await checkAnswered(work, envelope)
  if (kind !== 'day') throw new AnswerFault('never-asked')
  await inbox.takeDayAnswer(work, envelope)
}

async function takeAnswer(inbox: Inbox, work: Work, envelope: Envelope): Promise<void> {
  const { id } = await checkAnswered(work, envelope)
  const { body } = envelope
  if (!Value.Check(AnswerBody, body)) throw new AnswerFault('answer-malformed')
  const question = await questions.holdQuestion(work, id)
  if (!question) throw new AnswerFault('never-asked')
  if (isAnswered(question.state)) throw new AnswerFault('answered-before')
  const rules = inbox.kinds[question.kind]
  if (body.outcome === 'granted') {
    const kept = await rules.grant(work, question, body.answer ?? {})
    await questions.setQuestionAnswered(work, question, { outcome: 'granted', answer: kept })
  } else {
    if (body.code === undefined) throw new AnswerFault('answer-malformed')
    const why = { outcome: body.outcome, code: body.code, note: body.note ?? '' }
    await rules.turnBack(work, question, why)
    await questions.setQuestionAnswered(work, question, why)
    await envelopes.deletePieceTexts(work, id)
  }
  await recordAnswer(work, question, envelope, body)
}

/**
 * Takes a report on a part of what was asked. What of it cannot be used goes into quarantine with the whole report, in
 * the same work; all else of it counts.
 */
async function takeReport(
  inbox: Inbox,
  work: Work,
  { envelope, line, via }: SignedLine,
  done: 'taken' | 'known',
): Promise<keyof TakenBundle> {
  const { id } = await checkAnswered(work, envelope)
  const question = await questions.holdQuestion(work, id)
  const rules = question && inbox.kinds[question.kind]
  if (!question || !rules?.takeReport) throw new AnswerFault('never-asked')
  if (question.state === 'returned' || question.state === 'rejected') throw new AnswerFault('answered-before')

  const { faults, complete } = await rules.takeReport(work, question, envelope.body)
  if (done === 'taken') await questions.setReported(work, question)
  if (complete && !isAnswered(question.state)) {
    await questions.setQuestionAnswered(work, question, { outcome: 'granted', answer: complete })
    await envelopes.deletePieceTexts(work, id)
    await recordAnswer(work, question, envelope, { outcome: 'granted' })
  }
  const [first] = faults
  if (!first) return done
  await quarantine(work, line, first.reason, via, { about: faults, envelopeId: envelope.id })
  return 'quarantined'
}

const recordAnswer = (
  work: Work,
  { id, personId, unitId, kind, subjectId }: CentreQuestion,
  { id: envelope }: Envelope,
  { outcome, code }: { readonly outcome: string; readonly code?: string | undefined },
) =>
  audit.record(
    work,
    'centre.answered',
    { kind: 'centre-question', id, personId, unitId },
    { kind, about: subjectId, outcome, envelope, ...(code && { code }) },
  )

/**
 * Keeps what cannot be used, once, with the reason; of what is too large the beginning alone. The centre is told that
 * an envelope of its own is here, so that it need not send it again.
 */
async function keepAside(
  { openWork }: Pick<Inbox, 'openWork'>,
  text: string,
  reason: string,
  via: InboxVia,
  envelope?: Envelope,
): Promise<void> {
  const of = envelope && { id: envelope.id, madeOn: dayAt(new Date(envelope.at)) }
  await openWork(asSystem(purpose), work => quarantine(work, text, reason, via, { of, envelopeId: envelope?.id }))
}

/** So many things of a report are named in the record of its quarantine. */
const namedFaults = 100

type QuarantineDetails = {
  /** The envelope of the centre's that was not kept otherwise. */
  readonly of?: { readonly id: string; readonly madeOn: Day } | undefined
  readonly envelopeId?: string | undefined
  readonly about?: readonly ReportFault[]
}

async function quarantine(
  work: Work,
  text: string,
  reason: string,
  via: InboxVia,
  { of, envelopeId, about }: QuarantineDetails,
): Promise<void> {
  const bytes = Buffer.byteLength(text)
  const kept = bytes > largestEnvelope ? text.slice(0, 1000) : text
  const isNew = await store.keepQuarantined(work, { hash: hashOfText(text), reason, via, bytes, text: kept, of })
  if (!isNew) return
  await audit.record(
    work,
    'envelope.quarantined',
    { kind: 'quarantined-envelope', id: isNew },
    {
      reason,
      via,
      ...(envelopeId && { envelope: envelopeId }),
      ...(about && { faults: about.length, about: about.slice(0, namedFaults) }),
    },
  )
}

/** Tries again what an officer asked for, such as a version that an upgrade knows. Gives how many were taken. */
export async function takeAgain(inbox: Inbox): Promise<number> {
  const [known, asked] = await inbox.openWork(asSystem(purpose), async work => [
    await findSigners(work),
    await store.findAskedAgain(work),
  ])
  let taken = 0
  for (const { id, text } of asked) {
    const reading = known ? await readEnvelope(text, known.signers) : noCentre
    const done =
      known && reading.fault === undefined
        ? await takeEnvelope(inbox, known.centre, { ...reading, line: text, via: 'file' })
        : 'quarantined'
    await inbox.openWork(asSystem(purpose), work => store.setTried(work, id, done !== 'quarantined'))
    if (done !== 'quarantined') taken += 1
  }
  return taken
}
