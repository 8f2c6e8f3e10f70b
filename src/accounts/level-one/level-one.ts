/**
 * Level 1 by self-service (NĐ59/2022 Art. 14, NĐ69/2024 Art. 10): a citizen's number, phone and portrait come in on
 * the web, are sealed and counted, and answered alike whoever they are of. Who that is, and whether they may, is
 * decided by a job, so that neither the answer nor its time tells who exists. Out goes a request of level 1 with its
 * portrait, or the reason, to a phone that is known to be theirs.
 * Deeds: level-one.not-taken; what requests record.
 */

import { createHash, createHmac, type KeyObject } from 'node:crypto'
import * as audit from '../../audit/audit.ts'
import { areFacesCompared } from '../../biometrics/engines-in-use.ts'
import * as cards from '../../cards/cards.ts'
import { parseNumber } from '../../names/numbers/numbers.ts'
import { parsePhone } from '../../names/numbers/phone.ts'
import * as outreach from '../../outreach/outreach.ts'
import { addDays, latestDay, yearsBetween } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import { newId } from '../../platform/ids.ts'
import { queueJob } from '../../platform/jobs/jobs.ts'
import { ruleOn } from '../../platform/law.ts'
import { Problem } from '../../platform/problem.ts'
import { scanBytes } from '../../platform/scanning/scanning.ts'
import { networkOf } from '../../platform/throttling/slowdown.ts'
import { asSystem, type OpenWork, type Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import * as units from '../../units/units.ts'
import { ageForLevel } from '../account.ts'
import { cardInHand } from '../card-of-account.ts'
import {
  admissionOf,
  asksAloneAge,
  levelOneADay,
  levelOneCountedDays,
  levelOneLostAfterMinutes,
  levelOnePicture,
} from '../law.ts'
import { otherWaysOf } from '../notify.ts'
import { accountProblem } from '../problems.ts'
import { request } from '../requests/requests.ts'
import * as store from '../store.ts'
import * as desk from '../store-request.ts'
import { noticeText } from '../words-notice.ts'
import { comparePortraitJob } from './compare-portrait.ts'
import { type PictureFault, readPortrait } from './picture.ts'
import { type SealingKeys, seal, unseal } from './seal.ts'
import * as askings from './store.ts'

export type LevelOneHouse = {
  readonly openWork: OpenWork
  readonly keys: () => Promise<SealingKeys>
  /** By which what is counted is hidden: whoever sees the counts does not learn whose they are. */
  readonly secret: () => KeyObject
}

export type LevelOneRequest = {
  readonly number: string
  readonly phone: string
  readonly picture: Buffer
  readonly address: string
}

export type LevelOneFault = 'number-wrong' | 'phone-wrong' | PictureFault | 'too-often'

export const processRequestJob = 'take-up-level-one'
const levelOneScope = asSystem('account')

const keyOf = (secret: KeyObject, kind: string, value: string) => {
  const key = createHash('sha256')
    .update('accounts level one')
    .update(secret.export({ type: 'pkcs8', format: 'der' }))
    .digest()
  return createHmac('sha256', key).update(`${kind}\n${value}`).digest()
}

function lengthOf(head: Buffer): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(head.length)
  return bytes
}

/** Takes in a request; gives what is wrong with what was typed or sent, which is told before anything is looked up. */
export async function requestLevelOne(
  { openWork, keys, secret }: LevelOneHouse,
  { number, phone, picture, address }: LevelOneRequest,
): Promise<'taken' | LevelOneFault> {
  const [read, reached] = [parseNumber(number), parsePhone(phone)]
  if (read.kind !== 'number') return 'number-wrong'
  if (reached.kind !== 'mobile' && reached.kind !== 'migrated') return 'phone-wrong'
  if (picture.length <= levelOnePicture.largestBytes) await scanBytes(picture)
  const portrait = await readPortrait(picture)
  if (typeof portrait === 'string') return portrait

  const counted = [
    keyOf(secret(), 'number', read.number),
    keyOf(secret(), 'phone', reached.e164),
    keyOf(secret(), 'address', networkOf(address)),
  ]
  const id = newId<'asking'>()
  const head = Buffer.from(
    JSON.stringify({ number: read.number, phone: reached.e164, width: portrait.width, height: portrait.height }),
  )
  const sealed = await seal(Buffer.concat([lengthOf(head), head, portrait.jpeg]), id, await keys())
  return openWork(levelOneScope, async work => {
    const [ofNumber = 0, ofPhone = 0, ofAddress = 0] = await askings.countRequest(work, counted, work.today)
    const mostADay = ruleOn(levelOneADay, work.today, work)
    if (ofNumber > mostADay.number || ofPhone > mostADay.phone || ofAddress > mostADay.address) return 'too-often'
    await askings.insertRequest(work, id, sealed)
    await queueJob(work, processRequestJob, { id }, { key: `${processRequestJob} ${id}` })
    return 'taken'
  })
}

type OpenedRequest = {
  readonly number: string
  readonly phone: string
  readonly width: number
  readonly height: number
  readonly jpeg: Buffer
}

function readOpenedRequest(content: Buffer): OpenedRequest {
  const length = content.readUInt32BE(0)
  return {
    ...(JSON.parse(content.toString('utf8', 4, 4 + length)) as Omit<OpenedRequest, 'jpeg'>),
    jpeg: content.subarray(4 + length),
  }
}

/**
 * Takes a request up: it becomes one of the desk, or comes to nothing with a deed that says why. Done twice, the second
 * finds nothing.
 */
export async function processRequest(openWork: OpenWork, keys: SealingKeys, id: string): Promise<void> {
  await openWork(levelOneScope, async work => {
    const sealed = await askings.takeRequest(work, id)
    if (!sealed) return
    const asking = readOpenedRequest(await unseal(sealed, id, keys))
    const found = await register.findByNumber(work, asking.number)
    if (!found || found.cancelled) {
      await audit.record(
        work,
        'level-one.not-taken',
        { kind: 'asking', id },
        { why: found ? 'number-cancelled' : 'number-unknown' },
      )
      return
    }
    await createAccountFor(work, keys, id, asking, found.id)
  })
}

/** By whose act, and with which document: throws what stands against it before anything is written. */
async function refuseIfNotAdmitted(work: Work, personId: register.PersonId): Promise<void> {
  const { birthDate } = await register.getSummary(work, personId)
  const admission = admissionOf(1, yearsBetween(latestDay(birthDate), work.today), work.today, work)
  if (admission?.acts === 'representative') throw accountProblem('account-by-representative')
  if (!admission)
    throw accountProblem('account-too-young', {
      from: Math.max(ruleOn(asksAloneAge, work.today, work), ageForLevel(1, work.today, work)),
    })
  if (admission.document !== 'none' && !(await cardInHand(work, personId)))
    throw accountProblem('account-card-not-in-hand')
}

async function createAccountFor(
  work: Work,
  keys: SealingKeys,
  askingId: string,
  { phone, jpeg, width, height }: OpenedRequest,
  personId: register.PersonId,
): Promise<void> {
  try {
    await store.holdPerson(work, personId)
    await refuseIfNotAdmitted(work, personId)
    const account = await request(work, personId, { level: 1, phone, via: 'self' })
    const sha256 = createHash('sha256').update(jpeg).digest('hex')
    await askings.insertPortrait(work, account, { sealed: await seal(jpeg, account.id, keys), sha256, width, height })
    if (areFacesCompared()) await queueJob(work, comparePortraitJob, { id: account.id })
  } catch (error) {
    // Each refusal of a request is thrown before anything is written of it.
    if (!(error instanceof Problem)) throw error
    await audit.record(work, 'level-one.not-taken', { kind: 'asking', id: askingId, personId }, { why: error.code })
    await notifyFailure(work, askingId, personId, phone, error)
  }
}

/**
 * The reason goes to a phone that is known to be theirs, and to no other: whoever typed a stranger's number would learn
 * of them.
 */
async function notifyFailure(
  work: Work,
  askingId: string,
  personId: register.PersonId,
  phone: string,
  { kind }: Problem,
): Promise<void> {
  const theirs = [await store.findPhoneOfPerson(work, personId), ...(await register.phonesOf(work, personId))]
  if (!theirs.includes(phone)) return
  const person = await register.getSummary(work, personId)
  const unitId = person.permanentUnitId
  await outreach.sendMessage(work, {
    template: 'account-not-possible',
    language: 'vi',
    to: { kind: 'phone', number: phone },
    otherwise: await otherWaysOf(work, personId),
    about: { kind: 'asking', id: askingId, personId, ...(unitId && { unitId }) },
    key: `level-one:${askingId}`,
    facts: {
      person: person.fullName,
      reason: { vi: kind.vi, en: kind.title },
      remedy: { vi: kind.fixVi ?? noticeText('vi')('remedy-other'), en: kind.fix ?? noticeText('en')('remedy-other') },
      unit: unitId ? await units.unitName(work, unitId as Id<'unit'>) : noticeText('vi')('nearest-police'),
      page: '/account/request',
    },
  })
}

const mostAtOnce = 200

/** Takes up what was left lying, and forgets the counts of former days. */
export async function processLeftRequests(openWork: OpenWork, keys: SealingKeys): Promise<void> {
  const left = await openWork(levelOneScope, async work => {
    await askings.deleteOldCounts(work, addDays(work.today, -ruleOn(levelOneCountedDays, work.today, work)))
    return askings.findWaitingRequests(
      work,
      new Date(work.now.getTime() - levelOneLostAfterMinutes * 60_000),
      mostAtOnce,
    )
  })
  for (const id of left) await processRequest(openWork, keys, id)
}

/**
 * The portrait that was sent, or that of the card, opened for this look, with a trace of it. Throws account-unknown,
 * account-portrait-unknown.
 */
export async function getPortrait(work: Work, keys: SealingKeys, id: string, kind: 'sent' | 'card'): Promise<Buffer> {
  const account = await desk.findRequestRow(work, id)
  if (!account) throw accountProblem('account-unknown')
  const bytes =
    kind === 'card' ? await cards.portraitOf(work, account.personId) : await unsealSentPortrait(work, keys, account)
  if (!bytes) throw accountProblem('account-portrait-unknown')
  await audit.noteReading(work, [account.personId], ['portrait'], { kind: 'account', id })
  return bytes
}

async function unsealSentPortrait(
  work: Work,
  keys: SealingKeys,
  account: desk.RequestRow,
): Promise<Buffer | undefined> {
  const sealed = await askings.findSealedPortrait(work, account)
  return sealed && unseal(sealed, account.id, keys)
}

/** What is known of the portrait that was sent with a request, without the picture. */
export async function findSentPortraitFacts(work: Work, account: Pick<desk.RequestRow, 'id' | 'personId'>) {
  const known = await askings.findPortraitFacts(work, account)
  if (!known) return undefined
  const { face, sentAt, ...size } = known
  return { ...size, sentAt: sentAt.toISOString(), ...(face && { face }) }
}
