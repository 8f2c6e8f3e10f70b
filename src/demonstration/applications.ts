import sharp from 'sharp'
import {
  areFacesCompared,
  isOutsideEngineSet,
  setFacesCompared,
  setOutsideEngine,
} from '../biometrics/engines-in-use.ts'
import * as campaign from '../campaign/campaign.ts'
import * as enrolment from '../enrolment/enrolment.ts'
import type { House } from '../open-house.ts'
import { type Day, formatPartialDay } from '../platform/day.ts'
import { Problem } from '../platform/problem.ts'
import { asSystem } from '../platform/work.ts'
import * as register from '../register/register.ts'
import type * as units from '../units/units.ts'
import { actAs } from './standings.ts'

/**
 * Applications of the demonstration, each by the verbs that stations and officers use: the ward captured some, so did
 * the counters of PC06 and of the public administration centre. They wait for the data check, the check, the centre
 * and the citizen; one packet is held, and the cards of two are ordered.
 */

/** What became of somebody's capture. */
type Step = 'data-check' | 'submitted' | 'sent-to-centre' | 'returned' | 'approved' | 'held'

type Capturing = enrolment.DemonstrationCapture

type Counter = {
  readonly captures: string
  readonly checks: string
  readonly approves: string
  readonly station: string
  readonly steps: readonly Step[]
}

/** Where no one of a unit is to be had any more, its last steps are left out. */
const counters: readonly Counter[] = [
  {
    captures: 'phuong',
    checks: 'huyen',
    approves: 'pheduyet',
    station: 'Máy thu nhận của phường',
    steps: ['submitted', 'sent-to-centre', 'returned', 'held', 'data-check', 'submitted'],
  },
  {
    captures: 'tiepnhantinh',
    checks: 'pheduyettinh',
    approves: 'pheduyettinh',
    station: 'Máy quầy PC06',
    steps: ['approved', 'submitted', 'approved'],
  },
  {
    captures: 'hanhchinhcong',
    checks: 'pheduyettinh',
    approves: 'pheduyettinh',
    station: 'Máy quầy Trung tâm Phục vụ hành chính công',
    steps: ['returned', 'submitted'],
  },
]

/** A drawn face, of nobody: the size of a portrait, and other colours for each. */
async function drawPortrait(at: number, sex: register.PersonSummary['sex']): Promise<Uint8Array<ArrayBuffer>> {
  const [skin, cloth] = [`hsl(28 45% ${72 - (at % 4) * 4}%)`, `hsl(${(at * 67) % 360} 25% 45%)`]
  const drawn = `<svg xmlns="http://www.w3.org/2000/svg" width="480" height="640">
    <rect width="480" height="640" fill="#f2f4f5"/>
    ${sex === 'F' ? '<path d="M112 300 Q240 200 368 300 V480 H112 Z" fill="#2b2523"/>' : ''}
    <path d="M40 640 Q60 500 190 470 H290 Q420 500 440 640 Z" fill="${cloth}"/>
    <rect x="200" y="390" width="80" height="100" fill="${skin}"/>
    <path d="M118 300 Q100 110 240 110 Q380 110 362 300 Z" fill="#2b2523"/>
    <ellipse cx="240" cy="300" rx="112" ry="142" fill="${skin}"/>
    <path d="M124 270 Q140 140 240 140 Q340 140 356 270 Q300 200 240 205 Q180 200 124 270 Z" fill="#2b2523"/>
    <g fill="#2b2523"><circle cx="198" cy="295" r="10"/><circle cx="282" cy="295" r="10"/>
      <rect x="176" y="266" width="44" height="7" rx="3"/><rect x="260" y="266" width="44" height="7" rx="3"/></g>
    <path d="M240 300 L228 345 H248 M205 382 Q240 402 275 382" fill="none" stroke="#8a5a44" stroke-width="6"/>
  </svg>`
  return new Uint8Array(await sharp(Buffer.from(drawn)).jpeg({ quality: 82 }).toBuffer())
}

async function drawSignature(at: number): Promise<Uint8Array<ArrayBuffer>> {
  const [up, down] = [20 + (at % 5) * 8, 120 - (at % 3) * 10]
  const drawn = `<svg xmlns="http://www.w3.org/2000/svg" width="400" height="150">
    <rect width="400" height="150" fill="#fff"/>
    <path d="M30 100 C80 ${up} 100 ${down} 140 70 S190 ${up} 220 90 S300 ${down} 370 50" fill="none"
      stroke="#123" stroke-width="5"/></svg>`
  return new Uint8Array(await sharp(Buffer.from(drawn)).jpeg().toBuffer())
}

/** Grown people of the unit who have no card, and sit no exam this summer: those are asked to the sessions. */
async function peopleWithoutCard(house: House, unit: units.UnitId): Promise<register.PersonSummary[]> {
  return house.openWork(asSystem('demonstration'), async work => {
    const { people } = await campaign.listPeopleInNeed(work, { needs: ['card'], basis: 'permanent', unit })
    const summaries = await register.listSummaries(
      work,
      people.map(({ id }) => id),
    )
    return summaries.filter(
      ({ birthDate: { y, m, d }, number, lifeStatus }) =>
        number && lifeStatus === 'alive' && m && d && (y < 2004 || y === 2006),
    )
  })
}

/** The unit checks, the centre approves or sends back; whom a check leaves doubtful waits for an officer. */
async function takeFurther(
  { as }: Awaited<ReturnType<typeof actAs>>,
  keys: enrolment.StationKeys,
  { checks, approves }: Counter,
  { application, step }: { readonly application: string; readonly step: Step },
): Promise<void> {
  const returned = {
    reason: 'portrait-unusable',
    note: 'Ảnh bị bóng kính, đề nghị mời công dân chụp lại',
    by: 'checker',
  } as const
  try {
    if (step === 'returned') await as(checks, work => enrolment.returnToUnit(work, application, returned))
    if (step === 'sent-to-centre' || step === 'approved')
      await as(checks, work => enrolment.sendToCentre(work, application))
    if (step === 'approved') await as(approves, work => enrolment.approveApplication(work, keys, application))
  } catch (error) {
    if (!(error instanceof Problem && error.code === 'application-checks-open')) throw error
  }
}

/** What differs in a capture that does not go on by itself. */
function differing(step: Step, { number = '', birthDate, sex }: register.PersonSummary): Capturing['more'] {
  if (step === 'held')
    return { person: { number, fullName: 'Nguyễn Thị Thu Phương', birthDate: formatPartialDay(birthDate), sex } }
  if (step === 'data-check') {
    const evidence = 'Giấy xác nhận thông tin về cư trú'
    return { check: { verdict: 'wrong', wrong: [{ field: 'residence', said: 'Tổ 4, khu 2', evidence }] } }
  }
  return undefined
}

export async function makeApplications(house: House, day: Day): Promise<void> {
  const [compared, searched] = [areFacesCompared(), isOutsideEngineSet()]
  // Its faces are drawn, and its officers approve them at once.
  setFacesCompared(false)
  setOutsideEngine(false)
  try {
    await captureAndDecide(house, day)
  } finally {
    setFacesCompared(compared)
    setOutsideEngine(searched)
  }
}

async function captureAndDecide(house: House, day: Day): Promise<void> {
  const acting = await actAs(house.openWork, day, 'application')
  const keys = await house.stationKeys()
  const people = {
    ward: await peopleWithoutCard(house, acting.standingOf('phuong').unitId),
    elsewhere: await peopleWithoutCard(house, acting.standingOf('huyenkhac').unitId),
  }
  let drawn = 0
  for (const counter of counters) {
    const { captures, station: name, steps } = counter
    const capture = await enrolment.openDemonstrationStation(house.openWork, keys, {
      officer: acting.standingOf(captures),
      name,
    })
    for (const step of steps) {
      const person = (captures === 'phuong' ? people.ward : people.elsewhere).shift()
      if (!person) break
      drawn += 1
      const [portrait, signature] = [await drawPortrait(drawn, person.sex), await drawSignature(drawn)]
      const more = differing(step, person)
      const application = await capture({ person, portrait, signature, ...(more && { more }) })
      await takeFurther(acting, keys, counter, { application, step })
    }
  }
}
