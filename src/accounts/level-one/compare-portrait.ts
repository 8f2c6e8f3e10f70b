import { compareFaces } from '../../biometrics/comparing/comparing.ts'
import { type FaceEngine, FaceEngineFailed } from '../../biometrics/face-engine/face-engine.ts'
import { faceThresholds } from '../../biometrics/law.ts'
import * as cards from '../../cards/cards.ts'
import { ruleOn } from '../../platform/law.ts'
import { asSystem, type OpenWork, type Work } from '../../platform/work.ts'
import * as desk from '../store-request.ts'
import { type SealingKeys, unseal } from './seal.ts'
import * as portraits from './store.ts'

/**
 * The job that compares the portrait of a request from the web with that of the card. It decides nothing: whoever
 * approves another face than the card's says why.
 */
export const comparePortraitJob = 'compare-account-portrait'

export async function comparePortrait(
  openWork: OpenWork,
  keys: SealingKeys,
  engine: FaceEngine | undefined,
  id: string,
): Promise<void> {
  const found = await openWork(asSystem('account'), async work => {
    const row = await desk.findRequestRow(work, id)
    const sealed = row && (await portraits.findSealedPortrait(work, row))
    return row && sealed ? { row, sealed, card: await cards.portraitOf(work, row.personId) } : undefined
  })
  if (!found) return
  const { row, sealed, card } = found
  const keep = (face: (work: Work) => portraits.ComparedPortrait) =>
    openWork(asSystem('account'), work => portraits.setComparedPortrait(work, row, face(work)))
  if (!engine || !card) {
    const why = engine ? 'no-former-portrait' : 'no-engine'
    return keep(() => ({ verdict: 'not-done', why }))
  }
  try {
    const [sent, ofCard] = [await engine.describe(await unseal(sealed, id, keys)), await engine.describe(card)]
    const [one, other] = [sent.template, ofCard.template]
    const why = sent.fault ?? ofCard.fault ?? 'no-face'
    await keep(work =>
      one && other ? compareFaces(one, other, ruleOn(faceThresholds, work.today, work)) : { verdict: 'not-done', why },
    )
  } catch (error) {
    if (!(error instanceof FaceEngineFailed)) throw error
    await keep(() => ({ verdict: 'not-done', why: 'engine-failed' }))
  }
}
