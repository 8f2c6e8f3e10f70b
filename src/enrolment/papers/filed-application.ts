import type { Day } from '../../platform/day.ts'
import { type Id, isId } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import * as staff from '../../staff/staff.ts'
import * as units from '../../units/units.ts'
import type { FormVersion } from '../law.ts'
import { openCapture, packetReferenceOf } from '../packets/open-capture.ts'
import type { StationKeys } from '../stations/keys.ts'
import * as store from '../store-application.ts'
import * as receipts from '../store-receipt.ts'
import type { PaperHead } from './common-pdf.ts'

export type PaperHouse = { readonly keys: StationKeys; readonly origin: string; readonly isDemonstration: boolean }

/** The data that fill a paper. */
export type FiledApplication = {
  readonly application: store.Application
  readonly moves: readonly store.RecordedTransition[]
  readonly person: register.Person
  readonly opened: Awaited<ReturnType<typeof openCapture>>
  /** Who signed, or came for a person who was refused at the station. */
  readonly signer: Pick<store.CaptureSigner, 'kind' | 'name' | 'number'> | undefined
  readonly letterhead: units.Letterhead
  readonly nameOf: (officer: string | null | undefined) => string
  readonly head: (form: FormVersion, on: Day) => PaperHead
}

/** 'TT17/2024' as the form prints it. */
const formVersionInFull = (version: string) =>
  version.replace(/^TT(\d+)\/(\d{4})$/, 'Thông tư $1/$2/TT-BCA').replace(/^NĐ(\d+)\/(\d{4})$/, 'Nghị định $1/$2/NĐ-CP')

/** Loads the data that fill the papers of an application. Throws person-unknown. */
export async function loadFiledApplication(
  work: Work,
  { keys, origin, isDemonstration }: PaperHouse,
  application: store.Application,
): Promise<FiledApplication> {
  const moves = await store.findTransitions(work, application.id)
  const names = await staff.namesOf(work, [...moves.map(({ byId }) => byId), application.capturedBy ?? ''].filter(isId))
  const letterhead = await units.letterheadOf(work, application.unitId as Id<'unit'>, application.begunOn)
  const code = (await receipts.findReceiptCode(work, application.id)) ?? application.id.slice(0, 8).toUpperCase()
  const opened = await openCapture(work, keys, await packetReferenceOf(work, application))
  return {
    application,
    moves,
    person: await register.getPerson(work, application.personId),
    opened,
    signer: application.signer ?? opened?.capture.signer,
    letterhead,
    nameOf: officer => (officer ? (names.get(officer) ?? '') : ''),
    // Only the citizen has the token of the receipt; this code leads to the page where they type theirs.
    head: (form, on) => ({
      unit: { above: letterhead.above, name: letterhead.name },
      form: { code: form.code, version: formVersionInFull(form.version) },
      application: { code, url: `${origin}/receipt` },
      town: letterhead.town,
      on,
      printedAt: work.now,
      isDemonstration,
      lawRows: work.lawRows,
    }),
  }
}
