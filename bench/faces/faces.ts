// The gallery of faces beside what one would pick (numpy, faiss), and how often the default engine errs.
// node bin/script bench/faces/faces.ts [TEMPLATES]: random templates, 1,300,000 of them; PYTHON=FILE names the Python
// that has numpy and faiss-cpu, else `python3`.
// node bin/script bench/faces/faces.ts FOLDER --set NAME --licence LICENCE: error rates on pictures in a folder a
// person (PERSON/picture.jpg, as LFW has them), and the row of law.csv.
import { execFileSync } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { distanceOfScore, faceDistance, faceScore } from '../../src/biometrics/comparing/comparing.ts'
import { openFaceEngine } from '../../src/biometrics/face-engine/face-engine.ts'
import { type FaceTemplate, templateLength } from '../../src/biometrics/face-template.ts'
import { makeFaceGallery } from '../../src/biometrics/gallery/gallery.ts'
import { faceThresholds } from '../../src/biometrics/law.ts'
import { stopwatch } from '../../src/platform/clock.ts'

const rounds = 20
/** Pairs of different people that are compared at most; each of the same person is. */
const mostDifferent = 1_000_000

const thresholds = faceThresholds.rows.at(-1)?.value ?? { same: 50, unsure: 40, duplicate: 60 }
const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN

/**
 * Templates that are random and the same each time (xorshift32). Two are 0.8 apart, as faces of different people are by
 * this algorithm: were they further apart, giving up a template early would save more than it does.
 */
function randomTemplates(seed: number) {
  let state = seed
  const next = () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32 - 0.5
  }
  return (into: Float32Array) => {
    let squared = 0
    for (let at = 0; at < templateLength; at++) {
      // The middle of four is nearly normal.
      const number = next() + next() + next() + next()
      into[at] = number
      squared += number * number
    }
    const length = Math.sqrt(squared)
    const spread = 0.8 / Math.SQRT2 / length
    for (let at = 0; at < templateLength; at++) into[at] = 0.07 + (into[at] ?? 0) * spread
    return into
  }
}

async function writeTemplates(file: string, count: number): Promise<void> {
  const next = randomTemplates(20231203)
  const stream = createWriteStream(file)
  const block = new Float32Array(4096 * templateLength)
  for (let done = 0; done < count; done += 4096) {
    const length = Math.min(4096, count - done)
    for (let nth = 0; nth < length; nth++) next(block.subarray(nth * templateLength, (nth + 1) * templateLength))
    const bytes = Buffer.from(block.buffer, 0, length * templateLength * 4)
    await new Promise(written => stream.write(Buffer.from(bytes), written))
  }
  stream.end()
  await finished(stream)
}

/** What others do with the same templates. */
type Measured = {
  readonly version: string
  readonly insert: number
  readonly insertCpu: number
  readonly walls: readonly number[]
  readonly cpus: readonly number[]
  readonly found: readonly (readonly number[])[]
  readonly peakMb: number
}

const cpuSeconds = (from?: NodeJS.CpuUsage) => {
  const { user, system } = process.cpuUsage(from)
  return (user + system) / 1e6
}

async function ours(file: string, count: number, threshold: number): Promise<Measured> {
  const bytes = await readFile(file)
  const templates = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4)
  const templateAt = (nth: number) => templates.subarray(nth * templateLength, (nth + 1) * templateLength)
  const gallery = makeFaceGallery()
  let [began, cpu] = [stopwatch(), process.cpuUsage()]
  for (let nth = 0; nth < count; nth++) gallery.insert(String(nth), templateAt(nth))
  const [insert, insertCpu] = [began() / 1000, cpuSeconds(cpu)]
  const [walls, used, found]: [number[], number[], number[][]] = [[], [], []]
  for (let nth = 0; nth < rounds; nth++) {
    const probe = templateAt(nth * Math.floor(count / rounds)).slice()
    began = stopwatch()
    cpu = process.cpuUsage()
    const { candidates } = gallery.identify(probe, { threshold, most: 10 })
    walls.push(began() / 1000)
    used.push(cpuSeconds(cpu))
    found.push(candidates.map(({ id }) => Number(id)))
  }
  const peakMb = process.resourceUsage().maxRSS / 1024
  return { version: process.version, insert, insertCpu, walls, cpus: used, found, peakMb }
}

async function measureGallery(count: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-faces-'))
  const file = join(folder, 'templates')
  try {
    await writeTemplates(file, count)
    const row = (name: string, one: Measured) => {
      const of = (values: readonly number[]) => (median(values) * 1000).toFixed(0)
      const [mb, insert] = [one.peakMb.toFixed(0), one.insert.toFixed(1)]
      console.log(`| ${name} | ${mb} | ${insert} | ${one.insertCpu.toFixed(1)} | ${of(one.walls)} | ${of(one.cpus)} |`)
    }
    console.log(`${count} templates, load ${loadavg()[0]?.toFixed(1)}, ${cpus().length} processors`)
    console.log('| | peak memory, MB, with the file read | insert, s | CPU | identify, ms | CPU |')
    for (const threshold of [thresholds.duplicate, thresholds.unsure, 20]) {
      const own = await ours(file, count, threshold)
      row(`ours, from score ${threshold}`, own)
      for (const name of ['numpy', 'faiss']) {
        const limit = (distanceOfScore(threshold) + 0.0005) ** 2
        const parameters = [file, String(templateLength), String(rounds), String(limit), name]
        try {
          const said = execFileSync(
            process.env['PYTHON'] ?? 'python3',
            [join(import.meta.dirname, 'others.py'), ...parameters],
            {
              encoding: 'utf8',
              stdio: ['ignore', 'pipe', 'ignore'],
              env: { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' },
            },
          )
          const peer = JSON.parse(said) as Measured
          row(`${name} ${peer.version}`, peer)
          const same = peer.found.every((ids, nth) => ids.join() === own.found[nth]?.join())
          if (!same) console.log(`${name} found others than ours`)
        } catch {
          console.log(`${name}: not done, it is not there`)
        }
      }
    }
  } finally {
    await rm(folder, { recursive: true })
  }
}

type Described = { readonly person: string; readonly template: FaceTemplate }

async function describeAll(folder: string) {
  const engine = openFaceEngine()
  if (!engine) throw new Error('the optional packages of the face models are not installed')
  const described: Described[] = []
  const faults = new Map<string, number>()
  try {
    for (const person of (await readdir(folder)).sort())
      for (const name of (await readdir(join(folder, person))).sort()) {
        const { template, fault } = await engine.describe(await readFile(join(folder, person, name)))
        if (template) described.push({ person, template })
        else faults.set(fault ?? 'no-face', (faults.get(fault ?? 'no-face') ?? 0) + 1)
      }
  } finally {
    await engine.close()
  }
  return { described, faults }
}

/** Scores of all pairs of one person, and of every so many of two. */
function compareAll(described: readonly Described[]) {
  const [same, different]: [number[], number[]] = [[], []]
  const pairs = (described.length * (described.length - 1)) / 2
  const step = Math.max(1, Math.ceil(pairs / mostDifferent))
  let nth = 0
  for (const [at, one] of described.entries())
    for (const other of described.slice(at + 1)) {
      nth++
      const isSame = one.person === other.person
      if (!isSame && nth % step !== 0) continue
      const list = isSame ? same : different
      list.push(faceScore(faceDistance(one.template, other.template)))
    }
  return { same, different }
}

async function measureErrors(folder: string, set: string, licence: string): Promise<void> {
  const { described, faults } = await describeAll(folder)
  const { same, different } = compareAll(described)
  const perMillion = (count: number, of: number) => (of === 0 ? Number.NaN : Math.round((count / of) * 1e6))
  const rates = (threshold: number) => ({
    falseMatches: perMillion(different.filter(score => score >= threshold).length, different.length),
    falseNonMatches: perMillion(same.filter(score => score < threshold).length, same.length),
  })
  const people = new Set(described.map(({ person }) => person)).size
  const missed = [...faults].map(([fault, count]) => `${fault} ${count}`).join(', ') || 'none'
  console.log(`${set} (${licence}): ${described.length} pictures of ${people} people; without a template: ${missed}`)
  console.log(`${same.length} pairs of one person, ${different.length} of two`)
  console.log('| score from | false matches of a million | false non-matches of a million |')
  for (const [name, threshold] of Object.entries(thresholds)) {
    const { falseMatches, falseNonMatches } = rates(threshold)
    console.log(`| ${name} ${threshold} | ${falseMatches} | ${falseNonMatches} |`)
  }
  const { falseMatches, falseNonMatches } = rates(thresholds.same)
  const value = {
    set,
    licence,
    comparisons: same.length + different.length,
    falseMatchesPerMillion: falseMatches,
    falseNonMatchesPerMillion: falseNonMatches,
  }
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
  console.log('The row of law.csv (rule, from, value, article, source, verified_on); give the day and the order:')
  console.log(
    ['biometrics.face-error-rates', 'YYYY-MM-DD', quoted(JSON.stringify(value)), '', quoted(set), ''].join(','),
  )
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { set: { type: 'string' }, licence: { type: 'string' } },
})
const [what = '1300000'] = positionals
if (/^\d+$/.test(what)) await measureGallery(Number(what))
else if (values.set && values.licence) await measureErrors(what, values.set, values.licence)
else throw new Error('error rates are told of a named set with its licence: --set NAME --licence LICENCE')
