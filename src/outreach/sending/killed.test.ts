import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { openHouse } from '../../../test/house.ts'
import { openChannels } from '../channels/channels.ts'
import { openMailServer } from '../channels/mail-server.fixture.ts'
import * as outreach from '../outreach.ts'
import { aSending } from '../sending.fixture.ts'
import { deliver, lookAfter, sendDue } from './sending.ts'

const house = await openHouse()
const program = fileURLToPath(new URL('sender.test-process.ts', import.meta.url))

/** A server that takes a letter whole and never says so; tells when it has one. */
async function openSilentServer() {
  let arrived = () => {}
  const server = await openMailServer({
    letter: () => {
      arrived()
      return new Promise(() => {})
    },
  })
  return { ...server, hasOne: () => new Promise<void>(done => (arrived = done)) }
}

/** Lets a process of its own send the message, and kills it when the server has all of it and has not yet answered. */
async function killedWhileSending(id: string, server: Awaited<ReturnType<typeof openSilentServer>>) {
  const arrived = server.hasOne()
  const child = spawn(process.execPath, [program, house.url, server.url, id], { stdio: 'inherit' })
  await arrived
  child.kill('SIGKILL')
  await once(child, 'exit')
}

const told = (id: outreach.MessageId) => house.work(work => outreach.getMessage(work, id))
const age = (id: string) =>
  house.owner(`update outreach.message set begun_at = begun_at - interval '6 minutes' where id = $1`, [id])
const idOf = (raw: string | undefined) => /^Message-ID: (.*)$/im.exec(raw ?? '')?.[1]

const channelsOf = (smtpUrl: string) =>
  openChannels({
    folder: '/nowhere',
    origin: 'https://dinhdanh.example',
    config: { smtpUrl, mailFrom: 'dinh-danh@congan.example' },
  })

test('a message whose worker is killed while sending is unknown, and nothing sends it again', async () => {
  const silent = await openSilentServer()
  const id = await house.work(work => outreach.sendMessage(work, aSending()))
  await killedWhileSending(id, silent)
  assert.equal((await told(id)).message.state, 'sending')
  const server = await openMailServer()
  const channels = channelsOf(server.url)
  assert.equal((await lookAfter(house.openWork, channels)).interrupted, 0, 'it may still be under way')
  await age(id)
  assert.equal((await lookAfter(house.openWork, channels)).interrupted, 1)
  const { message, tries } = await told(id)
  assert.deepEqual(
    [message.state, message.code, tries.map(({ outcome }) => outcome)],
    ['unknown', 'interrupted', ['interrupted']],
  )
  await sendDue(house.openWork, channels)
  assert.equal(server.taken.length, 0)

  // An officer who accepts that it may arrive twice sends it again, under the same Message-ID.
  await house.work(work => outreach.sendAgain(work, id))
  assert.deepEqual(await deliver(house.openWork, channels, id), { state: 'sent' })
  assert.equal(idOf(silent.taken[0]?.raw), `<${id}@congan.example>`)
  assert.equal(idOf(server.taken[0]?.raw), idOf(silent.taken[0]?.raw))
  await Promise.all([silent.close(), server.close()])
})
