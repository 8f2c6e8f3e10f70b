import type { Day, PartialDay } from '../../platform/day.ts'
import { types } from '../../platform/pdf/letter-sizes.ts'
import { drawSignatureFields } from '../../platform/pdf/parts.ts'
import {
  finishPaper,
  mm,
  openPaper,
  type PdfPaper,
  type PdfTextStyle,
  sheets,
  wholeWidth,
  writeAt,
  writeText,
} from '../../platform/pdf/pdf.ts'
import { fillPlaceholders } from '../../platform/pdf/text.ts'
import {
  birthText,
  dayLine,
  dayText,
  drawApplicationCode,
  drawPaperFoot,
  drawPaperTop,
  type PaperHead,
  paperText,
} from './common-pdf.ts'

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

const runningType: PdfTextStyle = { face: 'regular', size: 11.5, leading: 17.5 }
const strongType: PdfTextStyle = { face: 'semibold', size: 11.5, leading: 17.5 }

function drawPart(paper: PdfPaper, label: string, texts: readonly string[]): void {
  if (texts.length === 0) return
  paper.y += 5
  const [first = '', ...others] = texts
  if (others.length === 0) {
    writeText(
      paper,
      [
        { text: `${label}:`, type: strongType },
        { text: ` ${first}`, type: runningType },
      ],
      runningType,
    )
    return
  }
  writeText(paper, `${label}:`, strongType)
  const { x, width } = wholeWidth(paper)
  for (const text of texts) writeText(paper, `– ${text}`, runningType, { x: x + 12, width: width - 12 })
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
  drawPaperTop(paper, refusal)

  const { x, width } = wholeWidth(paper)
  writeAt(
    paper,
    fillPlaceholders(paperText('refusal-number'), { number }),
    types.text,
    { x, width: width * 0.42, align: 'centre' },
    paper.y,
  )
  writeAt(paper, dayLine(refusal), types.note, { x: x + width * 0.42, width: width * 0.58, align: 'centre' }, paper.y)
  paper.y += 26
  const qr = 24 * mm
  drawApplicationCode(paper, refusal, paper.right - qr + 7, paper.y - 6, qr)
  const title = { x: x + qr, width: width - 2 * qr, align: 'centre' } as const
  writeText(paper, paperText('refusal-title'), { ...types.title, size: 17, leading: 25 }, title)
  writeText(paper, fillPlaceholders(paperText('refusal-about'), { procedure }), strongType, title)
  paper.y += 18

  writeText(paper, fillPlaceholders(paperText('refusal-to'), { name: applicant }), strongType)
  if (about)
    writeText(
      paper,
      fillPlaceholders(paperText('refusal-for'), { name: about.name, birth: birthText(about.birthDate) }),
      runningType,
    )
  paper.y += 5
  const facts = { day: dayText(receivedOn), unit: unit.name, code: application.code, procedure }
  writeText(
    paper,
    `${fillPlaceholders(paperText('refusal-received'), facts)} ` +
      `${fillPlaceholders(paperText('refusal-sentence'), facts)}`,
    runningType,
  )
  drawPart(paper, paperText('refusal-reason'), [reason])
  drawPart(paper, paperText('refusal-basis'), legalBasis)
  drawPart(paper, paperText('refusal-possible'), [
    possibleFrom
      ? fillPlaceholders(paperText('possible-from'), { day: dayText(possibleFrom) })
      : paperText('possible-when'),
  ])
  drawPart(paper, paperText('refusal-steps'), steps)
  drawPart(paper, paperText('refusal-returned'), returned)
  const { office, address, above } = complaint
  const second = above ? ` ${fillPlaceholders(paperText('complaint-above'), { above })}` : ''
  drawPart(paper, paperText('refusal-complaint'), [
    `${fillPlaceholders(paperText('complaint-text'), { office, address })}${second}`,
  ])

  paper.y += 16
  drawSignatureFields(paper, [
    { title: paperText('refusal-receiver'), note: paperText('sign-here') },
    { title: decidedBy.title.toUpperCase(), note: paperText('sign-here'), name: decidedBy.name },
  ])
  return finishPaper(paper, (page, pages) => drawPaperFoot(paper, refusal, page, pages))
}
