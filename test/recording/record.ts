// Records from the outside everything that a user or another system sees, as texts that can be compared:
//
//   node bin/script test/recording/record.ts OUT_DIR
//   node bin/script test/recording/compare.ts BEFORE AFTER [--renames table.tsv]
//
// It is for changes in which behaviour must stay: record before, record after, compare. Two houses are used: an empty
// one, filled through the command line from a synthetic province, and the demonstration, which serves. What differs
// from run to run by itself (ids, moments, ports, passwords) is written as what it is. Lists are sorted, so that
// renaming things shows as that and no more. The house is known here by its command line and its addresses; of its
// files only the readers that a recording needs are imported.
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { crontab } from '../../src/jobs.ts'
import { openPostgres } from '../../src/platform/postgres/postgres.ts'
import { commandsIn, type Recorder, recorderInto, run, withoutProgress } from './commands.ts'
import { Doings } from './doings.ts'
import { hide, jsonText, sorted, steady, told } from './normal.ts'
import { jobsWaiting, makeDatabase, readDeeds, readJobs, readMessages, readSchema } from './schema.ts'
import * as server from './server.ts'
import { readSources, readTests } from './sources.ts'

const [given] = process.argv.slice(2)
if (!given) throw new Error('say where to: node bin/script test/recording/record.ts OUT_DIR')
const out = resolve(given)
const work = await mkdtemp(join(tmpdir(), 'dinhdanh-recording-'))
const place = (...names: string[]) => join(work, ...names)

const day = '2023-04-20'
const schoolYear = '2022-2023'
/** Who the operator is stands in what is written. */
process.env['USER'] = 'recorder'
delete process.env['SUDO_USER']
process.env['DINHDANH_LOG_LEVEL'] = 'error'

hide(work, '<work>')
hide(out, '<out>')
hide(server.root, '<root>')

const begun = performance.now()
const progress = (what: string) =>
  console.log(`${((performance.now() - begun) / 1000).toFixed(0).padStart(4)} s  ${what}`)

const write = (name: string, text: string) => writeFile(join(out, name), text)
const writeJson = (name: string, value: unknown) => write(name, jsonText(value))
const writeList = (name: string, lines: readonly string[]) => write(name, `${[...lines].sort().join('\n')}\n`)
const asLine = (fields: readonly (string | number)[]) =>
  fields.map(field => String(field).replace(/\s+/g, ' ')).join('\t')

async function recordSources() {
  const { texts, problems, sentences, deeds, followings } = readSources()
  await writeList('texts.tsv', texts.map(asLine))
  await writeList('sentences.tsv', sentences)
  await writeList(
    'problems.tsv',
    problems.map(({ code, said }) => `${code}\t${JSON.stringify(sorted(said))}`),
  )
  await writeList('deeds.tsv', deeds)
  await writeList('consequences.tsv', followings)
  await writeList('tests.tsv', readTests().map(asLine))
  await writeJson('crontab.json', crontab)
  await write('schema.txt', await readFile(join(server.root, 'db/schema.sql'), 'utf8'))
}

async function recordUsage(recorder: Recorder) {
  const { stdout } = await recorder.record('help', ['help'])
  await recorder.record('no such command', ['fly'])
  for (const command of commandsIn(stdout)) {
    const name = command.join(' ')
    await recorder.record(`usage ${name}`, [...command, '--no-such-option'])
  }
}

/** A second file of the same people, as another office would write it: other columns, fewer rows, slips. */
async function writeOtherFile(persons: string, to: string) {
  const [header = '', ...rows] = (await readFile(persons, 'utf8')).trim().split('\n')
  const columns = header.trim().split(',')
  const field = (row: string, name: string) => row.split(',')[columns.indexOf(name)] ?? ''
  const lines = rows.flatMap((row, i) => {
    const [name, born] = [field(row, 'full_name'), field(row, 'birth_date')]
    if (i % 3 === 0 || row.includes('"')) return []
    const slipped = i % 7 === 0 ? name.slice(0, -1) : i % 11 === 0 ? name.toUpperCase() : name
    return [`r${i};${slipped};${born.split('-').reverse().join('/')};${i % 5 ? field(row, 'sex') : ''}`]
  })
  await writeFile(to, `ref;ten;sinh;gioi\n${lines.reverse().join('\n')}\n`)
}

const linkSettings = {
  leftId: 'person_number',
  rightId: 'ref',
  fields: [
    { left: 'full_name', right: 'ten', kind: 'name' },
    { left: 'birth_date', right: 'sinh', kind: 'date' },
    { left: 'sex', right: 'gioi', kind: 'exact' },
  ],
  blocking: [['birth_date'], ['full_name']],
  threshold: 0.9,
}

const pupilsCampaign = {
  name: 'ghi-lai',
  title: 'Người từ 14 tuổi có tài khoản',
  purpose: 'Để so sánh trước và sau.',
  cohort: { basis: 'permanent', ageFrom: 14 },
  metrics: ['account-activated', 'card-handed-over'],
  startsOn: '2023-03-01',
  deadlines: [{ name: 'Kích hoạt', on: '2023-06-30', proof: 'account-activated' }],
  issuedBy: 'Giám đốc Công an tỉnh',
  targets: [
    { unit: '22', metric: 'account-activated', value: 900, batch: '1', assignedOn: '2023-03-01', dueOn: '2023-06-30' },
  ],
}

const province = () => place('province')

async function recordSynth(recorder: Recorder) {
  const asked = ['--people', '1500', '--seed', '7', '--out', province(), '--season', '--json']
  const { stdout } = await recorder.record('synth', ['synth', ...asked])
  const { files } = JSON.parse(stdout) as { files: Record<string, unknown> }
  for (const name of Object.keys(files).filter(one => one.endsWith('.csv')))
    await write(join('synth', name.replaceAll('/', ' ')), await readFile(join(province(), name), 'utf8'))
}

async function writeInputs() {
  await writeOtherFile(join(province(), 'persons.csv'), place('other.csv'))
  await writeFile(place('settings.json'), JSON.stringify(linkSettings))
  await writeFile(place('campaign.json'), JSON.stringify(pupilsCampaign))
  await writeFile(
    place('wrong-campaign.json'),
    JSON.stringify({ ...pupilsCampaign, cohort: { basis: 'moon' }, metrics: ['nothing'] }),
  )
  const figures = [
    '22,2023-04-18,account-activated,77,Bộ',
    '22,never,account-activated,1,Bộ',
    '9999,2023-04-18,nothing,1,Bộ',
  ]
  await writeFile(place('figures.csv'), `unit,day,metric,value,source\n${figures.join('\n')}\n`)
  const [header = '', one = '', two = ''] = (await readFile(join(province(), 'persons.csv'), 'utf8')).split('\n')
  await writeFile(place('sandbox.csv'), `person_number\n${one.split(',')[0]}\n${two.split(',')[0]}\n000000000000\n`)
  const broken = [one.replace(/^\d+/, '123'), two.replace(/\d{4}-\d\d-\d\d/, '31/02/1990'), `${two},more`, 'only']
  await writeFile(place('broken.csv'), `${[header, ...broken].join('\n')}\n`)
}

/**
 * A house filled through the command line. Everything that it is told has its day; the house itself stands on the
 * same one.
 */
async function recordEmptyHouse(recorder: Recorder, url: string) {
  const data = place('house')
  process.env['DATABASE_URL'] = url
  const record = (name: string, words: readonly string[], more: readonly string[] = []) =>
    recorder.record(name, [...words, '--data', data], more)
  await run(['doctor', '--data', data])
  const house = join(data, 'house.json')
  await writeFile(house, JSON.stringify({ ...JSON.parse(await readFile(house, 'utf8')), businessDay: day }))

  const file = (name: string) => join(province(), name)
  await record('units import', ['units', 'import', file('units.csv'), '--json'])
  await record('schools import', ['schools', 'import', file('schools.csv')])
  await record('register import dry', ['register', 'import', file('persons.csv'), '--dry-run', '--json'])
  await record('register import', ['register', 'import', file('persons.csv'), '--json'])
  await record('register import again', ['register', 'import', file('persons.csv')])
  await record(
    'register import broken',
    ['register', 'import', place('broken.csv'), '--json'],
    [place('broken.rejected.csv')],
  )
  await record('cards history', ['cards', 'history', file('season/card-moves.csv'), '--json'])
  await record('accounts history', ['accounts', 'history', file('season/account-moves.csv'), '--json'])
  await record('cards import', ['cards', 'import', file('cards.csv'), '--json'])
  await record('accounts import', ['accounts', 'import', file('accounts.csv'), '--json'])
  await record('accounts import wrong file', ['accounts', 'import', file('cards.csv')])
  await record('no file', ['register', 'import', place('nothing.csv')])

  await recordRolls(record, file('rolls'))
  await record('card batch', ['card', 'batch', '--maker', 'centre'])
  await recordCampaign(record)
  await record('attendance', ['attendance', '--school-year', schoolYear, '--out', place('attendance.xlsx')])
  await record('attendance of a district', [
    'attendance',
    '--school-year',
    schoolYear,
    '--unit',
    '193',
    '--home',
    'permanent',
    '--json',
  ])
  await record('sandbox import', ['sandbox', 'import', place('sandbox.csv'), '--json'], [place('sandbox.rejected.csv')])
  await record('gaps', ['gaps'])
  await record('gaps json', ['gaps', '--json'])
  await record('packets import', ['packets', 'import', place('campaign.json'), '--out', place('answer.json')])
  await record('keys rotate', ['keys', 'rotate'])
  await record('doctor', ['doctor'])
  await record('backup', ['backup', place('backup.bin')])
  await record('restore', ['restore', place('backup.bin')])
  await record('audit verify json', ['audit', 'verify', '--json'])
  await record('audit verify', ['audit', 'verify', '--heads', join(data, 'heads.jsonl')])
  await writeJson('deeds of the commands.json', await readDeeds(url))
}

type Keep = (name: string, words: readonly string[], more?: readonly string[]) => Promise<unknown>

async function recordRolls(record: Keep, rolls: string) {
  const { files } = JSON.parse(await readFile(join(province(), 'manifest.json'), 'utf8')) as {
    files: Record<string, { rows: number }>
  }
  const schools = Object.entries(files)
    .filter(([name]) => name.startsWith('rolls/'))
    .sort(([, a], [, b]) => b.rows - a.rows)
    .map(([name]) => /(\w+)\.xlsx/.exec(name)?.[1] ?? '')
  for (const [i, school] of schools.slice(0, 3).entries()) {
    const asked = ['roll', 'check', join(rolls, `${school}.xlsx`), '--school', school, '--school-year', schoolYear]
    await record(`roll check ${i}`, [...asked, '--out', place('review.xlsx'), ...(i === 1 ? [] : ['--json'])])
  }
  await record('roll check of no school', [
    'roll',
    'check',
    join(rolls, `${schools[0]}.xlsx`),
    '--school',
    'NONE',
    '--school-year',
    schoolYear,
  ])
  await record('roll check of all', ['roll', 'check', rolls, '--school-year', schoolYear, '--json'])
  await record('roll model', ['roll', 'model'])
  await record('roll model json', ['roll', 'model', '--json', '--save', place('model.json')])
  const link = ['link', join(province(), 'persons.csv'), place('other.csv'), '--settings', place('settings.json')]
  await record('link', [...link, '--out', place('pairs.csv'), '--save-model', place('weights.json'), '--json'])
  await record('link in words', [...link, '--out', place('pairs.csv')])
}

async function recordCampaign(record: Keep) {
  const named = ['--campaign', pupilsCampaign.name, '--as-of', day]
  await record('campaign create', ['campaign', 'create', place('campaign.json'), '--json'])
  await record('campaign create again', ['campaign', 'create', place('campaign.json')])
  await record('campaign create wrong', ['campaign', 'create', place('wrong-campaign.json')])
  await record('campaign list', ['campaign', 'list'])
  await record('campaign hand-down', [
    'campaign',
    'hand-down',
    pupilsCampaign.name,
    '--issued-by',
    'Giám đốc',
    '--by',
    'need',
  ])
  await record('stats quick', ['stats', 'quick', ...named])
  await record('stats quick json', ['stats', 'quick', ...named, '--json'])
  for (const ending of ['csv', 'xlsx', 'pdf', 'txt'])
    await record(`stats quick ${ending}`, ['stats', 'quick', ...named, '--out', place(`sheet.${ending}`)])
  await record('stats quick 2025', [
    'stats',
    'quick',
    ...named,
    '--map',
    '2025',
    '--metric',
    'card-handed-over',
    '--json',
  ])
  await record('stats quick district', ['stats', 'quick', ...named, '--unit', '193', '--out', place('district.pdf')])
  for (const which of ['done', 'new', 'lacking', 'members', 'stopped'])
    await record(`stats list ${which}`, ['stats', 'list', ...named, '--which', which, '--out', place(`${which}.csv`)])
  await record('stats list json', ['stats', 'list', ...named, '--unit', '193', '--json'])
  await record('stats publish', ['stats', 'publish', ...named])
  await record('stats why', ['stats', 'why', ...named, '--since', '0', '--json'])
  await record('stats recount', ['stats', 'recount', '--json'])
  await record('figures import', ['figures', 'import', place('figures.csv'), '--json'], [place('figures.rejected.csv')])
}

/** The demonstration, which serves: its addresses, its pages, and what its officers read. */
async function recordServer(serving: Promise<server.Served>, url: string) {
  const house = await serving
  const { origin } = house
  for (const [, login = '', password = ''] of house
    .said()
    .matchAll(/^ +([a-z0-9]+) +([a-z0-9]{4}(?:-[a-z0-9]{4}){2}) /gm)) {
    hide(password, '<password>')
    officers.set(login, password)
  }
  await server.quiet(() => jobsWaiting(url))
  await write('start.txt', steady(withoutProgress(house.said())))
  const routes = await server.routesIn(place('routes.json'))
  const listed = routes.filter(({ method }) => method !== 'HEAD')
  await writeJson('routes.json', Object.fromEntries(listed.map(one => [`${one.method} ${one.url}`, one])))
  const anyone = new server.Visitor(origin)
  await writeJson('openapi.json', told(await (await anyone.ask('/api/openapi.json')).text()))
  await writeJson('schema.json', await readSchema(url))
  await writeJson('jobs.json', await readJobs(url))
  await writeJson('pages.json', await server.openPages(origin, routes))
  await writeJson('problem-pages.json', await server.problemPages(origin, formerCodes))
  await writeJson('refusals.json', await server.refusals(origin, routes))
  progress('pages and refusals')
  const query = { schoolYear, day, asOf: day, year: '2023', month: '2023-04', from: '2023-04-01', to: '2023-04-30' }
  const visitors = new Map<string, server.Visitor>()
  for (const [login, password] of officers) {
    const visitor = new server.Visitor(origin)
    if (!(await visitor.signIn(login, password))) throw new Error(`${login} could not sign in`)
    visitors.set(login, visitor)
    await writeJson(join('officers', `${login}.json`), await server.readings(visitor, routes, query))
  }
  await writeJson('deeds of the demonstration.json', await readDeeds(url))
  progress('officers')
  await recordDoings(visitors, url)
}

/** What officers do, and what stands in the house after it. */
async function recordDoings(visitors: ReadonlyMap<string, server.Visitor>, url: string) {
  const doings = new Doings(visitors, url, () => server.quiet(() => jobsWaiting(url)))
  await doings.report()
  await doings.details()
  await doings.followUps()
  await doings.accounts()
  await doings.cards()
  await doings.others()
  await server.quiet(() => jobsWaiting(url))
  await writeJson('doings.json', doings.answers)
  await writeJson('messages.json', await readMessages(url))
  await writeJson('deeds of the doings.json', await readDeeds(url))
  progress('doings')
}

const officers = new Map<string, string>()

/** Codes of the release before: their pages keep answering. */
const formerCodes = (await readFile(join(import.meta.dirname, 'renames/outside.tsv'), 'utf8'))
  .split('\n')
  .flatMap(line => (line.startsWith('problem\t') ? [line.split('\t')[1] ?? ''] : []))

await rm(out, { recursive: true, force: true })
for (const folder of ['commands', 'synth', 'officers']) await mkdir(join(out, folder), { recursive: true })
const postgres = await openPostgres({ dataDir: place('postgres'), purpose: 'recording', durable: false })
let serving: Promise<server.Served> | undefined
try {
  const [emptyUrl, shownUrl] = [
    await makeDatabase(postgres.administratorUrl, 'recorded_empty'),
    await makeDatabase(postgres.administratorUrl, 'recorded_shown'),
  ]
  progress('starting the demonstration')
  // Settings of whoever runs this would show in what is recorded; only what programs need to run is handed on.
  const { PATH, HOME, USER, DINHDANH_LOG_LEVEL } = process.env
  const environment = {
    PATH,
    HOME,
    USER,
    DINHDANH_LOG_LEVEL,
    DATABASE_URL: shownUrl,
    DINHDANH_TRUST_PROXY: '127.0.0.1',
  }
  serving = server.startServer(['--people', '600', '--data', place('shown')], environment, place('routes.json'))
  serving.catch(() => undefined)
  const recorder = recorderInto(join(out, 'commands'))
  await recordUsage(recorder)
  progress('usage')
  await recordSynth(recorder)
  await writeInputs()
  progress('synthetic province')
  await recordEmptyHouse(recorder, emptyUrl)
  progress('commands')
  await recordSources()
  progress('sources')
  await recordServer(serving, shownUrl)
} finally {
  await serving?.then(house => house.stop()).catch(() => undefined)
  await postgres.release()
  await rm(work, { recursive: true, force: true })
}
progress(`recorded in ${out}`)
