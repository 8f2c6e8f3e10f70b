import { type Day, dayAt, slashedDay } from '../../platform/day.ts'
import { types } from '../../platform/pdf/letter-sizes.ts'
import { drawField, drawFoot, drawHeading, drawSignatureFields } from '../../platform/pdf/parts.ts'
import {
  ensureHeight,
  finishPaper,
  openPaper,
  type PdfPaper,
  sheets,
  wholeWidth,
  writeAt,
  writeText,
} from '../../platform/pdf/pdf.ts'
import { fillPlaceholders } from '../../platform/pdf/text.ts'
import * as units from '../../units/units.ts'
import { sensitiveKinds } from './breach.ts'
import type { DataBreach } from './store.ts'
import { sayOfBreaches } from './words.ts'

/**
 * The notice to the authority, with the contents of form 03 of NĐ13/2023 (time, place, deed, kinds and number of data,
 * who answers for it, harm, measures). It leaves room for the number and the signature of the head of the unit.
 */

export type BreachPaper = {
  readonly breach: DataBreach
  readonly unit: units.Letterhead
  readonly form: { readonly code: string; readonly version: string }
  readonly officer: string
  readonly on: Day
  readonly printedAt: Date
  readonly isDemonstration: boolean
}

const say = sayOfBreaches('vi')

const counts = new Intl.NumberFormat('vi-VN')
const clock = new Intl.DateTimeFormat('vi-VN', {
  timeZone: 'Asia/Ho_Chi_Minh',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})
const momentText = (at: Date): string => `${clock.format(at)}, ${slashedDay(dayAt(at))}`

function section(paper: PdfPaper, title: string, prose?: string): void {
  ensureHeight(paper, 40)
  paper.y += 6
  writeText(paper, title, types.strong)
  if (prose) writeText(paper, prose, types.text)
}

export function breachNoticePdf(given: BreachPaper): Promise<Buffer> {
  const { breach, unit, form, officer, on, printedAt, isDemonstration } = given
  const paper = openPaper({ title: say('title-what'), at: printedAt, size: sheets.a4, margin: 20 })
  drawHeading(paper, units.letterheadLines(unit), [
    { text: say('state'), isStrong: true },
    { text: say('motto'), isStrong: true },
  ])
  const [y, m, d] = on.split('-') as [string, string, string]
  const half = wholeWidth(paper)
  writeAt(paper, fillPlaceholders(say('number'), { number: breach.noticeNumber ?? '…………' }), types.text, half, paper.y)
  paper.y = writeAt(
    paper,
    fillPlaceholders(say('place-day'), { town: unit.town, d, m, y }),
    types.text,
    { ...half, align: 'right' },
    paper.y,
  )
  paper.y += 12
  paper.y = writeAt(paper, say('title'), types.title, { ...half, align: 'centre' }, paper.y)
  paper.y = writeAt(paper, say('title-what'), types.strong, { ...half, align: 'centre' }, paper.y)
  paper.y += 10
  drawField(paper, [say('to'), say('to-whom')])

  section(paper, say('organisation'))
  drawField(paper, [say('organisation-name'), unit.name])
  drawField(paper, [say('seat'), unit.seat])
  drawField(paper, [say('contact'), officer])

  section(paper, say('breach'))
  drawField(paper, [say('happened'), momentText(breach.happenedAt)])
  drawField(paper, [say('discovered'), momentText(breach.discoveredAt)])
  drawField(paper, [say('place-of'), breach.place])
  drawField(paper, [say('what'), breach.what])
  const kindText = (kind: DataBreach['dataKinds'][number]) =>
    say(`data-${kind}`) + (sensitiveKinds.includes(kind) ? ` (${say('sensitive')})` : '')
  drawField(paper, [say('kinds'), breach.dataKinds.map(kindText).join('; ')])
  const n = counts.format(breach.people)
  drawField(paper, [say('people'), breach.peopleKnown ? n : fillPlaceholders(say('people-about'), { n })])

  section(paper, say('harm'), breach.harm)
  section(paper, say('measures'), breach.measures)
  if (breach.lateReason) section(paper, say('late'), breach.lateReason)
  paper.y += 10
  ensureHeight(paper, 110)
  drawSignatureFields(paper, [
    { title: '', note: '' },
    { title: say('head'), note: say('head-note') },
  ])
  const by = fillPlaceholders(say(form.code ? 'form' : 'form-unseen'), form)
  return finishPaper(paper, (page, pages) =>
    drawFoot(paper, isDemonstration ? `${by} · ${say('demonstration')}` : by, `${page}/${pages}`),
  )
}
