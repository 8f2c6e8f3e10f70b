import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { asOperator, type House } from '../open-house.ts'
import { type Day, dayAfter, parseDay } from '../platform/day.ts'
import { printAnswer, WrongUsage } from '../platform/terminal.ts'
import type { Work } from '../platform/work.ts'
import * as staff from '../staff/staff.ts'
import * as units from '../units/units.ts'
import type { Invocation } from './invocation.ts'

/**
 * `officer …`: the officers of an installation, from the command line. The first two appointments are given at once,
 * since there is nobody to accept them; everything later is a proposal that an officer accepts in the console.
 */

const authority = asOperator('staff')
type Values = Invocation['values']

const textOf = (values: Values, name: string): string | undefined => {
  const value = values[name]
  return typeof value === 'string' ? value : undefined
}

function neededText(values: Values, name: string): string {
  const value = textOf(values, name)
  if (!value) throw new WrongUsage(`--${name} is needed`)
  return value
}

function loginOf({ positionals }: Invocation): string {
  const [login] = positionals
  if (!login) throw new WrongUsage('the login of the officer is needed')
  return login
}

function dayOption(values: Values, name: string): Day | undefined {
  const value = textOf(values, name)
  const day = value === undefined ? undefined : parseDay(value)
  if (value !== undefined && !day) throw new WrongUsage(`--${name} takes a day such as 2023-04-20`)
  return day
}

async function unitByCode(work: Work, code: string): Promise<units.UnitId> {
  const unit = await units.findUnitOn(work, code, work.today)
  if (!unit) throw new WrongUsage(`no unit has the code ${code} on ${work.today}`)
  return unit.id
}

/** `officer add LOGIN --name N --unit CODE [--phone P] [--email E]`: enters an officer, without post and password. */
export async function addOfficer(invocation: Invocation): Promise<void> {
  const { house, values, json } = invocation
  const login = loginOf(invocation)
  const fullName = neededText(values, 'name')
  const contact = { phone: textOf(values, 'phone'), email: textOf(values, 'email') }
  const { id } = await house.openWork(authority, async work =>
    staff.enterOfficer(work, {
      login,
      fullName,
      unitId: await unitByCode(work, neededText(values, 'unit')),
      contact,
    }),
  )
  await printAnswer(json, { id, login }, `${login} is entered; \`officer appoint\` gives or proposes a post`)
}

/** How a link reaches one of the first two: a paper that is written, or the phone or address on their record. */
function deliveryOf(values: Values) {
  const paper = textOf(values, 'paper')
  if (paper && existsSync(paper)) throw new WrongUsage(`${paper} is there already; choose another name`)
  const send = textOf(values, 'send')
  if (send !== undefined && send !== 'phone' && send !== 'email') throw new WrongUsage('--send is phone or email')
  if (paper && send) throw new WrongUsage('--paper or --send, not both')
  const delivery: 'paper' | 'phone' | 'email' | undefined = paper ? 'paper' : send
  return { paper, delivery }
}

/** Grants the link of one of the first two, and draws its paper where that is how it goes. */
async function grantFirstLink(
  work: Work,
  house: House,
  officerId: staff.OfficerId,
  { delivery }: ReturnType<typeof deliveryOf>,
): Promise<Buffer | undefined> {
  if (!delivery)
    throw new WrongUsage('the first two officers choose a password by a link: --paper F.pdf, --send phone or email')
  const id = await staff.grantFoundingLink(work, officerId, delivery)
  return delivery === 'paper' ? staff.printFoundingPaper(work, id, { origin: house.origin }) : undefined
}

const linkSentence = (paper: string | undefined, delivery: string | undefined) =>
  paper ? `its link is in ${paper}: hand it over in person` : `its link goes to the ${delivery} on the record`

/** Papers are read by their owner alone. */
const writePaper = async (file: string | undefined, content: Buffer | undefined) => {
  if (file && content) await writeFile(file, content, { mode: 0o600, flag: 'wx' })
}

/**
 * `officer appoint LOGIN --role R --unit CODE [--from DAY] [--last DAY] [--paper F.pdf|--send phone|email]`: one of the
 * first two appointments of an installation at once; later ones as proposals.
 */
export async function appointOfficer(invocation: Invocation): Promise<void> {
  const { house, values, json } = invocation
  const login = loginOf(invocation)
  const role = neededText(values, 'role')
  if (!staff.isRole(role)) throw new WrongUsage(`--role is one of ${staff.roles.join(', ')}`)
  const [fromOn, lastOn] = [dayOption(values, 'from'), dayOption(values, 'last')]
  const delivery = deliveryOf(values)
  const done = await house.openWork(authority, async work => {
    const officer = await staff.getByLogin(work, login)
    const unitId = await unitByCode(work, neededText(values, 'unit'))
    const wanted = { officerId: officer.id, role, unitId, ...(fromOn && { fromOn }) }
    const founded = await staff.foundAppointment(work, { ...wanted, ...(lastOn && { toOn: dayAfter(lastOn) }) })
    if (founded) return { founded, content: await grantFirstLink(work, house, officer.id, delivery) }
    return { proposal: await staff.proposals.proposeAppointment(work, { ...wanted, lastOn }) }
  })
  if (done.founded) {
    await writePaper(delivery.paper, done.content)
    const text = `${login} is ${role}, one of the first two; ${linkSentence(delivery.paper, delivery.delivery)}`
    return printAnswer(json, { appointment: done.founded.id, founding: true }, text)
  }
  await printProposal(json, `${login} as ${role}`, done.proposal)
}

const printProposal = (json: boolean, what: string, { id, expiresAt }: staff.proposals.Proposal) =>
  printAnswer(
    json,
    { proposal: id, expiresAt: expiresAt.toISOString() },
    `${what} is proposed: an officer accepts it in the console, under Quản trị, Đề nghị`,
  )

/** `officer factor-reset LOGIN`: proposes that an officer who lost their second factors adds new ones. */
export async function resetFactorsOfOfficer(invocation: Invocation): Promise<void> {
  const login = loginOf(invocation)
  const proposal = await invocation.house.openWork(authority, async work =>
    staff.proposals.proposeFactorReset(work, (await staff.getByLogin(work, login)).id),
  )
  await printProposal(invocation.json, `new second factors of ${login}`, proposal)
}

/** `officer reset LOGIN`: proposes that an officer chooses a new password. */
export async function resetOfficer(invocation: Invocation): Promise<void> {
  const login = loginOf(invocation)
  const proposal = await invocation.house.openWork(authority, async work =>
    staff.proposals.proposeReset(work, (await staff.getByLogin(work, login)).id),
  )
  await printProposal(invocation.json, `a new password of ${login}`, proposal)
}

/** `officer contact LOGIN [--phone P] [--email E]`: proposes where an officer is reached from now on. */
export async function contactOfficer(invocation: Invocation): Promise<void> {
  const { house, values, json } = invocation
  const login = loginOf(invocation)
  const contact = { phone: textOf(values, 'phone'), email: textOf(values, 'email') }
  const proposal = await house.openWork(authority, async work =>
    staff.proposals.proposeContact(work, (await staff.getByLogin(work, login)).id, contact),
  )
  await printProposal(json, `another phone and e-mail address of ${login}`, proposal)
}

/** `officer link LOGIN --paper F.pdf|--send phone|email`: a new link for one of the first two who never used theirs. */
export async function linkOfficer(invocation: Invocation): Promise<void> {
  const { house, values, json } = invocation
  const login = loginOf(invocation)
  const delivery = deliveryOf(values)
  const content = await house.openWork(authority, async work =>
    grantFirstLink(work, house, (await staff.getByLogin(work, login)).id, delivery),
  )
  await writePaper(delivery.paper, content)
  await printAnswer(json, { login }, `${login}: ${linkSentence(delivery.paper, delivery.delivery)}`)
}

/** `officer sign-out [LOGIN]`: ends the sessions of an officer, or of all officers. */
export async function signOutOfficers({ house, positionals: [login], json }: Invocation): Promise<void> {
  const ended = await house.openWork(authority, async work =>
    login ? staff.signOutOfficer(work, (await staff.getByLogin(work, login)).id) : staff.signOutEverybody(work),
  )
  await printAnswer(json, { ended }, `${login ?? 'all officers'}: ${ended} sessions ended`)
}

/** `officer list`: who works here, as what. */
export async function listOfficers({ house, json }: Invocation): Promise<void> {
  const found = await house.openWork(authority, async work =>
    Promise.all(
      (await staff.officers(work)).map(async ({ id, login, fullName, left, appointments }) => ({
        id,
        login,
        name: fullName,
        left,
        appointments: await Promise.all(
          appointments.map(async ({ role, unitId, fromOn, toOn }) => ({
            role,
            unit: await units.unitName(work, unitId),
            ...(fromOn && { fromOn }),
            ...(toOn && { toOn }),
          })),
        ),
      })),
    ),
  )
  const lines = found.map(
    ({ login, name, left, appointments }) =>
      `${login.padEnd(16)} ${name}${left ? ' (left)' : ''}: ` +
      `${appointments.map(({ role, unit }) => `${role}, ${unit}`).join('; ') || 'no post'}`,
  )
  await printAnswer(json, { officers: found }, lines.join('\n') || 'nobody works here yet')
}
