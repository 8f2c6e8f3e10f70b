import * as accounts from '../../accounts/accounts.ts'
import * as cards from '../../cards/cards.ts'
import type { Day } from '../../platform/day.ts'
import type { Asking } from '../../platform/law.ts'
import { fillPlaceholders } from '../../platform/pdf/text.ts'
import type { Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import { addressOn, birthPlaceOnCard } from '../adjudication/card-content.ts'
import { type Fee, feeFor } from '../fee.ts'
import { formsOn, legalBasisOf } from '../law.ts'
import { takePart } from '../packets/open-capture.ts'
import { readPictureSize } from '../packets/picture-size.ts'
import type { Application } from '../store-application.ts'
import { findFee } from '../store-fee.ts'
import { paperText as sayTitle } from './common-pdf.ts'
import type { FiledApplication } from './filed-application.ts'
import type { FormPaper } from './form-pdf.ts'
import type { ReceiptPaper, ReceiptState } from './receipt-pdf.ts'
import type { RefusalPaper } from './refusal-pdf.ts'
import { type PaperTextKey, valueTextIn } from './words-values.ts'

/** The values that fill each paper of an application. */

const valueText = valueTextIn('vi')
const valueTextOr = (key: string, otherwise: PaperTextKey) => {
  const text = valueText(key as PaperTextKey)
  return text === key ? valueText(otherwise) : text
}

/** The day of the valid capture; of a recapture, the day on which it came here. */
const capturedOnOf = ({ application, moves }: FiledApplication): Day =>
  (moves.some(({ to }) => to === 'recapture') && moves.findLast(({ to }) => to === 'captured')?.onDay) ||
  application.begunOn

const requestKinds = { 'first-issue': 'first', exchange: 'exchange', 're-issue': 'reissue' } as const
const signerRelations = { father: 'father', mother: 'mother', spouse: 'spouse', guardian: 'representative' } as const

async function relativesOf(work: Work, { person, signer }: FiledApplication): Promise<FormPaper['relatives']> {
  const known = new Map(
    (
      await register.listSummaries(
        work,
        person.kin.flatMap(({ personId }) => personId ?? []),
      )
    ).map(one => [one.id, one]),
  )
  const kin = person.kin.map(({ relation, personId, name, number }) => {
    const one = personId && known.get(personId)
    return { relation: signerRelations[relation], name: name ?? one?.fullName ?? '', number: number ?? one?.number }
  })
  const householders = (person.household?.members ?? [])
    .filter(({ relation }) => relation?.toLowerCase() === 'chủ hộ')
    .map(({ fullName, personId }) => ({
      relation: 'householder' as const,
      name: fullName,
      number: known.get(personId)?.number,
    }))
  const isKin = kin.some(({ name }) => name === signer?.name)
  const signs = signer?.kind === 'representative' && signer.name && !isKin
  const representative = signs
    ? [{ relation: 'representative' as const, name: signer.name ?? '', number: signer.number }]
    : []
  return [...kin, ...representative, ...householders].filter(({ name }) => name !== '')
}

async function portraitOf({ opened }: FiledApplication): Promise<Buffer | undefined> {
  const part = opened?.capture.biometrics.find(({ modality }) => modality === 'face')?.part
  const bytes = await takePart(opened, part)
  return bytes && readPictureSize(bytes) ? Buffer.from(bytes) : undefined
}

async function residenceText(
  work: Work,
  { person }: FiledApplication,
  kind: register.Residence['kind'],
): Promise<string | undefined> {
  const home = person.residences.find(residence => !residence.to && residence.kind === kind)
  return home && addressOn(work, home)
}

/** The form's values: the capture and the register. */
export async function getFormPaper(work: Work, filed: FiledApplication): Promise<FormPaper> {
  const { application, person, opened, signer, letterhead, nameOf, head } = filed
  const capture = opened?.capture
  const taken = (modality: 'face' | 'finger' | 'iris') =>
    (capture?.biometrics ?? []).filter(one => one.modality === modality).length
  const capturedOn = capturedOnOf(filed)
  const { sessionId, kind, reason, formCode, formVersion } = application
  return {
    ...head({ code: formCode, version: formVersion }, capturedOn),
    request: {
      kind: requestKinds[kind],
      ...(kind !== 'first-issue' && {
        reason: valueTextIn('vi', { day: capturedOn, lawRows: work.lawRows })(`reason-${reason}`),
      }),
      account: capture?.account || application.accountId ? 'level-2' : 'none',
    },
    capturedAt: sessionId ? fillPlaceholders(valueText('at-session'), { unit: letterhead.name }) : letterhead.name,
    capturedOn,
    citizen: {
      number: person.number,
      oldNumber: person.oldNumbers[0],
      fullName: person.fullName,
      birthDate: person.birthDate,
      sex: person.sex,
      ethnicity: person.ethnicity,
      religion: person.religion,
      nationality: person.nationality ?? '',
      birthRegisteredAt: birthPlaceOnCard(person),
      hometown: person.hometown,
      permanentResidence: await residenceText(work, filed, 'permanent'),
      temporaryResidence: await residenceText(work, filed, 'temporary'),
      currentAbode: await residenceText(work, filed, 'current'),
      phone: capture?.account?.phone,
    },
    relatives: await relativesOf(work, filed),
    portrait: await portraitOf(filed),
    captured: { face: taken('face') > 0, fingers: taken('finger'), iris: taken('iris') > 0 },
    ...(signer?.kind === 'representative' && signer.name && { representative: signer.name }),
    officer: nameOf(application.capturedBy),
  }
}

const waitingStates = ['draft', 'data-check', 'correction-pending']
const recaptureStates = ['returned', 'recapture']

/** The state of the card, with the legal day if the application is complete. */
function cardStateOf({ state, dueOn }: Application): ReceiptState {
  if (waitingStates.includes(state)) return { state: 'waiting-for-data' }
  return { state: 'received', ...(dueOn && !recaptureStates.includes(state) && { due: dueOn }) }
}

async function accountStateOf(
  work: Work,
  { accountId, accountProblem, personId }: Application,
): Promise<ReceiptPaper['account']> {
  if (accountProblem) return { state: 'refused', level: 2 }
  if (!accountId) return { state: 'not-asked' }
  const account = (await accounts.accountsOf(work, [personId])).get(personId)?.find(({ id }) => id === accountId)
  return { state: account?.state === 'cancelled' ? 'refused' : 'received', level: account?.level ?? 2 }
}

const oldCardWords = { cmnd: 'old-cmnd', cccd: 'old-cccd', 'can-cuoc': 'old-can-cuoc' } as const

/** What was collected, and what is still to be brought. */
function broughtAndCollected({ opened, signer }: FiledApplication): Pick<ReceiptPaper, 'bring' | 'collected'> {
  const old = opened?.capture.oldCard
  const what = old && valueText(oldCardWords[old.kind])
  const named =
    what && old.serial ? fillPlaceholders(valueText('serial-ends'), { what, end: old.serial.slice(-3) }) : what
  return {
    bring: [
      valueText('bring-slip'),
      ...(signer?.kind === 'representative' ? [valueText('bring-papers')] : []),
      ...(old && !old.collected ? [valueText('bring-old')] : []),
    ],
    collected: old?.collected && named ? [named] : [],
  }
}

/** The fee as the receipt says it: what is asked for and by which rule; or why nothing is, and by which paper. */
function feeOnPaper(fee: Fee): ReceiptPaper['fee'] {
  if (fee.is === 'none') return undefined
  if (fee.is === 'due') return fee
  const { kind, evidence, reason } = fee
  return { is: 'exempt', who: valueText(`exempt-${kind}`), evidence, reason }
}

/** The receipt's values for card and account. */
export async function getReceiptPaper(work: Work, filed: FiledApplication): Promise<ReceiptPaper> {
  const { application, person, opened, signer, letterhead, nameOf, head } = filed
  const { begunOn, kind, reason } = application
  const card = cardStateOf(application)
  const account = await accountStateOf(work, application)
  const place = fillPlaceholders(valueText('place-of-return'), { unit: letterhead.name })
  const recorded = await findFee(work, application)
  const { oldCard, fee: bearing } = opened?.capture ?? {}
  const asked = { birthDate: person.birthDate, oldCard, fee: bearing }
  return {
    ...head(formsOn(begunOn, work).receipt, begunOn),
    applicant: person.fullName,
    ...(signer?.kind === 'representative' && signer.name && { handedInBy: signer.name }),
    ...(account.state !== 'not-asked' && { phoneEnd: (await accounts.findPhone(work, person.id))?.slice(-3) }),
    card,
    account,
    ...(card.due && { appointment: { day: card.due, place } }),
    ...broughtAndCollected(filed),
    fee: feeOnPaper(recorded ?? feeFor({ kind, reason, ...asked }, begunOn, work)),
    hotline: fillPlaceholders(valueText('hotline'), { unit: letterhead.name }),
    officer: nameOf(application.capturedBy),
  }
}

const asSentence = (text: string) => (/[.!?…]$/.test(text) ? text : `${text}.`)

/** The head of a province's police is its director. */
const headOfPolice = (police: string) =>
  fillPlaceholders(
    valueText(
      /^Công an (tỉnh|thành phố (Hà Nội|Hải Phòng|Đà Nẵng|Cần Thơ|Hồ Chí Minh|Huế))/.test(police)
        ? 'director-of'
        : 'chief-of',
    ),
    {
      police,
    },
  )

/** For a person who is too young, the first day on which they are not. */
const eligibleFrom = (code: string, { person }: FiledApplication, on: Day, work: Asking): Day | undefined => {
  if (code !== 'card-too-young' && code !== 'not-eligible') return undefined
  const from = cards.mayApplyFrom(person.birthDate, on, work)
  return from > on ? from : undefined
}

/** The refusal's values: why, by which law, and what follows. */
export function getRefusalPaper(work: Asking, filed: FiledApplication): RefusalPaper {
  const { application, moves, person, signer, letterhead, nameOf, head } = filed
  const refused = moves.findLast(({ to }) => to === 'refused')
  const on = refused?.onDay ?? application.begunOn
  const code = refused?.reason ?? application.returnedReason ?? 'other'
  const note = refused?.note ?? application.returnedNote
  const isOther = code === 'other' && note
  const { kind, begunOn } = application
  const from = eligibleFrom(code, filed, on, work)
  const represented = signer?.kind === 'representative' ? signer.name : undefined
  const words = valueTextOr(`refused-${code}`, 'refused-other')
  const step = code === 'not-eligible' && from ? 'step-card-too-young' : `step-${code}`
  return {
    ...head(formsOn(on, work).refusal, on),
    number: valueText('notice-number'),
    applicant: represented ?? person.fullName,
    ...(represented && { about: { name: person.fullName, birthDate: person.birthDate } }),
    procedure: valueTextIn('vi', { day: on, lawRows: work.lawRows })(`procedure-${kind}`),
    receivedOn: begunOn,
    reason: asSentence(isOther ? note : [words, note].filter(Boolean).join(': ')),
    legalBasis: legalBasisOf(code, on, work),
    ...(from && { possibleFrom: from }),
    steps: [fillPlaceholders(valueTextOr(step, 'step-other'), { unit: letterhead.name })],
    returned: [],
    complaint: {
      office: headOfPolice(letterhead.name),
      address: letterhead.seat,
      ...(letterhead.above && { above: headOfPolice(letterhead.above) }),
    },
    decidedBy: { title: sayTitle('refusal-decided'), name: nameOf(refused?.byId) },
  }
}
