import type { Day } from '../../platform/day.ts'
import { drawField, drawSigners, types } from '../../platform/pdf/parts.ts'
import {
  finishPaper,
  mm,
  need,
  openPaper,
  type Paper,
  rule,
  sheets,
  wholeWidth,
  write,
  writeAt,
} from '../../platform/pdf/pdf.ts'
import { drawTable } from '../../platform/pdf/table.ts'
import { filled } from '../../platform/pdf/text.ts'
import {
  dayLine,
  dayText,
  drawCode,
  drawPaperFoot,
  drawTop,
  isCitizenCard,
  type PaperHead,
  say,
  sayEnglish,
} from './common.ts'

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
  readonly fee?: { readonly amount: number; readonly reason: string } | undefined
  /** As printed: number and hours. */
  readonly hotline: string
  readonly officer: string
}

const thousands = (n: number) => String(n).replace(/\B(?=(\d{3})+$)/g, '.')

/** Vietnamese, and small below it English. */
function both(
  paper: Paper,
  key: Parameters<typeof say>[0],
  type: (typeof types)[keyof typeof types] = types.section,
): void {
  write(
    paper,
    [
      { text: say(key), type },
      { text: ` ${sayEnglish(key)}`, type: types.small },
    ],
    type,
  )
}

function drawStates(paper: Paper, { card, account, on }: ReceiptPaper): void {
  const cardName = say(isCitizenCard(on) ? 'card-file-2021' : 'card-file')
  const accountName = account.level
    ? filled(say('account-at-level'), { level: `0${account.level}` })
    : say('account-file')
  const due = ({ state, due: day }: ReceiptState) =>
    day ? dayText(day) : state === 'received' ? say('by-message') : '–'
  const rows = [
    [`${cardName} (${sayEnglish('card-file')})`, say(card.state), due(card)],
    [`${accountName} (${sayEnglish('account-file')})`, say(account.state), due(account)],
  ]
  const columns = [
    { title: `${say('result')} / ${sayEnglish('result')}`, share: 3 },
    { title: `${say('state')} / ${sayEnglish('state')}`, share: 2 },
    { title: `${say('due')} / ${sayEnglish('due')}`, share: 1.4 },
  ]
  drawTable(paper, columns, rows, { head: types.head, cell: types.text }, { rowHeight: 22 })
}

function drawAppointment(paper: Paper, { appointment, postTo }: ReceiptPaper): void {
  const big = { face: 'bold', size: 14, leading: 20 } as const
  if (appointment) {
    const { day, time, place } = appointment
    both(paper, 'appointment')
    const when = time
      ? filled(say('appointment-at'), { time, day: dayText(day) })
      : filled(say('appointment-on'), { day: dayText(day) })
    write(paper, when, big)
    drawField(paper, [`${say('appointment-place')} / ${sayEnglish('appointment-place')}`, place])
  }
  if (postTo) drawField(paper, [say('by-post'), postTo])
}

function drawList(paper: Paper, key: 'bring' | 'collected', items: readonly string[]): void {
  if (items.length === 0) {
    drawField(paper, [say(key), say('collected-nothing')])
    return
  }
  both(paper, key, types.strong)
  const { x, width } = wholeWidth(paper)
  for (const item of items) {
    need(paper, types.text.leading)
    writeAt(paper, '–', types.text, { x: x + 4, width: 10 }, paper.y)
    write(paper, item, types.text, { x: x + 14, width: width - 14 })
  }
}

/** No more than three digits of a number are printed. */
const lastThree = (phone: string) => phone.replace(/\D/g, '').slice(-3)

/** The applicant beside the code. */
function drawWho(paper: Paper, receipt: ReceiptPaper): void {
  const { application, applicant, handedInBy, phoneEnd, on } = receipt
  const qr = 26 * mm
  const [top, right] = [paper.y, paper.right - qr]
  drawCode(paper, receipt, right + 7, top - 4, qr)
  const lookUp = application.url.endsWith('/receipt') ? 'look-up-by-code' : 'look-up'
  const below = writeAt(paper, say(lookUp), types.small, { x: right, width: qr, align: 'centre' }, top + qr - 6)
  const beside = { x: paper.left, width: right - paper.left - 6 }
  write(paper, say('receipt-title'), types.title, beside)
  write(paper, sayEnglish('receipt-title'), types.small, beside)
  drawField(paper, [say('application-code'), application.code], beside)
  drawField(paper, [say('receipt-of'), applicant], beside)
  if (handedInBy) drawField(paper, [say('receipt-by'), handedInBy], beside)
  if (phoneEnd)
    drawField(paper, [say('receipt-phone'), filled(say('phone-ends'), { end: lastThree(phoneEnd) })], beside)
  drawField(paper, [say('received-on'), dayText(on)], beside)
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
  drawTop(paper, receipt)
  drawWho(paper, receipt)
  drawStates(paper, receipt)
  paper.y += 6
  drawAppointment(paper, receipt)
  if (appointment || postTo) {
    rule(paper, paper.y + 3, 0.5, wholeWidth(paper))
    paper.y += 7
  }

  drawList(paper, 'bring', bring)
  drawList(paper, 'collected', collected)
  const feeText = fee
    ? filled(say('fee-amount'), { amount: thousands(fee.amount), reason: fee.reason })
    : say('fee-none')
  drawField(paper, [`${say('fee')} / ${sayEnglish('fee')}`, feeText])
  drawField(paper, [`${say('hotline')} / ${sayEnglish('hotline')}`, hotline])
  paper.y += 3
  write(paper, say('keep-slip'), types.note)
  write(paper, dayLine(receipt), types.note, { ...wholeWidth(paper), align: 'right' })
  const applicants = { title: say('receipt-applicant'), note: say('sign-here'), name: handedInBy ?? applicant }
  drawSigners(paper, [applicants, { title: say('receipt-officer'), note: say('sign-here'), name: officer }], 42)
  return finishPaper(paper, (page, pages) => drawPaperFoot(paper, receipt, page, pages))
}
