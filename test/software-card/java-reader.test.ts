import assert from 'node:assert/strict'
import { execFile, spawnSync } from 'node:child_process'
import { existsSync, globSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { contentOf, makeCountry, portrait } from '../../src/chip/inspecting/country.test-sample.ts'
import { cardContent } from './made-card.ts'
import { SoftwareCard, type SoftwareCardContent } from './software-card.ts'

/**
 * JMRTD, a library that reads passports, judges the card of software, and so what our own reader is tried against. Its
 * jars (org.jmrtd:jmrtd with what it needs) lie in the folder that JMRTD names; none is downloaded.
 */
const jars = process.env['JMRTD'] ? globSync(`${process.env['JMRTD']}/*.jar`) : []
const hasJava = spawnSync('java', ['-version']).status === 0
const skip =
  !hasJava || !jars.some(existsSync) ? 'Java, or a folder with the jars of JMRTD that the variable JMRTD names' : false

/** Serves cards on a port, one a connection: each command and answer after its length, in two bytes. */
async function served<T>(contents: readonly SoftwareCardContent[], use: (port: number) => Promise<T>): Promise<T> {
  const cards = contents.map(content => new SoftwareCard(content))
  const server = createServer((line: Socket) => {
    const card = cards.shift()
    let waiting = Buffer.alloc(0)
    line.on('data', async arrived => {
      waiting = Buffer.concat([waiting, Buffer.from(arrived)])
      if (!card || waiting.length < 2 || waiting.length < 2 + waiting.readUInt16BE(0)) return
      const command = waiting.subarray(2)
      waiting = Buffer.alloc(0)
      const answer = await card.transmit(command)
      line.write(Buffer.concat([Buffer.from([answer.length >> 8, answer.length & 0xff]), answer]))
    })
  }).listen(0, '127.0.0.1')
  try {
    await new Promise(resolve => server.once('listening', resolve))
    const address = server.address()
    return await use(typeof address === 'object' && address ? address.port : 0)
  } finally {
    server.close()
  }
}

test('JMRTD opens the card by basic access and by PACE, reads it and lets it prove its keys', { skip }, async () => {
  const country = await makeCountry({ form: 'named' })
  const made = await cardContent(contentOf(await portrait()), country.signer)
  const basic = await cardContent(contentOf(await portrait()), country.signer, infos =>
    infos.filter(({ kind }) => kind !== 'pace'),
  )
  const read = ['DG1=true', 'DG2=true', 'number=205001234', 'faces=1', 'active=true']
  const found = [...read, 'chip=true']
  const stdout = await served([basic, made, made], async port => {
    const program = ['-cp', jars.join(':'), 'test/software-card/ReadCard.java', String(port)]
    return (await promisify(execFile)('java', [...program, 'bac', '.2.2', '.6.2'])).stdout
  })
  assert.deepEqual(stdout.trim().split('\n'), [
    ...['way=bac', ...found],
    ...['way=.2.2', 'mapping=GM', ...found],
    ...['way=.6.2', 'mapping=CAM', ...read, 'proof=true', 'chip=true'],
  ])
})
