import { answer, exitCodeOf, tell, WrongUsage } from '../platform/terminal.ts'
import { help } from './help.ts'
import type { Invocation } from './invocation.ts'
import {
  attendanceOptions,
  batchOptions,
  type Command,
  dryOptions,
  handDownOptions,
  importOptions,
  linkOptions,
  listOptions,
  modelOptions,
  orderOptions,
  packetOptions,
  printOptions,
  readOptions,
  rollOptions,
  startOptions,
  statsOptions,
  synthOptions,
} from './options.ts'

/** Each command's file is loaded when the command is run: help and wrong usage are answered at once. */
const commands: Readonly<Record<string, Command>> = {
  start: {
    usage: 'start [--port N] [--host H] [--origin URL] [--tls] [--people N] [--no-demo]',
    does: 'starts everything',
    options: startOptions,
    alone: async given => (await import('./start.ts')).startHouse(given),
  },
  synth: {
    usage: 'synth --people N --seed S --out DIR [--damage 1.5] [--season [--until DAY]]',
    does: 'writes a synthetic province with its truth',
    options: synthOptions,
    alone: async given => (await import('./synth.ts')).synth(given),
  },
  'units import': {
    usage: 'units import FILE.csv [--dry-run]',
    does: 'takes in administrative units',
    options: importOptions,
    run: async given => (await import('./import.ts')).importUnits(given),
  },
  'schools import': {
    usage: 'schools import FILE.csv [--as-of DAY]',
    does: 'takes in schools',
    options: importOptions,
    run: async given => (await import('./import.ts')).importSchools(given),
  },
  'register import': {
    usage: 'register import FILE.csv [--as-of DAY] [--dry-run]',
    does: 'takes in persons',
    options: importOptions,
    run: async given => (await import('./import.ts')).importRegister(given),
  },
  'cards import': {
    usage: 'cards import FILE.csv [--as-of DAY] [--dry-run]',
    does: 'takes in an extract of cards',
    options: importOptions,
    run: async given => (await import('./import.ts')).importCards(given),
  },
  'accounts import': {
    usage: 'accounts import FILE.csv [--as-of DAY] [--dry-run]',
    does: 'takes in an extract of accounts',
    options: importOptions,
    run: async given => (await import('./import.ts')).importAccounts(given),
  },
  'cards history': {
    usage: 'cards history FILE.csv [--dry-run]',
    does: 'takes in what cards went through, move by move',
    options: dryOptions,
    run: async given => (await import('./import.ts')).importCardHistory(given),
  },
  'accounts history': {
    usage: 'accounts history FILE.csv [--dry-run]',
    does: 'takes in what accounts went through, move by move',
    options: dryOptions,
    run: async given => (await import('./import.ts')).importAccountHistory(given),
  },
  'card batch': {
    usage: 'card batch [--maker centre|house] [--unit CODE] [--due-before DAY] [--most N]',
    does: 'puts approved cards into a batch, the most urgent first',
    options: batchOptions,
    run: async given => (await import('./card.ts')).cardBatch(given),
  },
  'card orders': {
    usage: 'card orders --batch ID --out F.zip',
    does: 'writes the orders of a batch for an outside centre',
    options: orderOptions,
    run: async given => (await import('./card.ts')).cardOrders(given),
  },
  'card print': {
    usage: 'card print --card ID|--batch ID --out F.pdf|F.png [--sheets card|a4] [--dpi 300|600] [--proof]',
    does: 'draws what is printed on a card, or on the made cards of a batch',
    options: printOptions,
    run: async given => (await import('./card.ts')).cardPrint(given),
  },
  'card returns': {
    usage: 'card returns FILE.csv [--dry-run]',
    does: 'takes in what the centre answers',
    options: dryOptions,
    run: async given => (await import('./card.ts')).cardReturns(given),
  },
  'roll check': {
    usage: 'roll check FILE|DIR --school CODE --school-year 2022-2023 [--as-of DAY] [--out F.xlsx]',
    does: 'reads a roll and tells who needs what',
    options: rollOptions,
    run: async given => (await import('./roll.ts')).rollCheck(given),
  },
  'roll model': {
    usage: 'roll model [--save M.json] [--use M.json|HASH]',
    does: 'tells what was learnt of the errors in rolls',
    options: modelOptions,
    run: async given => (await import('./model.ts')).rollModel(given),
  },
  link: {
    usage: 'link LEFT.csv RIGHT.csv --settings S.json --out PAIRS.csv [--model M.json] [--save-model M.json]',
    does: 'links the records of any two files',
    options: linkOptions,
    alone: async given => (await import('./link.ts')).link(given),
  },
  attendance: {
    usage: 'attendance --school-year 2022-2023 [--unit CODE] [--as-of DAY] [--home any|permanent] [--out F.xlsx]',
    does: "tells which children of school age are on nobody's roll",
    options: attendanceOptions,
    run: async given => (await import('./attendance.ts')).attendance(given),
  },
  'campaign create': {
    usage: 'campaign create FILE.json',
    does: 'makes a campaign, and counts whom it means',
    run: async given => (await import('./campaign.ts')).campaignCreate(given),
  },
  'campaign list': {
    usage: 'campaign list',
    does: 'tells what campaigns there are',
    run: async given => (await import('./campaign.ts')).campaignList(given),
  },
  'campaign hand-down': {
    usage: 'campaign hand-down NAME --issued-by TEXT [--metric M] [--batch B] [--by population|cohort|need]',
    does: 'hands the batch of its unit down to districts and communes',
    options: handDownOptions,
    run: async given => (await import('./campaign.ts')).campaignHandDown(given),
  },
  'stats quick': {
    usage:
      'stats quick --campaign NAME [--as-of DAY] [--unit CODE] [--metric M] [--map 2023|2024|2025] [--out F.xlsx|F.pdf|F.csv|F.txt]',
    does: 'the quick statistics of any day',
    options: statsOptions,
    run: async given => (await import('./stats.ts')).statsQuick(given),
  },
  'stats list': {
    usage:
      'stats list --campaign NAME [--which done|new|lacking|members|stopped] [--from DAY] [--as-of DAY] [--unit CODE] [--metric M] [--out F.csv]',
    does: 'the people behind a figure',
    options: listOptions,
    run: async given => (await import('./stats.ts')).statsList(given),
  },
  'stats why': {
    usage: 'stats why --campaign NAME --since EDITION [--which …] [--as-of DAY] [--unit CODE] [--metric M]',
    does: 'why a figure became another',
    options: listOptions,
    run: async given => (await import('./stats.ts')).statsWhy(given),
  },
  'stats publish': {
    usage: 'stats publish --campaign NAME [--as-of DAY] [--unit CODE] [--metric M]',
    does: 'signs the sheet of a day and keeps it',
    options: statsOptions,
    run: async given => (await import('./stats.ts')).statsPublish(given),
  },
  'stats recount': {
    usage: 'stats recount',
    does: 'counts everyone anew from the facts and compares',
    run: async given => (await import('./stats.ts')).statsRecount(given),
  },
  'figures import': {
    usage: 'figures import FILE.csv [--dry-run]',
    does: 'takes in figures that others report, beside ours',
    options: dryOptions,
    run: async given => (await import('./import.ts')).importFigures(given),
  },
  'packets import': {
    usage: 'packets import FILE [--out ANSWER.json]',
    does: 'takes in what a station wrote to a USB stick',
    options: packetOptions,
    run: async given => (await import('./packets.ts')).importPackets(given),
  },
  gaps: {
    usage: 'gaps',
    does: 'tells what is stuck between two hands',
    run: async given => (await import('./packets.ts')).showGaps(given),
  },
  'sandbox import': {
    usage: 'sandbox import FILE.csv [--dry-run]',
    does: 'says who in the register is invented, for sandbox clients',
    options: dryOptions,
    run: async given => (await import('./import.ts')).importSandboxPeople(given),
  },
  'keys rotate': {
    usage: 'keys rotate',
    does: 'replaces the keys that sign ID tokens at once: for keys that others may know',
    run: async given => (await import('./upkeep.ts')).rotateKeys(given),
  },
  'audit verify': {
    usage: 'audit verify [--heads FILE]',
    does: 'checks the record of deeds',
    options: { heads: 'string' },
    run: async given => (await import('./upkeep.ts')).auditVerify(given),
  },
  backup: {
    usage: 'backup FILE',
    does: 'writes everything into one file',
    run: async given => (await import('./upkeep.ts')).backupTo(given),
  },
  restore: {
    usage: 'restore FILE',
    does: 'puts a backup into an empty house',
    run: async given => (await import('./upkeep.ts')).restoreFrom(given),
  },
  doctor: {
    usage: 'doctor',
    does: 'looks the house over',
    run: async given => (await import('./upkeep.ts')).doctor(given),
  },
}

/** Finds the command by its first two words, or its first. */
function commandOf(words: readonly string[]): { command: Command; rest: string[] } {
  for (const length of [2, 1]) {
    const command = commands[words.slice(0, length).join(' ')]
    if (command) return { command, rest: words.slice(length) }
  }
  throw new WrongUsage(`there is no command "${words.slice(0, 2).join(' ')}"\n\n${help(commands)}`)
}

async function run(words: readonly string[]): Promise<void> {
  if (words.length === 0 || words[0] === 'help' || words[0] === '--help')
    return answer(false, undefined, help(commands))
  const { command, rest } = commandOf(words)
  const { values, positionals } = readOptions(command, rest)
  const folder = typeof values['data'] === 'string' ? values['data'] : 'data'
  const given = { positionals, values: values as Invocation['values'], json: values['json'] === true }
  if ('alone' in command) return command.alone({ ...given, folder })
  const { openHouse } = await import('../open-house.ts')
  const house = await openHouse({ folder, purpose: 'command', said: { logLevel: 'warn' } })
  try {
    await command.run({ ...given, house })
  } finally {
    await house.close()
  }
}

try {
  await run(process.argv.slice(2))
} catch (error) {
  tell(error)
  process.exitCode = exitCodeOf(error)
}
