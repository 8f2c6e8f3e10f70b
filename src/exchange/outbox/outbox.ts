/**
 * The way out. In: what a deed asks of the national centre, in the deed's own work. Decided: when an envelope leaves
 * again. Out: envelopes in their order, signed once and kept, and bundles of them. Deeds: `centre.asked`.
 */

import * as audit from '../../audit/audit.ts'
import { newId } from '../../platform/ids.ts'
import { queueJob } from '../../platform/jobs/jobs.ts'
import { ruleOn } from '../../platform/law.ts'
import type { Work } from '../../platform/work.ts'
import * as units from '../../units/units.ts'
import type { JoinedCentre } from '../centre/centre.ts'
import { sealBundle } from '../envelope/bundle.ts'
import { type EnvelopeKind, hashOfText, signEnvelope } from '../envelope/envelope.ts'
import type { ExchangeKeys } from '../envelope/keys.ts'
import {
  answerDays,
  envelopeBytesInBundle,
  envelopesInBundle,
  mostPieces,
  orderDays,
  piecesInTurn,
  reportHours,
  sendAgainMinutes,
} from '../law.ts'
import { exchangeProblem } from '../problems.ts'
import type { CentreQuestion, QuestionKind } from '../question.ts'
import * as envelopes from '../store-envelope.ts'
import * as questions from '../store-question.ts'
import * as pieces from './store.ts'

/** Our side of the channel: how we name ourselves, and our keys. */
export type OurSide = { readonly party: string; readonly keys: ExchangeKeys }

export const exchangeJob = 'exchange'

const daysFor: Readonly<Record<Exclude<QuestionKind, 'card.order'>, 'number' | 'account' | 'lookUp'>> = {
  'number.request': 'number',
  'number.cancellation': 'number',
  'number.reinstatement': 'number',
  'account.request': 'account',
  'person.look-up': 'lookUp',
}

export type Asked = Pick<CentreQuestion, 'personId' | 'kind' | 'subjectId' | 'unitId' | 'body'> & {
  /** What is too large for the question's envelope: the bodies of envelopes that leave before it. */
  readonly pieces?: AsyncIterable<Readonly<Record<string, unknown>>> | undefined
}

/**
 * Asks the centre, in the work of the deed that asks: no commit, no question. It leaves by the job that is queued with
 * it. Throws question-not-open, question-too-large.
 */
export async function ask(work: Work, { pieces: bodies, ...asked }: Asked): Promise<CentreQuestion['id']> {
  const id = newId<'centre-question'>(work.now)
  const days =
    asked.kind === 'card.order'
      ? ruleOn(orderDays, work.today, work)
      : ruleOn(answerDays, work.today, work)[daysFor[asked.kind]]
  const isNew = await questions.insertQuestion(work, {
    ...asked,
    id,
    dueOn: units.workingDaysAfter(work.today, days),
  })
  if (!isNew) throw exchangeProblem('question-not-open')
  const { kind, subjectId, personId, unitId } = asked
  let ordinal = 0
  for await (const body of bodies ?? []) {
    ordinal += 1
    if (ordinal > mostPieces) throw exchangeProblem('question-too-large', { most: mostPieces })
    const said = JSON.stringify({ ...body, order: id })
    await pieces.insertPiece(work, { id: newId(work.now), questionId: id, ordinal, unitId, body: said })
  }
  await audit.record(
    work,
    'centre.asked',
    { kind: 'centre-question', id, personId, unitId },
    { kind, about: subjectId },
  )
  await queueJob(work, exchangeJob, {}, { key: exchangeJob, queue: exchangeJob })
  return id
}

type NewEnvelope = {
  readonly id: string
  readonly kind: EnvelopeKind
  readonly body: Readonly<Record<string, unknown>>
  /** The question of which it is a piece. */
  readonly pieceOf?: string
}

/** Puts one more envelope behind the last, signed; it is the same in each sending from then on. */
export async function appendEnvelope(
  work: Work,
  { party, keys }: OurSide,
  centre: JoinedCentre,
  { id, kind, body, pieceOf }: NewEnvelope,
): Promise<void> {
  const { seq: last, hash: prev } = await envelopes.holdPlace(work)
  const seq = last + 1
  const told = { id, kind, from: party, to: centre.id, seq, prev, at: work.now.toISOString(), body }
  const text = await signEnvelope(told, keys.sign)
  const row = { id, kind, seq, hash: hashOfText(text), at: work.now, centreId: centre.id, re: pieceOf }
  await envelopes.insertOutgoing(work, row, text)
}

/** Signs pieces of questions, the oldest first. */
async function makePieces(work: Work, ours: OurSide, centre: JoinedCentre): Promise<void> {
  for (const { id, questionId, body } of await pieces.takePieces(work, piecesInTurn))
    await appendEnvelope(work, ours, centre, {
      id,
      kind: 'card.order-piece',
      body: JSON.parse(body) as NewEnvelope['body'],
      pieceOf: questionId,
    })
}

/** Asks what became of batches of which the centre has said nothing for a while. */
async function askForReports(work: Work, ours: OurSide, centre: JoinedCentre): Promise<void> {
  for (const question of await questions.holdSilent(work, ruleOn(reportHours, work.today, work))) {
    const body = { order: question.id }
    await appendEnvelope(work, ours, centre, { id: newId(work.now), kind: 'card.report-query', body })
    await questions.setReported(work, question)
  }
}

/** Makes envelopes of what was asked since, and of what is asked again. Gives how many questions. */
export async function makeEnvelopes(work: Work, ours: OurSide, centre: JoinedCentre): Promise<number> {
  await makePieces(work, ours, centre)
  await askForReports(work, ours, centre)
  const waiting = await questions.holdUnsent(work, envelopesInBundle)
  for (const question of waiting) {
    const { id, kind } = question
    const body =
      kind === 'card.order' ? { ...question.body, pieces: await envelopes.findPieceEnvelopes(work, id) } : question.body
    await appendEnvelope(work, ours, centre, { id, kind, body })
    await questions.setQuestionSent(work, question)
  }
  return waiting.length
}

/** An acknowledgement: what has come whole. It has no place among our envelopes and is none to acknowledge. */
const acknowledgement = (work: Work, { party, keys }: OurSide, centre: JoinedCentre, of: readonly object[]) =>
  signEnvelope(
    {
      id: newId(work.now),
      kind: 'acknowledgement',
      from: party,
      to: centre.id,
      seq: null,
      prev: null,
      at: work.now.toISOString(),
      body: { of },
    },
    keys.sign,
  )

export type OutgoingBundle = {
  readonly text: string
  readonly ids: readonly string[]
  /** Envelopes of the centre's that it acknowledges. */
  readonly owed: readonly string[]
}

/** What is to leave now, as one bundle: always with a word of acknowledgement, be it of nothing. */
export async function composeBundle(
  work: Work,
  ours: OurSide,
  centre: JoinedCentre,
  { due }: { readonly due: boolean },
): Promise<OutgoingBundle> {
  const leaving = await envelopes.findUnacknowledged(work, {
    due,
    limit: envelopesInBundle,
    bytes: envelopeBytesInBundle,
  })
  const owed = await envelopes.findOwed(work, envelopesInBundle)
  const lines = [await acknowledgement(work, ours, centre, owed), ...leaving.map(({ text }) => text)]
  return {
    text: await sealBundle(lines, centre.open),
    ids: leaving.map(({ id }) => id),
    owed: owed.map(({ id }) => id),
  }
}

/** A bundle left: its envelopes leave again later, unless they are acknowledged. */
export const noteLeft = (work: Work, { ids }: OutgoingBundle): Promise<void> =>
  envelopes.setLeft(work, ids, ruleOn(sendAgainMinutes, work.today, work))

/** The centre answered: it heard what was acknowledged. */
export const noteTold = (work: Work, { owed }: OutgoingBundle): Promise<void> => envelopes.setToldOf(work, owed)
