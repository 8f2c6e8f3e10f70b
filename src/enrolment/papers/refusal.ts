import type { Day, PartialDay } from '../../platform/day.ts'
import { drawSigners, types } from '../../platform/pdf/parts.ts'
import {
  finishPaper,
  mm,
  openPaper,
  type Paper,
  sheets,
  type Type,
  wholeWidth,
  write,
  writeAt,
} from '../../platform/pdf/pdf.ts'
import { filled } from '../../platform/pdf/text.ts'
import { birthText, dayLine, dayText, drawCode, drawPaperFoot, drawTop, type PaperHead, say } from './common.ts'

/** Why an application is refused, and what follows (CC03 of TT17/2024, TT53/2025; domain.md 2D, 2E). */
export type RefusalPaper = PaperHead & {
  /** The number of the notice in its unit's book. */
  readonly number: string
  readonly applicant: string
  /** The person of the card, if it is another one. */
  readonly about?: { readonly name: string; readonly birthDate: PartialDay } | undefined
  /** As in "cấp thẻ căn cước". */
  readonly procedure: string
  readonly receivedOn: Day
  readonly reason: string
  /** Articles, one a line. */
  readonly legalBasis: readonly string[]
  /** The first day on which it can be granted; absent if that depends on the remedy. */
  readonly possibleFrom?: Day | undefined
  readonly steps: readonly string[]
  readonly returned: readonly string[]
  /** The head to whom one complains, where, and to whom after that. */
  readonly complaint: { readonly office: string; readonly address: string; readonly above?: string | undefined }
  readonly decidedBy: { readonly title: string; readonly name: string }
}

const running: Type = { face: 'regular', size: 11.5, leading: 17.5 }
const strong: Type = { face: 'semibold', size: 11.5, leading: 17.5 }

function drawPart(paper: Paper, label: string, texts: readonly string[]): void {
  if (texts.length === 0) return
  paper.y += 5
  const [first = '', ...others] = texts
  if (others.length === 0) {
    write(
      paper,
      [
        { text: `${label}:`, type: strong },
        { text: ` ${first}`, type: running },
      ],
      running,
    )
    return
  }
  write(paper, `${label}:`, strong)
  const { x, width } = wholeWidth(paper)
  for (const text of texts) write(paper, `– ${text}`, running, { x: x + 12, width: width - 12 })
}

/**
 * The notice of refusal, A4: the reason and its law, when it can be granted and what to do for it, who decided, where
 * to complain.
 */
export function refusalPaper(refusal: RefusalPaper): Promise<Buffer> {
  const { form, application, printedAt, unit, number, applicant, about, procedure, receivedOn, reason, legalBasis } =
    refusal
  const { possibleFrom, steps, returned, complaint, decidedBy } = refusal
  const paper = openPaper({ title: `${form.code} ${application.code}`, at: printedAt, size: sheets.a4, margin: 18 })
  drawTop(paper, refusal)

  const { x, width } = wholeWidth(paper)
  writeAt(
    paper,
    filled(say('refusal-number'), { number }),
    types.text,
    { x, width: width * 0.42, align: 'centre' },
    paper.y,
  )
  writeAt(paper, dayLine(refusal), types.note, { x: x + width * 0.42, width: width * 0.58, align: 'centre' }, paper.y)
  paper.y += 26
  const qr = 24 * mm
  drawCode(paper, refusal, paper.right - qr + 7, paper.y - 6, qr)
  const title = { x: x + qr, width: width - 2 * qr, align: 'centre' } as const
  write(paper, say('refusal-title'), { ...types.title, size: 17, leading: 25 }, title)
  write(paper, filled(say('refusal-about'), { procedure }), strong, title)
  paper.y += 18

  write(paper, filled(say('refusal-to'), { name: applicant }), strong)
  if (about) write(paper, filled(say('refusal-for'), { name: about.name, birth: birthText(about.birthDate) }), running)
  paper.y += 5
  const facts = { day: dayText(receivedOn), unit: unit.name, code: application.code, procedure }
  write(paper, `${filled(say('refusal-received'), facts)} ${filled(say('refusal-sentence'), facts)}`, running)
  drawPart(paper, say('refusal-reason'), [reason])
  drawPart(paper, say('refusal-basis'), legalBasis)
  drawPart(paper, say('refusal-possible'), [
    possibleFrom ? filled(say('possible-from'), { day: dayText(possibleFrom) }) : say('possible-when'),
  ])
  drawPart(paper, say('refusal-steps'), steps)
  drawPart(paper, say('refusal-returned'), returned)
  const { office, address, above } = complaint
  const second = above ? ` ${filled(say('complaint-above'), { above })}` : ''
  drawPart(paper, say('refusal-complaint'), [`${filled(say('complaint-text'), { office, address })}${second}`])

  paper.y += 16
  drawSigners(paper, [
    { title: say('refusal-receiver'), note: say('sign-here') },
    { title: decidedBy.title.toUpperCase(), note: say('sign-here'), name: decidedBy.name },
  ])
  return finishPaper(paper, (page, pages) => drawPaperFoot(paper, refusal, page, pages))
}
