import type { Day, PartialDay } from '../../platform/day.ts'
import { drawFields, drawSigners, types } from '../../platform/pdf/parts.ts'
import {
  dotted,
  drawImage,
  finishPaper,
  frame,
  mm,
  need,
  openPaper,
  type Paper,
  rule,
  sheets,
  wholeWidth,
  widthOf,
  write,
  writeAt,
} from '../../platform/pdf/pdf.ts'
import { drawTable } from '../../platform/pdf/table.ts'
import { filled } from '../../platform/pdf/text.ts'
import {
  birthText,
  dayLine,
  dayText,
  drawCode,
  drawPaperFoot,
  drawTop,
  isCitizenCard,
  type PaperHead,
  say,
} from './common.ts'

export type Relation = 'father' | 'mother' | 'spouse' | 'representative' | 'householder'

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
    readonly relation: Relation
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
function drawNumber(paper: Paper, number: string | undefined): void {
  if (!number) {
    drawFields(paper, [[say('number'), say('number-none'), 1]])
    return
  }
  const label = `${say('number')}:`
  const [cell, gap] = [15, 5]
  const top = paper.y + 1
  writeAt(paper, label, types.text, { x: paper.left, width: 200 }, top + 2)
  let x = paper.left + widthOf(paper, label, types.text) + 8
  for (const [at, digit] of [...number].entries()) {
    if (at === 3 || at === 4 || at === 6) x += gap
    frame(paper, { x, y: top, width: cell, height: 18 }, 0.6)
    writeAt(paper, digit, { face: 'semibold', size: 12, leading: 18 }, { x, width: cell, align: 'centre' }, top)
    x += cell
  }
  paper.y = top + 22
}

/** A table brings its own rule. */
function drawSection(paper: Paper, title: string, below: 'fields' | 'table' = 'fields'): void {
  need(paper, 60)
  paper.y += 4
  write(paper, title, types.section)
  if (below === 'table') return
  rule(paper, paper.y, 0.5, wholeWidth(paper))
  paper.y += 4
}

/** Title, code and portrait side by side. */
function drawHeader(paper: Paper, form: FormPaper): void {
  const top = paper.y
  const x = paper.right - portraitSize.width
  const area = { x, y: top, ...portraitSize }
  if (form.portrait) drawImage(paper, form.portrait, area)
  else {
    frame(paper, area)
    writeAt(
      paper,
      say(form.captured.face ? 'form-portrait' : 'no-portrait'),
      types.small,
      { x: x + 6, width: area.width - 12, align: 'centre' },
      top + area.height / 2 - 12,
    )
  }
  const qr = 27 * mm
  drawCode(paper, form, paper.left - 8, top - 8, qr)
  const middle = { x: paper.left + qr, width: x - paper.left - qr - 8, align: 'centre' } as const
  const title = say(isCitizenCard(form.capturedOn) ? 'form-title-2021' : 'form-title-2024')
  const y = title.split('\n').reduce((under, line) => writeAt(paper, line, types.title, middle, under), top + 14)
  writeAt(paper, `${say('application-code')}: ${form.application.code}`, types.text, middle, y + 4)
  paper.y = top + area.height + 2
}

const capturedText = ({ face, fingers, iris }: FormPaper['captured']) =>
  [
    ...(face ? [say('captured-face')] : []),
    ...(fingers > 0 ? [filled(say('captured-fingers'), { n: String(fingers) })] : []),
    ...(iris ? [say('captured-iris')] : []),
  ].join(', ') || say('captured-nothing')

function drawRequest(paper: Paper, { request, capturedAt, capturedOn }: FormPaper): void {
  drawSection(paper, say('request'))
  drawFields(paper, [
    [say('request-kind'), say(request.kind), 1],
    [say('with-account'), say(`account-${request.account}`), 1.5],
  ])
  if (request.kind !== 'first' || request.reason) drawFields(paper, [[say('request-reason'), request.reason ?? '', 1]])
  drawFields(paper, [
    [say('captured-at'), capturedAt, 2],
    [say('captured-on'), dayText(capturedOn), 1],
  ])
}

function drawCitizen(paper: Paper, { citizen, captured }: FormPaper): void {
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
  drawSection(paper, say('person'))
  drawFields(paper, [[say('full-name'), fullName.toUpperCase(), 1]])
  drawNumber(paper, number)
  const rows: Parameters<typeof drawFields>[1][] = [
    [
      [say('birth-date'), birthText(birthDate), 1.5],
      [say('sex'), say(sex), 1],
      [say('old-number'), oldNumber, 1.4],
    ],
    [
      [say('other-name'), otherName, 1.5],
      [say('nationality'), nationality, 1],
      [say('blood-group'), bloodGroup, 1.4],
    ],
    [
      [say('ethnicity'), ethnicity, 1.5],
      [say('religion'), religion, 1],
      [say('marital'), maritalStatus, 1.4],
    ],
    [[say('birth-place'), birthPlace, 1]],
    [[say('birth-registered'), birthRegisteredAt, 1]],
    [[say('hometown'), hometown, 1]],
    [[say('permanent'), permanentResidence, 1]],
    [[say('temporary'), temporaryResidence, 1]],
    [[say('current'), currentAbode, 1]],
    [
      [say('occupation'), occupation, 1],
      [say('education'), education, 1],
    ],
    [[say('features'), features, 1]],
    [
      [say('phone'), phone, 1],
      [say('email'), email, 1],
    ],
    [[say('captured'), capturedText(captured), 1]],
  ]
  for (const row of rows) drawFields(paper, row)
}

function drawRelatives(paper: Paper, { relatives }: FormPaper): void {
  drawSection(paper, say('relatives'), relatives.length > 0 ? 'table' : 'fields')
  if (relatives.length === 0) {
    write(paper, say('no-relatives'), types.note)
    return
  }
  const columns = [
    { title: say('relation'), share: 1.2 },
    { title: say('name'), share: 3 },
    { title: say('relative-number'), share: 1.8, kind: 'figures' as const },
    { title: say('nationality'), share: 1.2 },
  ]
  const rows = relatives.map(({ relation, name, number = '', nationality = '' }) => [
    say(relation),
    name,
    number,
    nationality,
  ])
  drawTable(paper, columns, rows, { head: types.head, cell: types.text }, { rowHeight: 19 })
}

/** The declaration stays on one page with the place to sign it. */
function drawDeclaration(paper: Paper, form: FormPaper): void {
  need(paper, 190)
  paper.y += 8
  write(paper, `${say('correct-here')}:`, types.text)
  dotted(paper, paper.y + 14, wholeWidth(paper))
  paper.y += 22
  write(paper, say(form.representative ? 'declaration-for' : 'declaration'), types.text)
  paper.y += 4
  write(paper, dayLine(form), types.note, { ...wholeWidth(paper), align: 'right' })
  const citizen = form.representative
    ? { title: say('sign-representative'), note: say('sign-here'), name: form.representative }
    : { title: say('sign-citizen'), note: say('sign-here'), name: form.citizen.fullName }
  drawSigners(paper, [citizen, { title: say('officer'), note: say('sign-here'), name: form.officer }], signingRoom)
}

/**
 * The capture form, A4: everything that will be on the card, and the register's data, for the citizen or representative
 * to check and sign. A dotted line stands for unknown values, so that nobody reads an empty space as an answer. Refuses
 * characters without a glyph (paper-text-unprintable).
 */
export function formPaper(form: FormPaper): Promise<Buffer> {
  const paper = openPaper({ title: `${form.form.code} ${form.application.code}`, at: form.printedAt, size: sheets.a4 })
  drawTop(paper, form)
  drawHeader(paper, form)
  drawRequest(paper, form)
  drawCitizen(paper, form)
  drawRelatives(paper, form)
  drawDeclaration(paper, form)
  return finishPaper(paper, (page, pages) => drawPaperFoot(paper, form, page, pages))
}
