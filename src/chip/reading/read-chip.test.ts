import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { accessNumber, between, cardContent } from '../../../test/software-card/made-card.ts'
import { SoftwareCard, type SoftwareCardContent } from '../../../test/software-card/software-card.ts'
import type { ChipPassword } from '../access/password.ts'
import { writeSecurityInfos } from '../data-groups/chip-security.ts'
import { type Country, contentOf, makeCountry, now, portrait } from '../inspecting/country.test-sample.ts'
import type { ChipReading } from '../inspecting/inspect-files.ts'
import type { Trust } from '../inspecting/signer-checks.ts'
import { readChip } from './read-chip.ts'

let country: Country
let trust: Trust
/** A card as it is made; one without chip authentication mapping; one with basic access alone. */
let made: SoftwareCardContent
let generic: SoftwareCardContent
let basic: SoftwareCardContent

const byZone: ChipPassword = { kind: 'zone', documentNumber: '205001234', birthDate: '050315', expiresOn: '300315' }
const byNumber: ChipPassword = { kind: 'access-number', number: accessNumber }

const read = (content: SoftwareCardContent, password: ChipPassword = byZone) =>
  readChip(new SoftwareCard(content), password, trust)
const outcomes = (reading: ChipReading, ...names: readonly string[]) =>
  reading.checks.filter(({ check }) => names.includes(check)).map(({ outcome }) => outcome)
const detail = (reading: ChipReading, name: string) => reading.checks.find(({ check }) => check === name)?.detail ?? ''

before(async () => {
  country = await makeCountry()
  trust = { anchors: [country.authority], revocationLists: [await country.listOf()], now }
  const content = contentOf(await portrait())
  made = await cardContent(content, country.signer)
  generic = await cardContent(content, country.signer, infos =>
    infos.filter(info => info.kind !== 'pace' || !info.protocol.includes('.4.6.')),
  )
  basic = await cardContent(content, country.signer, infos => infos.filter(({ kind }) => kind !== 'pace'))
})

test('a card is read by its access number, proves its key as it opens, and passes every check', async () => {
  const reading = await read(made, byNumber)
  assert.deepEqual(
    reading.checks.filter(({ outcome }) => outcome !== 'passed'),
    [],
  )
  assert.match(detail(reading, 'password'), /^PACE with chip authentication mapping, prime256v1, aes128$/)
  assert.match(detail(reading, 'chip-authentication'), /^by PACE/)
  assert.deepEqual([reading.isGenuine, reading.isOriginal, reading.person?.fullName], [true, true, 'Nguyễn Văn An'])
})

test('a card with generic mapping proves its key on a new line', async () => {
  const reading = await read(generic)
  assert.match(detail(reading, 'password'), /generic mapping/)
  assert.match(detail(reading, 'chip-authentication'), /^key on prime256v1, aes128$/)
  assert.equal(reading.isOriginal, true)
})

test('a card with basic access alone is opened by its zone, and by no access number', async () => {
  const reading = await read(basic)
  assert.equal(detail(reading, 'password'), 'basic access')
  assert.equal(reading.isOriginal, true)
  assert.match(detail(await read(basic, byNumber), 'password'), /^without PACE/)
})

test('a wrong zone or access number opens nothing, and nothing is read', async () => {
  for (const content of [made, generic, basic]) {
    const reading = await read(content, { ...byZone, birthDate: '050316' })
    assert.match(detail(reading, 'password'), /refused the.*password \(status 6300\)/)
    assert.deepEqual([reading.isGenuine, reading.person], [false, undefined])
  }
  const reading = await read(made, { kind: 'access-number', number: '500541' })
  assert.deepEqual(outcomes(reading, 'password'), ['failed'])
})

test('a copy of all files without the keys is told, however it is opened', async () => {
  const other = await cardContent(contentOf(), country.signer)
  for (const content of [made, generic, basic]) {
    const copy = await read({ ...content, keys: other.keys })
    assert.deepEqual(outcomes(copy, 'active-authentication', 'chip-authentication'), ['failed', 'failed'])
    assert.deepEqual([copy.isGenuine, copy.isOriginal], [false, false])
    assert.deepEqual(outcomes(copy, 'data-groups', 'signature'), ['passed', 'passed'])
  }
})

test('a full copy with a chip key of its own, or of another card, is no original', async () => {
  const [thief, stranger] = [await makeCountry({ country: 'XX' }), await makeCountry()]
  const other = await cardContent(contentOf(), country.signer)
  const foreign = await cardContent(contentOf(), thief.signer)
  const sameName = await cardContent(contentOf(), stranger.signer)
  const withheld = { withholds: ['DG15'] }
  for (const [what, { files: theirs, keys }] of Object.entries({ foreign, sameName, other })) {
    const files = new Map([...made.files, ['EF_CardSecurity', theirs.get('EF_CardSecurity') ?? new Uint8Array()]])
    const copy = await read({ ...made, files, keys, ...withheld })
    assert.deepEqual([copy.isOriginal, copy.isGenuine], [false, false], what)
    assert.deepEqual(outcomes(copy, 'active-authentication', 'chip-authentication'), ['failed', 'failed'], what)
  }
})

test('a signed key group that the chip does not show counts as a proof that failed', async () => {
  for (const [group, check] of [
    ['DG14', 'chip-authentication'],
    ['DG15', 'active-authentication'],
  ] as const) {
    const reading = await read({ ...generic, withholds: [group] })
    assert.deepEqual(outcomes(reading, 'files', check), ['passed', 'failed'], group)
    assert.match(detail(reading, check), /is signed, and the chip does not show it/)
    assert.equal(reading.isGenuine, false)
  }
})

const isReading = (command: Uint8Array) => command[1] === 0xb0 && ((command[0] ?? 0) & 0x0c) === 0x0c

test('an answer that is changed, cut, said again or bare ends the protected line', async () => {
  let last = new Uint8Array()
  const changes: Readonly<Record<string, (answer: Uint8Array) => Uint8Array>> = {
    changed: answer => answer.map((byte, at) => (at === 5 ? byte ^ 1 : byte)),
    status: answer => Uint8Array.from([...answer.subarray(0, -2), 0x62, 0x82]),
    cut: answer => answer.subarray(4),
    bare: answer => answer.subarray(-2),
    nothing: () => new Uint8Array(),
    again: answer => (last.length > 0 ? last : answer),
  }
  for (const content of [made, basic])
    for (const [name, change] of Object.entries(changes)) {
      last = new Uint8Array()
      let seen = 0
      const line = between(new SoftwareCard(content), (answer, command) => {
        if (!isReading(command) || ++seen < 4) return answer
        const changed = change(answer)
        last = Uint8Array.from(answer)
        return changed
      })
      const reading = await readChip(line, byZone, trust)
      assert.deepEqual(outcomes(reading, 'secure-messaging', 'files'), ['failed', 'failed'], name)
      assert.equal(reading.isGenuine, false, name)
    }
})

test('a chip that is taken away is told, with what was read before', async () => {
  let seen = 0
  const card = new SoftwareCard(made)
  const line = {
    transmit: async (command: Uint8Array) => {
      if (++seen > 40) throw new Error('no card')
      return card.transmit(command)
    },
  }
  const reading = await readChip(line, byZone, trust)
  assert.equal(detail(reading, 'files'), 'the chip answers no more')
  assert.ok(reading.zone)
  assert.equal(reading.isGenuine, false)
})

test('who takes PACE, or its better way, out of EF.CardAccess is found by DG14', async () => {
  const without = new Map(made.files)
  without.delete('EF_CardAccess')
  const removed = await read({ ...made, files: without })
  assert.equal(detail(removed, 'password'), 'basic access')
  assert.match(detail(removed, 'access'), /shows no EF\.CardAccess/)
  const weaker = new Map(made.files).set('EF_CardAccess', generic.files.get('EF_CardAccess') ?? new Uint8Array())
  assert.match(detail(await read({ ...made, files: weaker }), 'access'), /DG14 announces are not in EF\.CardAccess/)
  assert.equal((await read({ ...made, files: weaker })).isGenuine, false)
})

test('a chip that offers PACE is opened by nothing else, also where PACE is broken off', async () => {
  const line = between(new SoftwareCard(made), (answer, command) =>
    command[1] === 0x22 ? Uint8Array.of(0x6a, 0x80) : answer,
  )
  assert.match(detail(await readChip(line, byZone, trust), 'password'), /refused the way of PACE/)
  const unknown = writeSecurityInfos([
    { kind: 'pace', protocol: '0.4.0.127.0.7.2.2.4.4.2', version: 2, parameterId: 12 },
  ])
  const strange = await read({ ...made, files: new Map(made.files).set('EF_CardAccess', unknown) })
  assert.match(detail(strange, 'password'), /no way of PACE that is known/)
})

test('keys of PACE that are none, or our own, open nothing', async () => {
  const answers: Readonly<Record<string, (sent: Uint8Array, answer: Uint8Array) => Uint8Array>> = {
    'does not lie on its curve': (_, answer) => answer.map((byte, at) => (at === 20 ? byte ^ 1 : byte)),
    'our own key back': (sent, answer) => Uint8Array.from([...answer.subarray(0, 4), ...sent, 0x90, 0]),
    'not written uncompressed': (_, answer) => answer.map((byte, at) => (at === 4 ? 2 : byte)),
  }
  for (const step of [0x81, 0x83])
    for (const [why, change] of Object.entries(answers)) {
      const line = between(new SoftwareCard(made), (answer, command) =>
        command[1] === 0x86 && command[7] === step ? change(command.subarray(9, 74), answer) : answer,
      )
      assert.ok(detail(await readChip(line, byZone, trust), 'password').includes(why), why)
    }
})

test('a chip that says a length that it has not, or too large a one, is read no further', async () => {
  const lying = (start: readonly number[]) =>
    new Map(made.files).set('DG13', Uint8Array.from([...start, ...new Uint8Array(40)]))
  const late = await read({ ...made, files: lying([0x6d, 0x82, 0x10, 0]) })
  assert.match(detail(late, 'files'), /refused to read a file \(status 6b00\)/)
  const large = await read({ ...made, files: lying([0x6d, 0x83, 0xff, 0xff, 0xff]) })
  assert.match(detail(large, 'files'), /says that it has 16777220 bytes/)
  const endless = await read({ ...made, files: lying([0x6d, 0x80]) })
  assert.match(detail(endless, 'files'), /does not say its length/)
  assert.deepEqual(
    [late, large, endless].map(({ isGenuine }) => isGenuine),
    [false, false, false],
  )
})

test('a file of more than 32 kB is read to its end', async () => {
  const image = Buffer.concat([await portrait(), Buffer.alloc(70_000)])
  const reading = await read(await cardContent(contentOf(image), country.signer))
  assert.equal(reading.portrait?.image.length, image.length)
  assert.equal(reading.isOriginal, true)
})

test('each cipher of PACE and of chip authentication carries a whole reading', async () => {
  for (const [number, cipher] of Object.entries({ 1: 'des3', 3: 'aes192', 4: 'aes256' })) {
    const content = await cardContent(contentOf(), country.signer, infos =>
      infos
        .filter(info => info.kind !== 'pace' || !info.protocol.includes('.4.6.'))
        .map(info => ('protocol' in info ? { ...info, protocol: info.protocol.replace(/\d$/, number) } : info)),
    )
    const reading = await read(content)
    assert.ok(detail(reading, 'password').endsWith(`prime256v1, ${cipher}`), cipher)
    assert.ok(detail(reading, 'chip-authentication').endsWith(cipher), cipher)
    assert.equal(reading.isOriginal, true, cipher)
  }
})

test('a chip that names its key alone proves it by triple DES', async () => {
  const content = await cardContent(contentOf(), country.signer, infos =>
    infos.filter(({ kind }) => kind === 'chip-key' || kind === 'active-authentication'),
  )
  const reading = await read(content)
  assert.equal(detail(reading, 'chip-authentication'), 'key on prime256v1, des3')
  assert.equal(reading.isOriginal, true)
})
