import * as accounts from '../../accounts/accounts.ts'
import * as cards from '../../cards/cards.ts'
import type { Day } from '../../platform/day.ts'
import type { Asking } from '../../platform/law.ts'
import { filled } from '../../platform/pdf/text.ts'
import type { Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import { addressIn, birthRegisteredIn } from '../adjudication/content.ts'
import { formsOn } from '../law.ts'
import { pictureOf } from '../packets/picture.ts'
import type { Application } from '../store.ts'
import { isCitizenCard, say as sayTitle } from './common.ts'
import { feeFor } from './fee.ts'
import type { Filed } from './filed.ts'
import type { FormPaper } from './form.ts'
import { legalBasisOf } from './legal-basis.ts'
import type { ReceiptPaper, ReceiptState } from './receipt.ts'
import type { RefusalPaper } from './refusal.ts'
import { type PaperWord, sayInPaper } from './words-values.ts'

/** The values that fill each paper of an application. */

const say = sayInPaper('vi')
const sayOr = (key: string, otherwise: PaperWord) => {
  const text = say(key as PaperWord)
  return text === key ? say(otherwise) : text
}

/** The day of the valid capture; of a recapture, the day on which it came here. */
const capturedOnOf = ({ application, moves }: Filed): Day =>
  (moves.some(({ to }) => to === 'recapture') && moves.findLast(({ to }) => to === 'captured')?.onDay) ||
  application.begunOn

const kinds = { 'first-issue': 'first', exchange: 'exchange', 're-issue': 'reissue' } as const
const relations = { father: 'father', mother: 'mother', spouse: 'spouse', guardian: 'representative' } as const

async function relativesOf(work: Work, { person, signer }: Filed): Promise<FormPaper['relatives']> {
  const known = new Map(
    (
      await register.summariesOf(
        work,
        person.kin.flatMap(({ personId }) => personId ?? []),
      )
    ).map(one => [one.id, one]),
  )
  const kin = person.kin.map(({ relation, personId, name, number }) => {
    const one = personId && known.get(personId)
    return { relation: relations[relation], name: name ?? one?.fullName ?? '', number: number ?? one?.number }
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

function portraitOf({ opened }: Filed): Buffer | undefined {
  const part = opened?.capture.biometrics.find(({ modality }) => modality === 'face')?.part
  const bytes = part ? opened?.parts.get(part) : undefined
  return bytes && pictureOf(bytes) ? Buffer.from(bytes) : undefined
}

async function homeOf(work: Work, { person }: Filed, kind: register.Residence['kind']): Promise<string | undefined> {
  const home = person.residences.find(residence => !residence.to && residence.kind === kind)
  return home && addressIn(work, home)
}

/** The form's values: the capture and the register. */
export async function formOf(work: Work, filed: Filed): Promise<FormPaper> {
  const { application, person, opened, signer, letterhead, nameOf, head } = filed
  const capture = opened?.capture
  const taken = (modality: 'face' | 'finger' | 'iris') =>
    (capture?.biometrics ?? []).filter(one => one.modality === modality).length
  const capturedOn = capturedOnOf(filed)
  const { sessionId, kind, reason, formCode, formVersion } = application
  return {
    ...head({ code: formCode, version: formVersion }, capturedOn),
    request: {
      kind: kinds[kind],
      ...(kind !== 'first-issue' && { reason: say(`reason-${reason}`) }),
      account: capture?.account || application.accountId ? 'level-2' : 'none',
    },
    capturedAt: sessionId ? filled(say('at-session'), { unit: letterhead.name }) : letterhead.name,
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
      birthRegisteredAt: birthRegisteredIn(person),
      hometown: person.hometown,
      permanentResidence: await homeOf(work, filed, 'permanent'),
      temporaryResidence: await homeOf(work, filed, 'temporary'),
      currentAbode: await homeOf(work, filed, 'current'),
      phone: capture?.account?.phone,
    },
    relatives: await relativesOf(work, filed),
    portrait: portraitOf(filed),
    captured: { face: taken('face') > 0, fingers: taken('finger'), iris: taken('iris') > 0 },
    ...(signer?.kind === 'representative' && signer.name && { representative: signer.name }),
    officer: nameOf(application.capturedBy),
  }
}

const waiting = ['draft', 'data-check', 'correction-pending']
const again = ['returned', 'recapture']

/** The state of the card, with the legal day if the application is complete. */
function cardStateOf({ state, dueOn }: Application): ReceiptState {
  if (waiting.includes(state)) return { state: 'waiting-for-data' }
  return { state: 'received', ...(dueOn && !again.includes(state) && { due: dueOn }) }
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

const oldCards = { cmnd: 'old-cmnd', cccd: 'old-cccd', 'can-cuoc': 'old-can-cuoc' } as const

/** What was collected, and what is still to be brought. */
function papersOf({ opened, signer }: Filed): Pick<ReceiptPaper, 'bring' | 'collected'> {
  const old = opened?.capture.oldCard
  const what = old && say(oldCards[old.kind])
  const named = what && old.serial ? filled(say('serial-ends'), { what, end: old.serial.slice(-3) }) : what
  return {
    bring: [
      say('bring-slip'),
      ...(signer?.kind === 'representative' ? [say('bring-papers')] : []),
      ...(old && !old.collected ? [say('bring-old')] : []),
    ],
    collected: old?.collected && named ? [named] : [],
  }
}

/** The receipt's values for card and account. */
export async function receiptOf(work: Work, filed: Filed): Promise<ReceiptPaper> {
  const { application, person, opened, signer, letterhead, nameOf, head } = filed
  const { begunOn, kind, reason } = application
  const card = cardStateOf(application)
  const account = await accountStateOf(work, application)
  const place = filled(say('place-of-return'), { unit: letterhead.name })
  return {
    ...head(formsOn(begunOn, work).receipt, begunOn),
    applicant: person.fullName,
    ...(signer?.kind === 'representative' && signer.name && { handedInBy: signer.name }),
    ...(account.state !== 'not-asked' && { phoneEnd: (await accounts.phoneOf(work, person.id))?.slice(-3) }),
    card,
    account,
    ...(card.due && { appointment: { day: card.due, place } }),
    ...papersOf(filed),
    fee: feeFor({ kind, reason, oldCard: opened?.capture.oldCard }, begunOn, work),
    hotline: filled(say('hotline'), { unit: letterhead.name }),
    officer: nameOf(application.capturedBy),
  }
}

const sentence = (text: string) => (/[.!?…]$/.test(text) ? text : `${text}.`)

/** The head of a province's police is its director. */
const headOf = (police: string) =>
  filled(
    say(
      /^Công an (tỉnh|thành phố (Hà Nội|Hải Phòng|Đà Nẵng|Cần Thơ|Hồ Chí Minh|Huế))/.test(police)
        ? 'director-of'
        : 'chief-of',
    ),
    {
      police,
    },
  )

/** For a person who is too young, the first day on which they are not. */
const possibleFrom = (code: string, { person }: Filed, on: Day, work: Asking): Day | undefined => {
  if (code !== 'card-too-young' && code !== 'not-eligible') return undefined
  const from = cards.mayApplyFrom(person.birthDate, on, work)
  return from > on ? from : undefined
}

/** The refusal's values: why, by which law, and what follows. */
export function refusalOf(work: Asking, filed: Filed): RefusalPaper {
  const { application, moves, person, signer, letterhead, nameOf, head } = filed
  const refused = moves.findLast(({ to }) => to === 'refused')
  const on = refused?.onDay ?? application.begunOn
  const code = refused?.reason ?? application.returnedReason ?? 'other'
  const note = refused?.note ?? application.returnedNote
  const isOther = code === 'other' && note
  const { kind, begunOn } = application
  const from = possibleFrom(code, filed, on, work)
  const represented = signer?.kind === 'representative' ? signer.name : undefined
  const words = sayOr(`refused-${code}`, 'refused-other')
  const step = code === 'not-eligible' && from ? 'step-card-too-young' : `step-${code}`
  return {
    ...head(formsOn(on, work).refusal, on),
    number: say('notice-number'),
    applicant: represented ?? person.fullName,
    ...(represented && { about: { name: person.fullName, birthDate: person.birthDate } }),
    procedure: say(`procedure-${kind}${isCitizenCard(on) ? '-2021' : ''}`),
    receivedOn: begunOn,
    reason: sentence(isOther ? note : [words, note].filter(Boolean).join(': ')),
    legalBasis: legalBasisOf(code, on),
    ...(from && { possibleFrom: from }),
    steps: [filled(sayOr(step, 'step-other'), { unit: letterhead.name })],
    returned: [],
    complaint: {
      office: headOf(letterhead.name),
      address: letterhead.seat,
      ...(letterhead.above && { above: headOf(letterhead.above) }),
    },
    decidedBy: { title: sayTitle('refusal-decided'), name: nameOf(refused?.byId) },
  }
}
