import * as audit from '../audit/audit.ts'
import type { Day } from '../platform/day.ts'
import type { Id } from '../platform/ids.ts'
import { isId } from '../platform/ids.ts'
import type { Work } from '../platform/work.ts'
import * as register from '../register/register.ts'
import * as staff from '../staff/staff.ts'
import * as units from '../units/units.ts'
import { openCapture } from './adjudicate.ts'
import type { ApplicationState, Form } from './application.ts'
import { subjectOf } from './change.ts'
import type { PaperKind } from './contract-application.ts'
import type { StationKeys } from './keys.ts'
import type { PaperHead } from './paper-common.ts'
import { formPaper } from './paper-form.ts'
import { receiptPaper } from './paper-receipt.ts'
import { refusalPaper } from './paper-refusal.ts'
import { formOf, receiptOf, refusalOf } from './paper-values.ts'
import { applicationProblem } from './problems.ts'
import * as store from './store-application.ts'
import * as packets from './store-packet.ts'
import * as receipts from './store-receipt.ts'

/** The papers of an application as the house prints them: of what was captured, what the register has now, and what was decided. */

export type PaperHouse = { readonly keys: StationKeys; readonly origin: string; readonly isDemonstration: boolean }

/** What a paper is filled from. */
export type Filed = {
  readonly application: store.Application
  readonly moves: readonly store.Move[]
  readonly person: register.Person
  readonly opened: Awaited<ReturnType<typeof openCapture>>
  /** Who signed, or came for a person who was refused where they stood. */
  readonly signer: Pick<store.Signer, 'kind' | 'name' | 'number'> | undefined
  readonly letterhead: units.Letterhead
  readonly nameOf: (officer: string | null | undefined) => string
  readonly head: (form: Form, on: Day) => PaperHead
}

export const paperNames: Record<PaperKind, string> = { form: 'phieu-thu-nhan', receipt: 'giay-hen', refusal: 'thong-bao' }

const over: readonly ApplicationState[] = ['handed-over', 'refused', 'cancelled']

/** Of which applications there is a paper. */
const isFor: Record<PaperKind, (application: store.Application) => boolean> = {
  form: ({ capture }) => capture === 'here',
  receipt: ({ capture, state }) => capture === 'here' && !over.includes(state),
  refusal: ({ state }) => state === 'refused',
}

/** 'TT17/2024' as it stands on the form itself. */
const inFull = (version: string) =>
  version.replace(/^TT(\d+)\/(\d{4})$/, 'Thông tư $1/$2/TT-BCA').replace(/^NĐ(\d+)\/(\d{4})$/, 'Nghị định $1/$2/NĐ-CP')

/** What was refused at the station has no capture, but its packet says who stood there. */
async function packetOf(work: Work, { id, stationId, packetHash }: store.Application) {
  if (packetHash) return { stationId, packetHash }
  const landed = (await packets.ofApplication(work, id)).find(({ state }) => state === 'landed')
  return { stationId: landed?.stationId ?? null, packetHash: landed?.hash ?? null }
}

async function filedOf(work: Work, { keys, origin, isDemonstration }: PaperHouse, application: store.Application): Promise<Filed> {
  const moves = await store.movesOf(work, application.id)
  const names = await staff.namesOf(work, [...moves.map(({ byId }) => byId), application.capturedBy ?? ''].filter(isId))
  const letterhead = await units.letterheadOf(work, application.unitId as Id<'unit'>, application.begunOn)
  const code = (await receipts.codeOf(work, application.id)) ?? application.id.slice(0, 8).toUpperCase()
  const opened = await openCapture(work, keys, await packetOf(work, application))
  return {
    application,
    moves,
    person: await register.getPerson(work, application.personId as register.PersonId),
    opened,
    signer: application.signer ?? opened?.capture.signer,
    letterhead,
    nameOf: officer => (officer ? (names.get(officer) ?? '') : ''),
    // The token that opens the receipt is with the citizen alone: this code leads to the page on which theirs is typed.
    head: (form, on) => ({
      unit: { above: letterhead.above, name: letterhead.name },
      form: { code: form.code, version: inFull(form.version) },
      application: { code, url: `${origin}/receipt` },
      town: letterhead.town,
      on,
      printedAt: work.now,
      isDemonstration,
    }),
  }
}

const drawn: Record<PaperKind, (work: Work, filed: Filed) => Promise<Buffer>> = {
  form: async (work, filed) => formPaper(await formOf(work, filed)),
  receipt: async (work, filed) => receiptPaper(await receiptOf(work, filed)),
  refusal: async (_work, filed) => refusalPaper(refusalOf(filed)),
}

/** Draws a paper of an application, A4 or A5. Throws application-unknown, paper-not-for-this, paper-text-unprintable, paper-text-too-long. */
export async function paperOf(work: Work, house: PaperHouse, id: string, paper: PaperKind): Promise<Buffer> {
  const application = await store.findApplication(work, id)
  if (!application) throw applicationProblem('application-unknown')
  if (!isFor[paper](application))
    throw applicationProblem('paper-not-for-this', { paper, state: application.state, capture: application.capture })
  const bytes = await drawn[paper](work, await filedOf(work, house, application))
  await audit.noteReading(work, [application.personId], ['identity', 'application', ...(paper === 'form' ? ['portrait'] : [])])
  await audit.record(work, 'application.paper-printed', subjectOf(application), { paper })
  return bytes
}
