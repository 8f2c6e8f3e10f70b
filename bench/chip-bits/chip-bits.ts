// Every bit of every file of a chip, and of what lies beside it, is flipped alone: what does `card inspect` say then?
// Of a chip as we make it, then of security objects that OpenSSL signed. node bench/chip-bits/chip-bits.ts
import { contentOf, makeCountry, now, portrait } from '../../src/chip/inspecting/country.test-sample.ts'
import { makeChipFiles } from '../../src/chip/making/chip-files.ts'
import { flipBits, type GivenChip } from '../../src/cli/chip/flipped-bits.test-sample.ts'
import { foreignObject, hasOpenssl } from '../../src/cli/chip/foreign-object.test-sample.ts'
import { stopwatch } from '../../src/platform/clock.ts'

const everyBit = [0, 1, 2, 3, 4, 5, 6, 7]
let unseenBits = 0

function tell(what: string, given: GivenChip, isChosen: (file: string) => boolean = () => true): void {
  const clock = stopwatch()
  const { count, unseen, unsigned } = flipBits(given, file => (isChosen(file) ? everyBit : []))
  unseenBits += unseen.length
  console.log(`| ${what} | ${count} | ${count - unsigned - unseen.length} | ${unsigned} | ${unseen.length} |`)
  for (const one of unseen) console.error(one)
  console.error(`${what}: ${(clock() / 1000).toFixed(0)} s`)
}

const country = await makeCountry({ form: 'named' })
const { files } = await makeChipFiles(contentOf(await portrait()), country.signer, now)
const crl = ['crl.crl', (await country.listOf()).bytes] as const
const given = {
  files,
  beside: new Map([['ds.cer', country.signer.certificate.bytes], crl]),
  authority: country.authority.bytes,
  now,
}
console.log('| what | bits | told | named as unsigned | unseen |\n|---|---:|---:|---:|---:|')
tell('a chip of ours, all files', given)
const own = files.get('EF_SOD')
if (own && hasOpenssl())
  for (const kind of ['rsa', 'rsa-pss', 'ecdsa'] as const) {
    const { file, certificate } = await foreignObject(country, own, kind)
    const beside = new Map([['ds.cer', certificate.bytes], crl])
    tell(
      `EF.SOD by OpenSSL, ${kind}`,
      { ...given, files: new Map([...files, ['EF_SOD', file]]), beside },
      name => name === 'EF_SOD',
    )
  }
process.exitCode = unseenBits > 0 ? 1 : 0
