import { resolve } from 'node:path'
import * as cards from '../../cards/cards.ts'
import { asOperator } from '../../open-house.ts'
import { asId, isId } from '../../platform/ids.ts'
import { printAnswer, progressOn, WrongUsage } from '../../platform/terminal.ts'
import { type Invocation, wordOf, wordsOf } from '../invocation.ts'
import { recipientsOfChipKeys, writerOfFolders } from './chip-folders.ts'

/**
 * `card personalise --batch ID --out DIR [--card ID] [--recipient R]… [--anew]`: the files of the chips of a batch, a
 * folder for each card. Exit code 1 where a card was left out; the reason of each is told.
 */
export async function personaliseCards({ house, values, json }: Invocation): Promise<void> {
  const [batch, out] = [wordOf(values['batch']), wordOf(values['out'])]
  if (!batch || !isId(batch)) throw new WrongUsage('card personalise needs --batch, the id that `card batch` told')
  if (!out) throw new WrongUsage('card personalise needs --out, the folder to write')
  const card = wordOf(values['card'])
  if (card !== undefined && !isId(card)) throw new WrongUsage('--card takes the id of a card')
  const recipients = await recipientsOfChipKeys(house.folder, wordsOf(values['recipient']))
  const progress = progressOn()
  const done = await cards.personaliseBatch(
    house.openWork,
    asOperator('card'),
    batch,
    writerOfFolders(resolve(out), recipients),
    {
      anew: values['anew'] === true,
      ...(card && { cardId: asId<'card'>(card) }),
      onProgress: (written, cards) => progress(written, cards, `${written} chips`),
    },
  )
  const { code, written, before, refused, isListOverdue } = done
  const lines = [
    `${code}: ${written} chips in ${out}`,
    before > 0
      ? `${before} cards have a chip already; --anew makes another of those that wait, with --card of any; the one ` +
        'before is spoiled'
      : '',
    isListOverdue ? 'the list of revoked signers is out of date: run pki revocation-list' : '',
    ...refused.map(({ cardId, why, code: reason }) => `LEFT OUT ${cardId}: ${why} (${reason})`),
  ]
  await printAnswer(json, { ...done, out, recipients }, lines.filter(Boolean).join('\n'))
  if (refused.length > 0) process.exitCode = 1
}
