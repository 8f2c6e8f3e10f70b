import { readFile } from 'node:fs/promises'
import { requestProblem } from '../../platform/http/problems.ts'
import { type Doors, serve } from '../../platform/http/serve-endpoint.ts'
import { asId, type Id, isId } from '../../platform/ids.ts'
import * as register from '../../register/register.ts'
import { toApiRow } from '../api-row.ts'
import { cardRefIn } from '../card-reference.ts'
import { handCardOver } from '../contract.ts'
import type { DemonstrationMark } from '../demonstration-mark.ts'
import { destroyOld, listOldCards, takeInOld } from '../withdrawal/old-card.ts'
import * as contract from './contract.ts'
import { decideHandOver } from './held-decisions.ts'
import { giveOutList, listHandOverLists, returnList, showHandOverList } from './lists.ts'
import { handOverSheetOfList } from './sheet-data.ts'
import { readSignedSheet, signatureIn } from './signed-pictures.ts'

/** Ids with commas between them, as a multipart field has them. */
function idsIn(text: string | undefined, field: string): Id<'card'>[] {
  const ids = (text ?? '')
    .split(',')
    .map(id => id.trim())
    .filter(Boolean)
  if (!ids.every(isId)) throw requestProblem('input-invalid', { wrong: [{ field }] })
  return ids.map(id => asId<'card'>(id))
}

export function handOverRoutes(doors: Doors, { isDemonstration }: DemonstrationMark): void {
  serve(doors, handCardOver, (work, { body }) => decideHandOver(work, body))
  serve(doors, contract.listLists, async (work, { query }) => {
    const { rows, next } = await listHandOverLists(work, query)
    return { rows: rows.map(toApiRow), ...(next && { next }) }
  })
  serve(doors, contract.showList, async (work, { params }) => {
    const { list, lines } = await showHandOverList(work, params.id)
    return { list: toApiRow(list), lines: lines.map(toApiRow) }
  })
  serve(doors, contract.listSheet, async (work, { params }) => {
    const { code, content } = await handOverSheetOfList(work, params.id, { isDemonstration: isDemonstration() })
    return { name: `${code}-ky-nhan.pdf`, type: 'application/pdf', content }
  })
  serve(doors, contract.giveList, async (work, { body: { signature, cards: refs, ...list } }) =>
    toApiRow(await giveOutList(work, { ...list, cards: refs.map(cardRefIn), ...(await signatureIn(signature)) })),
  )
  serve(doors, contract.returnList, async (work, { params, body }, { upload }) => {
    if (!upload) throw requestProblem('file-missing')
    const lines = [
      ...idsIn(body.signed, 'signed').map(cardId => ({ cardId, outcome: 'handed-over' as const })),
      ...idsIn(body.cameBack, 'cameBack').map(cardId => ({ cardId, outcome: 'came-back' as const })),
    ]
    const sheet = await readSignedSheet(await readFile(upload.path))
    return toApiRow(await returnList(work, params.id, { sheet, lines }))
  })
  serve(doors, contract.listOld, (work, { query }) => listOldCards(work, query))
  serve(doors, contract.takeInOld, async (work, { body: { personId, kind, number } }) => {
    const holder = personId
    await register.getSummary(work, holder)
    await takeInOld(work, { personId: holder, kind, number })
    return {}
  })
  serve(doors, contract.destroyOld, (work, { body }) => destroyOld(work, body))
}
