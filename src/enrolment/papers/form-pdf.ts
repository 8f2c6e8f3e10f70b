import type { Day, PartialDay } from '../../platform/day.ts'
import { types } from '../../platform/pdf/letter-sizes.ts'
import { drawFields, drawSignatureFields } from '../../platform/pdf/parts.ts'
import {
  drawDottedRule,
  drawFrame,
  drawImage,
  drawRule,
  ensureHeight,
  finishPaper,
  mm,
  openPaper,
  type PdfPaper,
  sheets,
  textWidth,
  wholeWidth,
  writeAt,
  writeText,
} from '../../platform/pdf/pdf.ts'
import { drawTable } from '../../platform/pdf/table.ts'
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
  paperTextOn,
} from './common-pdf.ts'

export type FormRelation = 'father' | 'mother' | 'spouse' | 'representative' | 'householder'

/** The capture and the population data for the citizen to check and sign (CC01 of TT17/2024; domain.md 2D, 2E). */
export type FormPaper = PaperHead & {
  readonly request: {
    readonly kind: 'first' | 'exchange' | 'reissue'
    /** In words; empty on a first issue. */
    readonly reason?: string | undefined
    readonly account: 'none' | 'level-1' | 'level-2'
  }
  readonly capturedAt: string
  readonly capturedOn: Day
  readonly citizen: {
    readonly number?: string | undefined
    readonly oldNumber?: string | undefined
    readonly fullName: string
    readonly otherName?: string | undefined
    readonly birthDate: PartialDay
    readonly sex: 'M' | 'F'
    readonly ethnicity?: string | undefined
    readonly religion?: string | undefined
    readonly nationality: string
    readonly bloodGroup?: string | undefined
    readonly birthPlace?: string | undefined
    readonly birthRegisteredAt?: string | undefined
    readonly hometown?: string | undefined
    readonly permanentResidence?: string | undefined
    readonly temporaryResidence?: string | undefined
    readonly currentAbode?: string | undefined
    readonly maritalStatus?: string | undefined
    readonly occupation?: string | undefined
    readonly education?: string | undefined
    readonly features?: string | undefined
    readonly phone?: string | undefined
    readonly email?: string | undefined
  }
  readonly relatives: readonly {
    readonly relation: FormRelation
    readonly name: string
    readonly number?: string | undefined
    readonly nationality?: string | undefined
  }[]
  /** A JPEG; absent if no face is captured (LCC Art. 23). */
  readonly portrait?: Buffer | undefined
  readonly captured: { readonly face: boolean; readonly fingers: number; readonly iris: boolean }
  /** Signs instead of the citizen. */
  readonly representative?: string | undefined
  readonly officer: string
}

/** Points of room for a signature. */
const signingRoom = 40

const portraitSize = { width: 22.5 * mm, height: 30 * mm }

/** The number in twelve cells, in groups of 3, 1, 2 and 6 (docs/design.md). */
function drawNumber(paper: PdfPaper, number: string | undefined): void {
  if (!number) {
    drawFields(paper, [[paperText('number'), paperText('number-none'), 1]])
    return
  }
  const label = `${paperText('number')}:`
  const [cell, gap] = [15, 5]
  const top = paper.y + 1
  writeAt(paper, label, types.text, { x: paper.left, width: 200 }, top + 2)
  let x = paper.left + textWidth(paper, label, types.text) + 8
  for (const [at, digit] of [...number].entries()) {
    if (at === 3 || at === 4 || at === 6) x += gap
    drawFrame(paper, { x, y: top, width: cell, height: 18 }, 0.6)
    writeAt(paper, digit, { face: 'semibold', size: 12, leading: 18 }, { x, width: cell, align: 'centre' }, top)
    x += cell
  }
  paper.y = top + 22
}

/** A table brings its own rule. */
function drawSection(paper: PdfPaper, title: string, below: 'fields' | 'table' = 'fields'): void {
  ensureHeight(paper, 60)
  paper.y += 4
  writeText(paper, title, types.section)
  if (below === 'table') return
  drawRule(paper, paper.y, 0.5, wholeWidth(paper))
  paper.y += 4
}

/** Title, code and portrait side by side. */
function drawHeader(paper: PdfPaper, form: FormPaper): void {
  const top = paper.y
  const x = paper.right - portraitSize.width
  const area = { x, y: top, ...portraitSize }
  if (form.portrait) drawImage(paper, form.portrait, area)
  else {
    drawFrame(paper, area)
    writeAt(
      paper,
      paperText(form.captured.face ? 'form-portrait' : 'no-portrait'),
      types.small,
      { x: x + 6, width: area.width - 12, align: 'centre' },
      top + area.height / 2 - 12,
    )
  }
  const qr = 27 * mm
  drawApplicationCode(paper, form, paper.left - 8, top - 8, qr)
  const middle = { x: paper.left + qr, width: x - paper.left - qr - 8, align: 'centre' } as const
  const title = paperTextOn(form.capturedOn, form)('form-title')
  const y = title.split('\n').reduce((under, line) => writeAt(paper, line, types.title, middle, under), top + 14)
  writeAt(paper, `${paperText('application-code')}: ${form.application.code}`, types.text, middle, y + 4)
  paper.y = top + area.height + 2
}

const capturedText = ({ face, fingers, iris }: FormPaper['captured']) =>
  [
    ...(face ? [paperText('captured-face')] : []),
    ...(fingers > 0 ? [fillPlaceholders(paperText('captured-fingers'), { n: String(fingers) })] : []),
    ...(iris ? [paperText('captured-iris')] : []),
  ].join(', ') || paperText('captured-nothing')

function drawRequest(paper: PdfPaper, form: FormPaper): void {
  const { request, capturedAt, capturedOn } = form
  drawSection(paper, paperText('request'))
  drawFields(paper, [
    [paperText('request-kind'), paperText(request.kind), 1],
    [paperText('with-account'), paperTextOn(capturedOn, form)(`account-${request.account}`), 1.5],
  ])
  if (request.kind !== 'first' || request.reason)
    drawFields(paper, [[paperText('request-reason'), request.reason ?? '', 1]])
  drawFields(paper, [
    [paperText('captured-at'), capturedAt, 2],
    [paperText('captured-on'), dayText(capturedOn), 1],
  ])
}

function drawCitizen(paper: PdfPaper, { citizen, captured }: FormPaper): void {
  const {
    number,
    oldNumber = '',
    fullName,
    otherName = '',
    birthDate,
    sex,
    ethnicity = '',
    religion = '',
    nationality,
  } = citizen
  const {
    bloodGroup = '',
    birthPlace = '',
    birthRegisteredAt = '',
    hometown = '',
    permanentResidence = '',
    temporaryResidence = '',
  } = citizen
  const {
    currentAbode = '',
    maritalStatus = '',
    occupation = '',
    education = '',
    features = '',
    phone = '',
    email = '',
  } = citizen
  drawSection(paper, paperText('person'))
  drawFields(paper, [[paperText('full-name'), fullName.toUpperCase(), 1]])
  drawNumber(paper, number)
  const rows: Parameters<typeof drawFields>[1][] = [
    [
      [paperText('birth-date'), birthText(birthDate), 1.5],
      [paperText('sex'), paperText(sex), 1],
      [paperText('old-number'), oldNumber, 1.4],
    ],
    [
      [paperText('other-name'), otherName, 1.5],
      [paperText('nationality'), nationality, 1],
      [paperText('blood-group'), bloodGroup, 1.4],
    ],
    [
      [paperText('ethnicity'), ethnicity, 1.5],
      [paperText('religion'), religion, 1],
      [paperText('marital'), maritalStatus, 1.4],
    ],
    [[paperText('birth-place'), birthPlace, 1]],
    [[paperText('birth-registered'), birthRegisteredAt, 1]],
    [[paperText('hometown'), hometown, 1]],
    [[paperText('permanent'), permanentResidence, 1]],
    [[paperText('temporary'), temporaryResidence, 1]],
    [[paperText('current'), currentAbode, 1]],
    [
      [paperText('occupation'), occupation, 1],
      [paperText('education'), education, 1],
    ],
    [[paperText('features'), features, 1]],
    [
      [paperText('phone'), phone, 1],
      [paperText('email'), email, 1],
    ],
    [[paperText('captured'), capturedText(captured), 1]],
  ]
  for (const row of rows) drawFields(paper, row)
}

function drawRelatives(paper: PdfPaper, { relatives }: FormPaper): void {
  drawSection(paper, paperText('relatives'), relatives.length > 0 ? 'table' : 'fields')
  if (relatives.length === 0) {
    writeText(paper, paperText('no-relatives'), types.note)
    return
  }
  const columns = [
    { title: paperText('relation'), share: 1.2 },
    { title: paperText('name'), share: 3 },
    { title: paperText('relative-number'), share: 1.8, kind: 'figures' as const },
    { title: paperText('nationality'), share: 1.2 },
  ]
  const rows = relatives.map(({ relation, name, number = '', nationality = '' }) => [
    paperText(relation),
    name,
    number,
    nationality,
  ])
  drawTable(paper, columns, rows, { head: types.head, cell: types.text }, { rowHeight: 19 })
}

/** The declaration stays on one page with the place to sign it. */
function drawDeclaration(paper: PdfPaper, form: FormPaper): void {
  ensureHeight(paper, 190)
  paper.y += 8
  writeText(paper, `${paperText('correct-here')}:`, types.text)
  drawDottedRule(paper, paper.y + 14, wholeWidth(paper))
  paper.y += 22
  writeText(paper, paperText(form.representative ? 'declaration-for' : 'declaration'), types.text)
  paper.y += 4
  writeText(paper, dayLine(form), types.note, { ...wholeWidth(paper), align: 'right' })
  const citizen = form.representative
    ? { title: paperText('sign-representative'), note: paperText('sign-here'), name: form.representative }
    : { title: paperText('sign-citizen'), note: paperText('sign-here'), name: form.citizen.fullName }
  drawSignatureFields(
    paper,
    [citizen, { title: paperText('officer'), note: paperText('sign-here'), name: form.officer }],
    signingRoom,
  )
}

/**
 * The capture form, A4: everything that will be on the card, and the register's data, for the citizen or representative
 * to check and sign. A dotted line stands for unknown values, so that nobody reads an empty space as an answer. Refuses
 * characters without a glyph (paper-text-unprintable).
 */
export function formPaper(form: FormPaper): Promise<Buffer> {
  const paper = openPaper({ title: `${form.form.code} ${form.application.code}`, at: form.printedAt, size: sheets.a4 })
  drawPaperTop(paper, form)
  drawHeader(paper, form)
  drawRequest(paper, form)
  drawCitizen(paper, form)
  drawRelatives(paper, form)
  drawDeclaration(paper, form)
  return finishPaper(paper, (page, pages) => drawPaperFoot(paper, form, page, pages))
}
