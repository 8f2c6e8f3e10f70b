import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { contentOf, makeCountry } from '../../chip/inspecting/country.test-sample.ts'
import { makeChipFiles } from '../../chip/making/chip-files.ts'
import { now } from '../../platform/clock.ts'
import { readPassword } from './card-reader.ts'

const inspect = (...given: readonly string[]) =>
  spawnSync(join(process.cwd(), 'bin/dinhdanh'), ['card', 'inspect', ...given], { encoding: 'utf8' })

test('card inspect says of each check of a folder whether it passed, and believes no authority unasked', async () => {
  const root = mkdtempSync(join(tmpdir(), 'dinhdanh-inspect-'))
  try {
    const country = await makeCountry({ at: now() })
    const fullName = '\u001b[2JAn\npassed  signature'
    const hostile = { ...contentOf(), person: { fullName }, national: { fullName } }
    const { files } = await makeChipFiles(hostile, country.signer)
    const folder = join(root, 'card')
    mkdirSync(folder)
    for (const [name, file] of files) writeFileSync(join(folder, `${name}.bin`), file)
    writeFileSync(join(root, 'csca.cer'), country.authority.bytes)
    writeFileSync(join(root, 'crl.crl'), (await country.listOf()).bytes)

    const trusted = inspect(folder, '--csca', join(root, 'csca.cer'))
    assert.equal(trusted.status, 0, trusted.stderr)
    assert.match(trusted.stdout, /^as a trusted country signed it$/m)
    assert.match(trusted.stdout, /^passed {4}revocation/m)
    assert.match(trusted.stdout, /^not done {2}active-authentication {2}the chip itself is needed$/m)

    assert.match(trusted.stdout, /^name: \\u001b\[2JAn\\u000apassed {2}signature$/m)
    assert.equal(trusted.stdout.includes('\u001b'), false)

    writeFileSync(join(root, 'other.cer'), (await makeCountry({ country: 'LA', at: now() })).authority.bytes)
    const withOther = inspect(folder, '--csca', join(root, 'csca.cer'))
    assert.match(withOther.stdout, /^passed over: \.\.\/other\.cer$/m, 'it vouches for nothing here')
    rmSync(join(root, 'other.cer'))

    const noAuthority = join(root, 'ds.cer')
    writeFileSync(noAuthority, country.signer.certificate.bytes)
    assert.match(inspect(folder, '--csca', noAuthority).stderr, /ds\.cer is not trusted: it is not the certificate of/)

    const untrusted = inspect(folder)
    assert.equal(untrusted.status, 1)
    assert.match(untrusted.stdout, /^NOT proved/m)

    mkdirSync(join(folder, 'DG7.bin'))
    assert.match(inspect(folder).stderr, /DG7\.bin is no file/)
    rmSync(join(folder, 'DG7.bin'), { recursive: true })
    writeFileSync(join(folder, 'dg01.bin'), 'twice')
    assert.match(inspect(folder).stderr, /are the same file of a chip/)
  } finally {
    rmSync(root, { recursive: true })
  }
})

test('a reader needs its package, and the password of a chip comes from a file that holds one', () => {
  const root = mkdtempSync(join(tmpdir(), 'dinhdanh-inspect-'))
  try {
    const file = join(root, 'password')
    const read = (text: string) => {
      writeFileSync(file, text)
      return inspect(root, '--reader', 'Any', '--password-file', file)
    }
    const refused = read('500540')
    assert.equal(refused.status, 2)
    assert.match(refused.stderr, /needs the package @pokusew\/pcsclite; install it: .* npm install --no-save/)
    assert.match(read('205001234 050315').stderr, /an access number, or a document number and two dates/)
    assert.match(read('205001234 050315 3003').stderr, /six digits, YYMMDD/)
    assert.match(inspect(root, '--reader', 'Any').stderr, /needs --password-file F, or a terminal/)
    const zone = { kind: 'zone', documentNumber: '205001234', birthDate: '050315', expiresOn: '300315' }
    assert.deepEqual(readPassword(' 205001234 050315 300315\n'), zone)
  } finally {
    rmSync(root, { recursive: true })
  }
})
