import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import * as accounts from '../src/accounts/accounts.ts'
import { choosePasscode } from '../src/accounts/activation/activation.ts'
import { beginBySlip } from '../src/accounts/activation/by-slip.ts'
import { approveSlip, liftHold } from '../src/accounts/slips/approval.ts'
import { printSlips } from '../src/accounts/slips/slips.ts'
import * as cards from '../src/cards/cards.ts'
import * as adjudicate from '../src/enrolment/adjudication/adjudication.ts'
import * as quarantine from '../src/enrolment/packets/quarantine.ts'
import * as inspection from '../src/inspection/inspection.ts'
import type { ClientSettings } from '../src/parties/client.ts'
import * as clients from '../src/parties/clients/clients.ts'
import * as registry from '../src/parties/registry.ts'
import * as planning from '../src/planning/planning.ts'
import { addDays, asDay, dayAt } from '../src/platform/day.ts'
import { newToken } from '../src/platform/http/cookie-tokens.ts'
import { asId, type Id, newId } from '../src/platform/ids.ts'
import { Problem } from '../src/platform/problem.ts'
import type { Authority, Work } from '../src/platform/work.ts'
import * as counter from '../src/register/counter/counter.ts'
import * as openings from '../src/register/openings/openings.ts'
import * as register from '../src/register/register.ts'
import * as rolls from '../src/rolls/rolls.ts'
import { mayDo, roles } from '../src/staff/role.ts'
import { type HalfTime, type SeparatedDuty, separatedDuties } from '../src/staff/separation.ts'
import * as staff from '../src/staff/staff.ts'
import { aCard, orderCard, takeFurther } from './a-card.ts'
import { aCardCentre } from './a-card-centre.ts'
import { anActivatedAccount as aHolder } from './an-account.ts'
import { anOfficerOf, aPerson, commune, enter, enterAll } from './builders.ts'
import { openHouse, type TestHouse } from './house.ts'
import { schoolsOf } from './rolls/sending.ts'
import { aFolderWithKeys, aSendingWard } from './sending-ward.ts'

/**
 * The table of separated duties, tried pair by pair: the first half is done by one officer; the second is refused to
 * the same officer, and to whoever stands in for them, and goes through for another. Where the first half was done by a
 * stand-in, it is refused to the officer for whom they stood in, and to every other stand-in of that officer.
 */

const opened = await openHouse({ withUnits: true })

/** Each officer who stood in for another, and for whom: a stand-in of that month. */
const absentOf = new Map<string, string>()
/** Whether whoever acts does so as a stand-in. */
let inAnothersPost = false

/** An absent officer in whose post an officer acts as a stand-in on some days. */
async function standInBy(officerId: string, [fromOn, toOn] = ['2023-04-01', '2023-05-01'], { owner } = opened) {
  const absent = newId<'officer'>()
  const [unit] = await owner<{ id: string }>('select id from units.unit limit 1')
  for (const id of [officerId, absent])
    await owner(
      `insert into staff.officer (id, login, full_name, unit_id, added_at)
       values ($1::uuid, 'thay.' || replace($1::text, '-', ''), 'Cán Bộ Thay', $2, now()) on conflict do nothing`,
      [id, unit?.id],
    )
  const post = newId<'appointment'>()
  await owner(`insert into staff.appointment (id, officer_id, role, unit_id) values ($1, $2, 'ward-officer', $3)`, [
    post,
    absent,
    unit?.id,
  ])
  await owner(
    'insert into staff.stand_in (id, appointment_id, officer_id, from_on, to_on) values ($1, $2, $3, $4, $5)',
    [newId(), post, officerId, fromOn, toOn],
  )
  return absent
}

async function getAbsentOf(officerId: string): Promise<string> {
  const absent = absentOf.get(officerId) ?? (await standInBy(officerId))
  absentOf.set(officerId, absent)
  return absent
}

const house: TestHouse = {
  ...opened,
  async as(standing, verb) {
    const { by } = standing
    if (!inAnothersPost || by.kind !== 'officer') return opened.as(standing, verb)
    return opened.as({ ...standing, by: { ...by, onBehalfOf: await getAbsentOf(by.id) } }, verb)
  },
}
type Standing = Authority & { readonly unitId: Id<'unit'> }

/** A first half that was done: by whose hand, who else could do the second, and the second. */
type Trial = () => Promise<{
  readonly hand: Standing
  readonly other: Standing
  second(by: Standing): Promise<unknown>
}>

const [one, two] = [await anOfficerOf(house, commune.haKhanh), await anOfficerOf(house, commune.haKhanh)]
const centre = await aCardCentre(house)
const { keys } = await aFolderWithKeys()
const sending = await aSendingWard(house, keys)
const districtOfficer = () => anOfficerOf(house, '193')

let count = 0
const aPhone = () => {
  count += 1
  return `0912${String(count).padStart(6, '0')}`
}

/** A real officer with a post, since proposals ask for the rights of who proposed. */
async function anAppointed(role: staff.Role, code: string): Promise<Standing> {
  count += 1
  const { unitId } = await anOfficerOf(house, code)
  const id = await house.work(async work => {
    const { officer } = await staff.addOfficer(work, { login: `hai.${count}`, fullName: `Cán Bộ ${count}`, unitId })
    await staff.appoint(work, { officerId: officer.id, role, unitId })
    return officer.id
  })
  return anOfficerOf(house, code, { officer: id })
}
const idOf = ({ by }: Standing) => by.id as staff.OfficerId

/** What two administrators do about an officer of a ward. */
async function aProposal(propose: (work: Work, officerId: staff.OfficerId) => Promise<staff.proposals.Proposal>) {
  const [hand, other, concerned] = [
    await anAppointed('administrator', '22'),
    await anAppointed('administrator', '22'),
    await anAppointed('ward-officer', commune.haKhanh),
  ]
  const { id } = await house.as(hand, work => propose(work, idOf(concerned)))
  const second = (by: Standing) => house.as(by, work => staff.proposals.acceptProposal(work, id, { delivery: 'paper' }))
  return { hand, other, concerned, second }
}

const anAppointment = () =>
  aProposal((work, officerId) =>
    staff.proposals.proposeAppointment(work, { officerId, role: 'data-approver', unitId: one.unitId }),
  )

let birthdays = 0
/** A day in 2005 on which nobody else here was born. */
function anotherBirthday() {
  birthdays += 1
  return addDays(asDay('2005-01-01'), birthdays)
}

async function anApplication() {
  const ready = await sending.registered()
  const { told } = await sending.somebody({ bornOn: anotherBirthday(), name: names[birthdays % 4]! })
  const { packet } = await sending.sealed(ready, { person: told, phone: aPhone(), more: { signer: { kind: 'self' } } })
  await sending.send(ready, packet)
  return packet.header.application
}
const names = ['Bùi Gia Thục An', 'Chìu Sủi Lìn', 'Voòng Sau Mùi', 'Lỷ A Sáng']

async function anAccount() {
  const holder = await enter(house, aPerson())
  return (await house.as(one, work => accounts.request(work, holder, { level: 1, phone: aPhone() }))).id
}

async function anActivatedAccount() {
  const id = await anAccount()
  await house.as(two, work => accounts.approve(work, id))
  await house.as(two, work => accounts.activate(work, id))
  return id
}

/** A slip of an account that was opened before, printed by the first officer. */
async function printed({ accountId }: accounts.HolderRef): Promise<{ readonly secret: string; readonly id: string }> {
  const [slip] = await house.as(one, work => printSlips(work, [accountId]))
  const [row] = await house.owner<{ id: string }>(
    'select slip_id as id from accounts.slip_reset where account_id = $1 order by printed_at desc limit 1',
    [accountId],
  )
  return { secret: slip?.secret ?? assert.fail('no slip'), id: row?.id ?? assert.fail('no reset') }
}

const partyInput: registry.PartyInput = {
  nameVi: 'Sở Giáo dục và Đào tạo',
  nameEn: 'Department of Education',
  kind: 'state-body',
  basis: { text: 'Thông tư 15/2020/TT-BGDĐT', article: 'Điều 12' },
  contact: { name: 'Trịnh Minh Khôi', email: 'khoi@so.example.vn' },
}
const clientSettings: ClientSettings = {
  redirectUris: ['https://thi.example.vn/back'],
  postLogoutRedirectUris: [],
  authMethod: 'private_key_jwt',
  jwksUri: 'https://thi.example.vn/jwks.json',
  grants: ['authorization_code'],
  purposes: [{ scope: 'number', vi: 'Ghi đúng thí sinh', en: 'To enter the right candidate', optional: false }],
  fapi: true,
}
const real = { demonstration: false, sandboxHosts: [] }

async function aParty() {
  const { id } = await house.as(one, work => registry.registerParty(work, partyInput))
  await house.as(one, work => registry.submitPartyForReview(work, id))
  return id
}

const form = { code: 'DC02', version: 'TT104/2020' }
const evidence = { kind: 'birth-certificate', number: '12/2005', issuer: 'UBND phường Bãi Cháy, 01/02/2005' } as const

const trials: Record<SeparatedDuty, Trial> = {
  async 'merge-decided'() {
    const [personId, otherId] = [await enter(house, aPerson()), await enter(house, aPerson())]
    const { id } = await house.as(one, work =>
      register.proposeMerge(work, { personId, otherId, reason: 'Một người', papers: 'Giấy khai sinh số 12/2005' }),
    )
    return {
      hand: one,
      other: two,
      second: by => house.as(by, work => register.refuseMerge(work, id, { reason: 'Không' })),
    }
  },
  async 'correction-decided'() {
    const personId = await enter(house, aPerson())
    const { id } = await house.as(one, work =>
      register.proposeCorrection(work, { personId, form, evidence, values: { religion: 'Phật giáo' } }),
    )
    return { hand: one, other: two, second: by => house.as(by, work => register.approveCorrection(work, id)) }
  },
  async 'number-established'() {
    const given: register.CollectedPerson = {
      fullName: 'Chìu A Lộc',
      birthDate: anotherBirthday().replace('2005', '2015'),
      sex: 'M',
      birthRegistrationCode: '022',
      ethnicity: 'Dao',
      residenceUnitId: one.unitId as never,
      residenceKind: 'permanent',
      motherName: 'Tằng Nhì Múi',
    }
    const { id } = await house.as(one, work =>
      register.collectPerson(work, { given, papers: 'Giấy khai sinh', form: { code: 'DC01', version: 'TT104/2020' } }),
    )
    return { hand: one, other: two, second: by => house.as(by, work => register.establishNumber(work, id)) }
  },
  async 'application-decided'() {
    const id = await anApplication()
    // The same sample was captured before.
    const found = await house.owner<{ kind: 'fingerprints' }>(
      `select kind from enrolment.finding where application_id = $1 and verdict in ('doubtful', 'bad')`,
      [id],
    )
    const looking = await districtOfficer()
    for (const { kind } of found)
      await house.as(looking, work => adjudicate.resolveFinding(work, id, kind, 'Cùng một mẫu thử'))
    return {
      hand: sending.ward,
      other: await districtOfficer(),
      second: by => house.as(by, work => adjudicate.sendToCentre(work, id)),
    }
  },
  async 'packet-released'() {
    const ready = await sending.registered()
    const { told } = await sending.somebody()
    const { packet } = await sending.sealed(ready, {
      person: { ...told, id: undefined as never, fullName: 'Phạm Văn Khác' },
    })
    await sending.send(ready, packet)
    const second = (by: Standing) =>
      house.as(by, work => quarantine.setPacketAside(work, keys, ready.station.id, packet.hash, 'đã thu nhận lại'))
    return { hand: sending.ward, other: await sending.anOfficer(commune.haKhanh), second }
  },
  async 'application-ended'() {
    const [hand, other] = [await districtOfficer(), await districtOfficer()]
    const application = await anApplication()
    const { id } = await house.as(hand, work =>
      adjudicate.proposeRefusal(work, application, { reason: 'data-unproved', note: 'Không chứng minh được' }),
    )
    return { hand, other, second: by => house.as(by, work => adjudicate.decideProposal(work, id, 'agreed')) }
  },
  async 'card-ordered'() {
    const personId = await centre.aPupil()
    const card = await centre.asWard(work => cards.applyForCard(work, personId, { unitId: centre.ward.unitId }))
    const hands = { capturedBy: one.by.id, capturedAt: new Date() }
    const second = (by: Standing) =>
      house.as(by, work => orderCard(work, card, by.unitId, { ...hands, approvedBy: by.by.id }))
    return { hand: one, other: two, second }
  },
  async 'card-checked'() {
    const { cardId } = await centre.aPupilWith('approved')
    await centre.asMaker(work => cards.planBatch(work, { maker: 'house', most: 50 }))
    const [serial = ''] = await centre.blanks(1)
    const { id } = await centre.asMaker(work => cards.makeCard(work, { cardId, serial }))
    const second = (by: Standing) => house.as(by, work => cards.checkCard(work, id, { quality: 'passed' }))
    return { hand: centre.maker, other: centre.checker, second }
  },
  async 'blanks-counted'() {
    count += 1
    const code = `LÔ ${count}`
    const { lotId } = await centre.asMaker(work =>
      cards.receiveBlanks(work, { code, firstSerial: `KK${count}0000001`, lastSerial: `KK${count}0000003` }),
    )
    const second = (by: Standing) =>
      house.as(by, work => cards.takeStock(work, { lotId, counted: 3, secondChecker: asId(centre.checker.by.id) }))
    return { hand: centre.checker, other: centre.maker, second }
  },
  async 'old-card-destroyed'() {
    const old = await centre.aPupilWith('handed-over', { bornOn: '1983-01-10' })
    await house.owner(`update cards.card set issued_on = '2016-04-20', expires_on = '2023-04-20' where id = $1`, [
      old.cardId,
    ])
    const { ward } = centre
    await centre.asWard(work => cards.takeInOld(work, { personId: old.personId, kind: 'cmnd9', number: '100000007' }))
    const next = await centre.asWard(work => cards.applyForCard(work, old.personId, { unitId: ward.unitId }))
    await centre.asWard(work => orderCard(work, next, ward.unitId))
    await takeFurther({ openWork: house.openWork, standing: ward }, next.id, 'handed-over')
    await house.owner(`update cards.taken_in set taken_on = '2023-03-01' where person_id = $1`, [old.personId])
    const second = (by: Standing) =>
      house.as(by, work => cards.destroyOld(work, { secondChecker: asId(centre.checker.by.id) }))
    return { hand: { ...ward, by: centre.checker.by }, other: ward, second }
  },
  async 'account-decided'() {
    const id = await anAccount()
    return { hand: one, other: two, second: by => house.as(by, work => accounts.approve(work, id)) }
  },
  async 'account-raised'() {
    const { personId, serial } = await centre.aPupilWith('handed-over')
    const account = await house.as(one, work => accounts.request(work, personId, { level: 1, phone: aPhone() }))
    await house.as(two, work => accounts.approve(work, account.id))
    await house.as(two, work => accounts.activate(work, account.id))
    await house.as(one, work => accounts.raiseByCard(work, account.id, { serial }))
    return { hand: one, other: two, second: by => house.as(by, work => accounts.approve(work, account.id)) }
  },
  async 'slip-printed'() {
    const id = await anAccount()
    await house.as(two, work => accounts.approve(work, id))
    return { hand: two, other: one, second: by => house.as(by, work => printSlips(work, [asId(id)])) }
  },
  async 'slip-approved'() {
    const account = await aHolder(house)
    const slip = await printed(account)
    return { hand: one, other: two, second: by => house.as(by, work => approveSlip(work, account.accountId, slip.id)) }
  },
  async 'hold-lifted'() {
    const account = await aHolder(house)
    await aCard({ openWork: house.openWork, standing: one }, account.personId, 'handed-over')
    const held = (await house.work(work => cards.cardsOf(work, [account.personId]))).get(account.personId)
    const { secret, id } = await printed(account)
    await house.as(two, work => approveSlip(work, account.accountId, id))
    const from = { address: '10.9.8.7' }
    const birthDate = account.bornOn.split('-').reverse().join('/')
    const begun = await beginBySlip(house.openWork, { secret, number: account.number, bornOn: birthDate, ...from })
    assert.ok(begun.outcome === 'begun')
    const browser = { device: newToken(), name: 'Firefox', ...from }
    await choosePasscode(house.openWork, begun.token, { passcode: '860291', browser })
    const second = (by: Standing) =>
      house.as(by, work => liftHold(work, account.accountId, { serial: held?.[0]?.serial ?? '' }))
    return { hand: one, other: two, second }
  },
  async 'opening-accepted'() {
    const personId = await enter(house, aPerson({ commune: commune.quangHanh }))
    const [hand, other] = [one, { ...two, unitId: one.unitId, scope: one.scope }]
    await house.work(work =>
      register.openAccessCase(work, { personId, unitId: one.unitId, kind: 'roll-hand-on', caseId: newId() }),
    )
    const { id } = await house.as(hand, work => openings.askOpening(work, personId, { reason: 'Đối chiếu' }))
    return { hand, other, second: by => house.as(by, work => openings.acceptOpening(work, id)) }
  },
  async 'guardianship-accepted'() {
    const personId = await enter(house, aPerson({ birth_date: '1970-01-01' }))
    const guardian = aPerson({ birth_date: '1972-01-01' })
    await enter(house, guardian)
    const [hand, other] = [one, { ...two, unitId: one.unitId, scope: one.scope }]
    const day = asDay('2023-03-01')
    const { id } = await house.as(hand, work =>
      register.recordGuardianship(work, personId, {
        guardianNumber: guardian.person_number,
        ground: 'lost-capacity',
        relation: 'spouse',
        paperKind: 'court-decision',
        paper: 'Quyết định 3/2023/QĐDS-ST, TAND TP Hạ Long',
        paperOn: day,
        from: day,
      }),
    )
    return { hand, other, second: by => house.as(by, work => register.acceptGuardianship(work, id)) }
  },
  async 'consent-accepted'() {
    const person = aPerson({ commune: commune.quangHanh })
    await enter(house, person)
    const [hand, other] = [one, { ...two, unitId: one.unitId, scope: one.scope }]
    const { id } = await house.as(hand, work =>
      counter.askConsent(work, { number: person.person_number, service: 'account', paper: 'Phiếu 12' }),
    )
    return { hand, other, second: by => house.as(by, work => counter.acceptConsentPaper(work, id)) }
  },
  async 'roll-accepted'() {
    const { school, send } = await schoolsOf(house, [
      ['22009', 'Trường THPT Hà Khánh', 'upper-secondary', commune.haKhanh],
    ])
    const strangers = ['Ninh Văn Một', 'Ninh Văn Hai', 'Ninh Văn Ba', 'Ninh Văn Bốn'].map((name, i) =>
      aPerson({ name, bornOn: `2005-01-1${i}`, commune: commune.quangHanh, mother_name: `Mẹ Của ${name}` }),
    )
    await enterAll(house, strangers)
    const [hand, other] = [await districtOfficer(), await districtOfficer()]
    const lines = ['Một', 'Hai', 'Ba', 'Bốn'].map((name, i) => ({
      name: `Ninh Văn ${name}`,
      born: `1${i}/01/2005`,
      mother: `Mẹ Của Ninh Văn ${name}`,
    }))
    const id = await send(hand, await school('22009'), lines)
    return { hand, other, second: by => house.as(by, work => rolls.acceptRoll(work, id)) }
  },
  async 'demand-decided'() {
    const account = await anActivatedAccount()
    const asked = { kind: 'lock', askedBy: 'agency', reason: 'vụ án', agency: 'Tòa án', document: '01/TA' } as const
    const { id } = await house.as(one, work => accounts.receiveDemand(work, account, asked))
    await house.as(one, work => accounts.passOnDemand(work, id))
    const answer = { outcome: 'refused', answer: 'Văn bản không có dấu' } as const
    return { hand: one, other: two, second: by => house.as(by, work => accounts.decideDemand(work, id, answer)) }
  },
  async 'party-approved'() {
    const id = await aParty()
    return { hand: one, other: two, second: by => house.as(by, work => registry.approveParty(work, id)) }
  },
  async 'client-approved'() {
    const party = await aParty()
    await house.as(two, work => registry.approveParty(work, party))
    const { clientId } = await house.as(one, work =>
      clients.addClient(work, party, { name: 'Web', sandbox: false, settings: clientSettings }, real),
    )
    await house.as(one, work => clients.submitClientVersion(work, clientId, 1))
    const second = (by: Standing) =>
      house.as(by, work => clients.approveVersion(work, clientId, 1, { scopes: ['number'] }))
    return { hand: one, other: two, second }
  },
  async 'overtime-signed'() {
    await house.owner(
      `insert into planning.overtime (session_id, officer_id, unit_id, day, basis, worked_from, worked_to, weekday,
         rest_day, holiday, night, weighted) values ($1, $2, $3, '2023-04-18', 'own', 0, 1080, 70, 0, 0, 0, 105)`,
      [newId(), one.by.id, one.unitId],
    )
    const officerId = asId<'officer'>(one.by.id)
    const second = (by: Standing) => house.as(by, work => planning.signOvertime(work, { officerId, month: '2023-04' }))
    return { hand: one, other: two, second }
  },
  'appointment-accepted': anAppointment,
  async 'pattern-settled'() {
    const hand = await anAppointed('ward-officer', commune.haKhanh)
    const id = newId<'pattern'>()
    await house.owner(
      `insert into inspection.pattern (id, rule, unit_id, officer_ids, from_on, to_on, evidence, found_at)
       values ($1, 'strangers', $2, array[$3::uuid], '2023-04-19', '2023-04-19', '{}', now())`,
      [id, hand.unitId, hand.by.id],
    )
    const second = (by: Standing) => house.as(by, work => inspection.explain(work, id, 'Đợt cấp lưu động ở trường đó'))
    return { hand, other: await anAppointed('auditor', '22'), second }
  },
  async 'appointment-of-oneself'() {
    const { concerned, ...rest } = await anAppointment()
    return { ...rest, hand: { ...rest.hand, by: concerned.by } }
  },
  'stand-in-accepted': () =>
    aProposal(async (work, officerId) => {
      const other = (await staff.officers(work)).find(({ appointments }) => appointments[0]?.role === 'administrator')
      const days = { fromOn: work.today, lastOn: work.today }
      const appointmentId = other?.appointments[0]?.id ?? assert.fail('no post')
      return staff.proposals.proposeStandIn(work, { appointmentId, officerId, ...days })
    }),
  'factor-reset-accepted': () => aProposal((work, officerId) => staff.proposals.proposeFactorReset(work, officerId)),
  'reset-accepted': () => aProposal((work, officerId) => staff.proposals.proposeReset(work, officerId)),
  'contact-accepted': () =>
    aProposal((work, officerId) => staff.proposals.proposeContact(work, officerId, { phone: aPhone() })),
}

/** The code of a refusal; undefined where it went through. */
const codeOf = (step: Promise<unknown>): Promise<string | undefined> =>
  step.then(
    () => undefined,
    (error: unknown) => (error instanceof Problem ? error.code : assert.fail(String(error))),
  )

for (const [pair, { refusal }] of Object.entries(separatedDuties)) {
  const trial = trials[pair as SeparatedDuty]
  test(`${pair}: two officers, and the second stands in for nobody who did the first`, async () => {
    assert.ok(trial, 'a pair without a trial')
    const done = await trial()
    const { hand, other } = done
    const same = { ...other, by: { kind: 'officer' as const, id: hand.by.id } }
    assert.equal(await codeOf(done.second(same)), refusal, 'the same officer, in a post with the other right')
    const standIn = { ...other, by: { ...other.by, onBehalfOf: hand.by.id } }
    assert.equal(await codeOf(done.second(standIn)), refusal, 'who stands in for that officer')
    assert.equal(await codeOf(done.second(other)), undefined, 'another officer')
  })
}

/** A first half by an officer in another's post, and the other. */
async function trialByStandIn(pair: SeparatedDuty) {
  inAnothersPost = true
  const done = await trials[pair]().finally(() => {
    inAnothersPost = false
  })
  const absent = await getAbsentOf(done.hand.by.id)
  const as = (by: Standing['by']) => codeOf(done.second({ ...done.other, by }))
  return { ...done, absent, as }
}

for (const [pair, { refusal }] of Object.entries(separatedDuties)) {
  test(`${pair}: whoever was stood in for at the first half does not do the second`, async () => {
    const { absent, as, second, other } = await trialByStandIn(pair as SeparatedDuty)
    assert.equal(await as({ kind: 'officer', id: absent }), refusal)
    assert.equal(await codeOf(second(other)), undefined, 'another officer')
  })

  test(`${pair}: two stand-ins of one officer do not do both halves`, async () => {
    const { absent, as } = await trialByStandIn(pair as SeparatedDuty)
    assert.equal(await as({ kind: 'officer', id: newId(), onBehalfOf: absent }), refusal)
  })
}

test('a stand-in counts on its own days, by the day or by the instant of the first half', async () => {
  const today = await openHouse({ day: dayAt(new Date()), withUnits: true })
  const officer = newId<'officer'>()
  const absent = await standInBy(officer, ['2024-03-01', '2024-03-05'], today)
  const isSame = (at: HalfTime | null, by: Partial<Standing['by']> = {}) =>
    today.as({ ...one, by: { kind: 'officer', id: absent, ...by } }, work =>
      staff.isSameHand(work, { id: officer, at }),
    )
  const at = (text: string) => new Date(`${text}:00+07:00`)
  assert.equal(await isSame(asDay('2024-02-29')), false, 'the day before')
  assert.equal(await isSame(asDay('2024-03-01')), true, 'the first day')
  assert.equal(await isSame(asDay('2024-03-04')), true, 'the last day')
  assert.equal(await isSame(asDay('2024-03-05')), false, 'the day after')
  assert.equal(await isSame(at('2024-02-29T23:59')), false, 'the evening before')
  assert.equal(await isSame(at('2024-03-01T00:00')), true, 'the first minute')
  assert.equal(await isSame(at('2024-03-05T00:00')), false, 'the first minute after')
  assert.equal(await isSame([asDay('2024-02-01'), asDay('2024-03-01')]), true, 'days that end with the first')
  assert.equal(await isSame([at('2024-03-05T00:00'), at('2024-04-01T08:00')]), false, 'instants behind it')
  assert.equal(await isSame(null), true, 'nobody knows when')
  assert.equal(await isSame(asDay('2024-03-02'), { id: newId() }), false, 'another officer')
  assert.equal(await isSame(asDay('2024-03-02'), { id: newId(), onBehalfOf: absent }), true, 'another stand-in')
})

test('a record that says for whom somebody acted is believed, and its officer alone counts', async () => {
  const officer = newId<'officer'>()
  const absent = await getAbsentOf(officer)
  const isSame = (onBehalfOf: string | null) =>
    house.as({ ...one, by: { kind: 'officer', id: absent } }, work =>
      staff.isSameHand(work, { id: officer, onBehalfOf }),
    )
  assert.equal(await isSame(null), false, 'in a post of their own')
  assert.equal(await isSame(absent), true)
})

test('a stand-in outside the units of whoever does the second half counts too', async () => {
  const officer = newId<'officer'>()
  const absent = await getAbsentOf(officer)
  const blind = { by: { kind: 'officer' as const, id: absent }, scope: { units: [] }, purpose: 'test' }
  assert.equal(await house.as(blind, work => staff.isSameHand(work, { id: officer, at: work.today })), true)
})

/** The name of the function in which a place of a source lies. */
const functionAround = (text: string, place: number) =>
  [...text.slice(0, place).matchAll(/^(?:export )?(?:async )?(?:function|const) (\w+)/gm)].at(-1)?.[1] ?? ''

test('each second half awaits the table before it goes on', () => {
  const sources = globSync('src/**/*.ts')
    .filter(file => !/\.test\.ts$/.test(file))
    .map(file => ({ file, text: readFileSync(file, 'utf8') }))
  const asking = (name: string) =>
    sources.flatMap(({ file, text }) =>
      [...text.matchAll(new RegExp(`(?<!function |const )\\b${name}\\(`, 'g'))].map(({ index }) => ({
        file,
        text,
        index,
      })),
    )
  const names = new Set(['refuseSameHand', 'isSameHand', 'sameHandTest'])
  // What asks the table and gives nothing back is forgotten as easily as the table itself.
  for (const { text, index } of asking('refuseSameHand')) names.add(functionAround(text, index))
  const floating = [...names].flatMap(name =>
    asking(name)
      .filter(({ text, index }) => !/(?:await|return|=>|[,:])\s+\(?(?:\w+\.)?$/.test(text.slice(0, index)))
      .map(({ file, text, index }) => `${file}:${text.slice(0, index).split('\n').length} ${name}`),
  )
  assert.ok(names.size > 15, [...names].join(' '))
  assert.deepEqual(floating, [])
})

test('each right of the table is somebody’s, and each pair is asked for by a verb', () => {
  const pairs = Object.entries(separatedDuties)
  assert.ok(pairs.length >= 20)
  for (const [pair, { first, second }] of pairs)
    for (const { right } of [first, second])
      if (right !== 'concerned' && right !== 'named')
        assert.ok(
          roles.some(role => mayDo(role, right)),
          `${pair} ${right}`,
        )
  const sources = globSync('src/**/*.ts')
    .filter(file => !/\.test\.ts$|separation\.ts$/.test(file))
    .map(file => readFileSync(file, 'utf8'))
  const unused = pairs.filter(([pair]) => !sources.some(text => text.includes(`'${pair}'`))).map(([pair]) => pair)
  assert.deepEqual(unused, [])
})

test('no verb compares the actor with another hand by itself: it asks the table', () => {
  const comparing = globSync('src/**/*.ts')
    .filter(file => !/\.test\.ts$|separation\.ts$/.test(file))
    .flatMap(file =>
      readFileSync(file, 'utf8')
        .split('\n')
        .filter(line =>
          /(?:By|officerId|officer) === (?:work\.)?by\.(?:id|onBehalfOf)|by\.id === \w*(?:By|officerId)/.test(line),
        )
        .filter(line => /throw|refuse/.test(line))
        .map(line => `${file}: ${line.trim()}`),
    )
  assert.deepEqual(comparing, [])
})

test('each constraint by which the database keeps two hands apart is in the table, and each there exists', async () => {
  const checks = await house.owner<{ name: string; says: string }>(
    `select conrelid::regclass::text || ': ' || conname as name, pg_get_constraintdef(oid) as says
     from pg_constraint where contype = 'c' and connamespace::regnamespace::text !~ '^pg_' order by 1`,
  )
  const keeping = checks.filter(({ says }) =>
    /\w+_by(?:_id)? (?:<>|IS DISTINCT FROM) \w*(?:_by|_by_id|second_checker)\b/.test(says),
  )
  const named = new Set<string>(
    Object.values(separatedDuties).flatMap(duty => ('constraint' in duty ? [duty.constraint] : [])),
  )
  assert.deepEqual(
    keeping.map(({ name }) => name).filter(name => !named.has(name)),
    [],
  )
  assert.deepEqual(
    [...named].filter(name => !checks.some(check => check.name === name)),
    [],
  )
})
