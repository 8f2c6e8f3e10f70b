import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as accounts from '../src/accounts/accounts.ts'
import type { ChannelMessage } from '../src/outreach/channels/channel.ts'
import type { Channels } from '../src/outreach/channels/channels.ts'
import type { MessageId } from '../src/outreach/message.ts'
import { deliver } from '../src/outreach/sending/sending.ts'
import type { Id } from '../src/platform/ids.ts'
import { anImportedCard } from './a-card.ts'
import { type APerson, aPerson, enter } from './builders.ts'
import type { TestHouse } from './house.ts'

/** Accounts for tests, and a phone on which what is sent to them arrives. */

export type AnAccount = accounts.HolderRef & {
  readonly number: string
  readonly phone: string
  readonly passcode: string
  readonly bornOn: string
}

let made = 0
/** A mobile number that nobody else in this process has. */
export function aPhone(): string {
  made += 1
  return `09${String(10_000_000 + made * 137).padStart(8, '0')}`
}

/** Someone whose account (level 1, unless told otherwise) was approved. */
export async function anApprovedAccount(
  house: TestHouse,
  {
    phone = aPhone(),
    representativeId,
    ...person
  }: APerson & { readonly phone?: string | undefined; readonly representativeId?: Id<'person'> } = {},
): Promise<AnAccount> {
  const row = aPerson(person)
  const personId = await enter(house, row)
  if (representativeId) await anImportedCard(house, personId)
  const { id } = await house.work(work =>
    accounts.request(work, personId, { level: 1, phone: phone || undefined, representativeId }),
  )
  await house.work(work => accounts.approve(work, id))
  return { personId, accountId: id, number: row.person_number, phone, passcode: '730164', bornOn: row.birth_date }
}

/** Someone who has activated theirs, and signs in by a passcode. */
export async function anActivatedAccount(
  house: TestHouse,
  given: Parameters<typeof anApprovedAccount>[1] = {},
): Promise<AnAccount> {
  const account = await anApprovedAccount(house, given)
  const hashed = await accounts.hashPasscode(account, account.passcode)
  await house.work(async work => {
    await accounts.activate(work, account.accountId)
    await accounts.keepPasscode(work, account, hashed)
  })
  return account
}

export const holderOf = async (house: TestHouse, account: accounts.HolderRef): Promise<accounts.Holder> =>
  (await house.work(work => accounts.getHolder(work, account))) ?? assert.fail('no holder')

/** Delivers what waits, and keeps it as a phone would. */
export function aPhoneInHand(house: TestHouse) {
  const letters: ChannelMessage[] = []
  const channel = {
    name: 'test',
    async send(letter: ChannelMessage) {
      letters.push(letter)
      return { outcome: 'accepted' as const }
    },
  }
  const channels: Channels = { origin: 'https://dinhdanh.example', email: [channel], phone: [channel] }
  const deliverAll = async () => {
    const due = await house.owner<{ id: MessageId }>(
      `select id from outreach.message where state = 'queued' order by id`,
    )
    for (const { id } of due) await deliver(house.openWork, channels, id)
  }
  return {
    letters,
    /** The texts that came to a phone, the latest last, but for the notice that the account was approved. */
    async textsTo(phone: string): Promise<string[]> {
      await deliverAll()
      return letters
        .filter(({ to, text }) => to === `+84${phone.slice(1)}` && !/da duoc phe duyet/.test(text))
        .map(({ text }) => text)
    },
    /** The number in the latest text to a phone. */
    async codeTo(phone: string): Promise<string> {
      const last = (await this.textsTo(phone)).at(-1) ?? assert.fail('no text came')
      return /^(\d{6}) /.exec(last)?.[1] ?? assert.fail(`no number in: ${last}`)
    },
  }
}

/** The number in the latest text that a served house has put into its outbox for a phone. */
export async function codeInOutbox(folder: string, phone: string): Promise<string | undefined> {
  const outbox = join(folder, 'outbox')
  const files = await readdir(outbox, { recursive: true }).catch(() => [])
  for (const file of files
    .filter(name => name.endsWith('.txt'))
    .sort()
    .reverse()) {
    const text = await readFile(join(outbox, file), 'utf8')
    const code = text.includes(`To: +84${phone.slice(1)}\n`) && /\n(\d{6}) /.exec(text)?.[1]
    if (code) return code
  }
  return undefined
}

export const wrongCode = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0')
