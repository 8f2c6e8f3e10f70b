import { useQueryClient } from '@tanstack/react-query'
import {
  changeMapping,
  deleteDraft,
  importRoll,
  listRolls,
  previewRoll,
  showRoll,
} from '../../../src/rolls/contract.ts'
import { Button } from '../../parts/button.tsx'
import { numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { at } from '../base/navigation.ts'
import { goTo } from '../base/router-handle.ts'
import { useAsk, useDo } from '../base/use-endpoint.ts'
import { Failed, Loading, Progress, RefusedNote } from '../parts/page-state.tsx'
import type { Roll } from '../review/roll.ts'
import { Page } from '../shell/page.tsx'
import { Findings } from './findings.tsx'
import { isLeftOutUnasked, mappingOf, type SheetMapping } from './preview.ts'
import { WouldReplace } from './replacement.tsx'
import { RollProgress } from './roll-progress.tsx'
import { SheetPreview } from './sheet-preview.tsx'

/**
 * How the file is read: each sheet, its columns and first rows. A person can change what a column is; nothing is lost
 * unseen.
 */
export function DraftPage({ roll }: { roll: Roll }) {
  const say = useSay()
  const client = useQueryClient()
  const params = { id: roll.id }
  const { data, error, refetch } = useAsk(previewRoll, { params })
  const remap = useDo(changeMapping)
  const take = useDo(importRoll, [showRoll, listRolls])
  const drop = useDo(deleteDraft, [listRolls])
  const { preview, replacement } = remap.data ?? data ?? {}
  const change = (changed: SheetMapping) => {
    if (!preview) return
    const mapping = preview.sheets.flatMap(sheet =>
      sheet.sheet === changed.sheet ? [changed] : isLeftOutUnasked(sheet) ? [] : [mappingOf(sheet)],
    )
    remap.mutate(
      { params, body: { mapping } },
      { onSuccess: answer => client.setQueryData([previewRoll.path, previewRoll.method, { params }], answer) },
    )
  }
  const rows = preview?.rows ?? 0
  return (
    <Page
      title={say('roll-read-title', { school: roll.school.name })}
      strip={[roll.school.name, roll.fileName]}
      margin={<RollProgress roll={{ ...roll, rows }} step={1} />}
      foot={
        <>
          <Button
            look={['primary', 'wide']}
            {...((!rows || take.isPending || remap.isPending) && { disabled: true })}
            onPress={() => take.mutate({ params })}
          >
            {say(replacement ? 'preview-take-instead' : 'preview-take', {
              n: numberText(rows),
              before: numberText(replacement?.rows ?? 0),
            })}
          </Button>
          <button
            type="button"
            className="exit"
            onClick={() => drop.mutate({ params }, { onSuccess: () => goTo(at('/ra-soat')) })}
          >
            {say('preview-throw')}
          </button>
        </>
      }
    >
      <RefusedNote error={remap.error ?? take.error ?? drop.error} />
      {remap.isPending && <Progress what={say('preview-rereading')} />}
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!preview && !error && <Loading what={say('reading-roll')} />}
      {replacement && <WouldReplace replacement={replacement} rows={rows} />}
      {preview && <Findings preview={preview} onChange={change} />}
      {preview?.sheets.map(sheet => (
        <SheetPreview key={sheet.sheet} sheet={sheet} preview={preview} onChange={change} />
      ))}
    </Page>
  )
}
