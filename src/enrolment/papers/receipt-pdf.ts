import { isCitizenCard } from '../../names/law.ts'
import type { Day } from '../../platform/day.ts'
import { types } from '../../platform/pdf/letter-sizes.ts'
import { drawField, drawSignatureFields } from '../../platform/pdf/parts.ts'
import {
  drawRule,
  ensureHeight,
  finishPaper,
  mm,
  openPaper,
  type PdfPaper,
  sheets,
  wholeWidth,
  writeAt,
  writeText,
} from '../../platform/pdf/pdf.ts'
import { drawTable } from '../../platform/pdf/table.ts'
import { fillPlaceholders } from '../../platform/pdf/text.ts'
import { numberIn } from '../../platform/terms/numbers-and-days.ts'
import {
  dayLine,
  dayText,
  drawApplicationCode,
  drawPaperFoot,
  drawPaperTop,
  type PaperHead,
  paperText,
  paperTextInEnglish,
  paperTextOn,
} from './common-pdf.ts'

/** The state of one of the two results when the receipt is given out; `due` is absent if no day can be given. */
export type ReceiptState = {
  readonly state: 'received' | 'waiting-for-data' | 'not-asked' | 'refused'
  readonly due?: Day | undefined
}

/** One receipt for card and account, each with its own state (CC02 of TT17/2024; domain.md 2D, 2.9). */
export type ReceiptPaper = PaperHead & {
  readonly applicant: string
  /** Who handed the application in, if it is another person. */
  readonly handedInBy?: string | undefined
  /** The last three digits, no more. */
  readonly phoneEnd?: string | undefined
  readonly card: ReceiptState
  readonly account: ReceiptState & { readonly level?: 1 | 2 | undefined }
  readonly appointment?: { readonly day: Day; readonly time?: string | undefined; readonly place: string } | undefined
  /** The address if the card is sent by post. */
  readonly postTo?: string | undefined
  readonly bring: readonly string[]
  /** What was collected, such as the old card with its number's last digits. */
  readonly collected: readonly string[]
  /** In đồng; `reason` names the rule. */
  readonly fee?:
    | { readonly is: 'due'; readonly amount: number; readonly reason: string }
    | { readonly is: 'exempt'; readonly who: string; readonly evidence: string; readonly reason: string }
    | undefined
  /** As printed: number and hours. */
  readonly hotline: string
  readonly officer: string
}

/** Vietnamese, and small below it English. */
function drawInBothLanguages(
  paper: PdfPaper,
  key: Parameters<typeof paperText>[0],
  type: (typeof types)[keyof typeof types] = types.section,
): void {
  writeText(
    paper,
    [
      { text: paperText(key), type },
      { text: ` ${paperTextInEnglish(key)}`, type: types.small },
    ],
    type,
  )
}

function drawStates(paper: PdfPaper, receipt: ReceiptPaper): void {
  const { card, account, on } = receipt
  const textOfDay = paperTextOn(on, receipt)
  const accountName = textOfDay(account.level ? `account-at-level-${account.level}` : 'account-file')
  const due = ({ state, due: day }: ReceiptState) =>
    day ? dayText(day) : state === 'received' ? paperText('by-message') : '–'
  const rows = [
    [`${textOfDay('card-file')} (${paperTextInEnglish('card-file')})`, paperText(card.state), due(card)],
    [`${accountName} (${paperTextInEnglish('account-file')})`, paperText(account.state), due(account)],
  ]
  const columns = [
    { title: `${paperText('result')} / ${paperTextInEnglish('result')}`, share: 3 },
    { title: `${paperText('state')} / ${paperTextInEnglish('state')}`, share: 2 },
    { title: `${paperText('due')} / ${paperTextInEnglish('due')}`, share: 1.4 },
  ]
  drawTable(paper, columns, rows, { head: types.head, cell: types.text }, { rowHeight: 22 })
}

function drawAppointment(paper: PdfPaper, { appointment, postTo }: ReceiptPaper): void {
  const big = { face: 'bold', size: 14, leading: 20 } as const
  if (appointment) {
    const { day, time, place } = appointment
    drawInBothLanguages(paper, 'appointment')
    const when = time
      ? fillPlaceholders(paperText('appointment-at'), { time, day: dayText(day) })
      : fillPlaceholders(paperText('appointment-on'), { day: dayText(day) })
    writeText(paper, when, big)
    drawField(paper, [`${paperText('appointment-place')} / ${paperTextInEnglish('appointment-place')}`, place])
  }
  if (postTo) drawField(paper, [paperText('by-post'), postTo])
}

function drawList(paper: PdfPaper, key: 'bring' | 'collected', items: readonly string[]): void {
  if (items.length === 0) {
    drawField(paper, [paperText(key), paperText('collected-nothing')])
    return
  }
  drawInBothLanguages(paper, key, types.strong)
  const { x, width } = wholeWidth(paper)
  for (const item of items) {
    ensureHeight(paper, types.text.leading)
    writeAt(paper, '–', types.text, { x: x + 4, width: 10 }, paper.y)
    writeText(paper, item, types.text, { x: x + 14, width: width - 14 })
  }
}

/** No more than three digits of a number are printed. */
const lastThree = (phone: string) => phone.replace(/\D/g, '').slice(-3)

/** The applicant beside the code. */
function drawWho(paper: PdfPaper, receipt: ReceiptPaper): void {
  const { application, applicant, handedInBy, phoneEnd, on } = receipt
  const qr = 26 * mm
  const [top, right] = [paper.y, paper.right - qr]
  drawApplicationCode(paper, receipt, right + 7, top - 4, qr)
  const lookUp = application.url.endsWith('/receipt') ? 'look-up-by-code' : 'look-up'
  const below = writeAt(paper, paperText(lookUp), types.small, { x: right, width: qr, align: 'centre' }, top + qr - 6)
  const beside = { x: paper.left, width: right - paper.left - 6 }
  const title = paperText(isCitizenCard(on, receipt) ? 'receipt-title-2021' : 'receipt-title')
  for (const line of title.split('\n')) writeText(paper, line, types.title, beside)
  writeText(paper, paperTextInEnglish('receipt-title'), types.small, beside)
  drawField(paper, [paperText('application-code'), application.code], beside)
  drawField(paper, [paperText('receipt-of'), applicant], beside)
  if (handedInBy) drawField(paper, [paperText('receipt-by'), handedInBy], beside)
  if (phoneEnd)
    drawField(
      paper,
      [paperText('receipt-phone'), fillPlaceholders(paperText('phone-ends'), { end: lastThree(phoneEnd) })],
      beside,
    )
  drawField(paper, [paperText('received-on'), dayText(on)], beside)
  paper.y = Math.max(paper.y, below) + 4
}

/**
 * The receipt, A5 upright: when and where, what to bring, what was collected and paid. It has no personal number and no
 * full phone number.
 */
export function receiptPaper(receipt: ReceiptPaper): Promise<Buffer> {
  const {
    form,
    application,
    printedAt,
    applicant,
    handedInBy,
    appointment,
    postTo,
    bring,
    collected,
    fee,
    hotline,
    officer,
  } = receipt
  const paper = openPaper({
    title: `${form.code} ${application.code}`,
    at: printedAt,
    size: sheets.a5,
    margin: 12,
    zoom: 0.84,
  })
  drawPaperTop(paper, receipt)
  drawWho(paper, receipt)
  drawStates(paper, receipt)
  paper.y += 6
  drawAppointment(paper, receipt)
  if (appointment || postTo) {
    drawRule(paper, paper.y + 3, 0.5, wholeWidth(paper))
    paper.y += 7
  }

  drawList(paper, 'bring', bring)
  drawList(paper, 'collected', collected)
  const feeText =
    fee?.is === 'due'
      ? fillPlaceholders(paperText('fee-amount'), { amount: numberIn(fee.amount, 'vi'), reason: fee.reason })
      : fee?.is === 'exempt'
        ? fillPlaceholders(paperText('fee-exempt'), { who: fee.who, evidence: fee.evidence, reason: fee.reason })
        : paperText('fee-none')
  drawField(paper, [`${paperText('fee')} / ${paperTextInEnglish('fee')}`, feeText])
  drawField(paper, [`${paperText('hotline')} / ${paperTextInEnglish('hotline')}`, hotline])
  paper.y += 3
  writeText(paper, paperText('keep-slip'), types.note)
  writeText(paper, dayLine(receipt), types.note, { ...wholeWidth(paper), align: 'right' })
  const applicants = {
    title: paperText('receipt-applicant'),
    note: paperText('sign-here'),
    name: handedInBy ?? applicant,
  }
  drawSignatureFields(
    paper,
    [applicants, { title: paperText('receipt-officer'), note: paperText('sign-here'), name: officer }],
    42,
  )
  return finishPaper(paper, (page, pages) => drawPaperFoot(paper, receipt, page, pages))
}
