import { type Commands, flag, needed, type OptionTypes, value } from './options.ts'

const dryRun = { 'dry-run': flag('only tells what it would do') } satisfies OptionTypes
const asOf = value('DAY', 'the day that the file is of; else that of manifest.json beside it, else today')
const unit = value('CODE', 'of this unit; else of the whole province')
const figure = {
  campaign: needed('NAME', 'which campaign; `campaign list` tells the names'),
  'as-of': value('DAY', 'the figures of this day; else of today'),
  unit: value('CODE', "of this unit; else of the campaign's"),
  metric: value('M', 'what is counted, such as account-activated; else all, or the first'),
} satisfies OptionTypes
const map = value('YEAR', "by the units of this map; else of the day's")
const which = value('done|new|lacking|members|stopped', 'which of its people; else done')

/**
 * Each command by what it is about. Its file is loaded when the command is run: help and wrong usage are answered at
 * once.
 */
export const groups: Readonly<Record<string, Commands>> = {
  'Running the installation': {
    start: {
      does: 'starts everything; fills an empty installation with a demonstration province',
      options: {
        port: value('N', 'where it listens; else 8080'),
        host: value('H', 'the address it listens on; 0.0.0.0 for all'),
        origin: value('URL', 'how browsers reach it'),
        tls: flag('https with a certificate of its own'),
        people: value('N', 'how many people the demonstration has, at most 20000'),
        'no-demo': flag('leaves an empty installation empty'),
      },
      example: '--port 8081 --data ./province --no-demo',
      alone: async given => (await import('./start.ts')).startHouse(given),
    },
    doctor: {
      does: 'looks over disk, jobs and the record of deeds',
      example: '--data ./province',
      run: async given => (await import('./doctor/doctor.ts')).doctor(given),
    },
    retention: {
      does: 'tells how long each kind of data is kept, by which act, and what is due',
      options: { remove: flag('removes what is due now, as the nightly job does') },
      example: '--json',
      run: async given => (await import('./data-protection/retention.ts')).showRetention(given),
    },
    'impact-assessment': {
      does: 'writes the impact assessment of personal data, from the database itself',
      options: {
        language: value('vi|en', 'in which language; else vi'),
        out: value('F', 'writes it to a file'),
      },
      example: '--language en --out assessment.md',
      run: async given => (await import('./data-protection/impact-assessment.ts')).writeImpactAssessment(given),
    },
    limits: {
      does: 'shows how much of whom is taken at which door, and what is answered beyond it',
      options: { markdown: flag('as the page docs/limits.md') },
      example: '--data ./province',
      alone: async given => (await import('./limits.ts')).showLimits(given),
    },
    law: {
      does: 'lists each rule with its days, article, source, and whether anybody compared it',
      options: {
        day: value('DAY', 'only what is in force on this day'),
        rule: value('ID', 'only this rule, or those of a context: cards'),
        missing: flag('only what lacks an article or a source'),
      },
      example: '--rule cards --day 2025-07-01',
      alone: async given => (await import('./law/law.ts')).showLaw(given),
    },
    'law import': {
      takes: 'FILE.csv',
      scans: true,
      does: 'takes in rules, days off or a reform of units; tells what changes for whom',
      options: dryRun,
      example: 'holidays-2027.csv --dry-run',
      run: async given => (await import('./law/import-law.ts')).importLaw(given),
    },
    backup: {
      takes: 'FILE',
      does: 'writes everything but the keys into one file, encrypted and signed',
      options: { recipient: value('AGE1[,AGE1]', 'who else may open it: recipients of age') },
      example: 'evening.backup',
      run: async given => (await import('./backup.ts')).backupTo(given),
    },
    restore: {
      takes: 'FILE',
      does: 'puts a backup into an empty installation of the same release',
      options: {
        identity: value('FILE', 'opens it by the paper of the safe; else by keys/backup.key'),
        'signed-by': value('FINGERPRINT', 'whose signature it must have; else our own'),
        journal: value('FILE', 'what was ended since: the copy of revocations.jsonl; else our own'),
        'no-journal': flag('where no journal is left: what was ended since is in use again'),
        'despite-findings': flag('restores it although its record of deeds does not verify'),
        'without-sealing-key': flag('where the sealing.key of its time is lost: what lies under it stays shut'),
      },
      example: 'evening.backup --data ./new --identity paper.txt',
      run: async given => (await import('./backup.ts')).restoreFrom(given),
    },
  },
  Officers: {
    'officer add': {
      takes: 'LOGIN',
      does: 'enters an officer, who has no post and no password yet',
      options: {
        name: needed('NAME', 'their name'),
        unit: needed('CODE', 'the unit that keeps their record'),
        phone: value('P', 'their own mobile phone, to which links go'),
        email: value('E', 'their own e-mail address, to which links go'),
      },
      example: 'hoa.nt --name "Nguyễn Thị Hoa" --unit 22 --phone "0912 345 678"',
      run: async given => (await import('./officer.ts')).addOfficer(given),
    },
    'officer appoint': {
      takes: 'LOGIN',
      does: 'gives one of the first two posts of an installation; proposes later ones',
      options: {
        role: needed('R', 'as what; the first two: administrator or provincial-commander'),
        unit: needed('CODE', 'where'),
        from: value('DAY', 'the first day; else since ever'),
        last: value('DAY', 'the last day; else open'),
        paper: value('F.pdf', 'of the first two: writes the paper with their link'),
        send: value('phone|email', 'of the first two: sends the link there'),
      },
      example: 'hoa.nt --role administrator --unit 22 --paper hoa.pdf',
      run: async given => (await import('./officer.ts')).appointOfficer(given),
    },
    'officer reset': {
      takes: 'LOGIN',
      does: 'proposes a new password of an officer',
      example: 'hoa.nt',
      run: async given => (await import('./officer.ts')).resetOfficer(given),
    },
    'officer factor-reset': {
      takes: 'LOGIN',
      does: 'proposes new second factors of an officer who lost theirs',
      example: 'hoa.nt',
      run: async given => (await import('./officer.ts')).resetFactorsOfOfficer(given),
    },
    'officer sign-out': {
      takes: '[LOGIN]',
      does: 'ends the sessions of an officer, or of all officers',
      example: 'hoa.nt',
      run: async given => (await import('./officer.ts')).signOutOfficers(given),
    },
    'officer contact': {
      takes: 'LOGIN',
      does: 'proposes another phone and e-mail address of an officer',
      options: {
        phone: value('P', 'the new mobile phone; else none'),
        email: value('E', 'the new e-mail address; else none'),
      },
      example: 'hoa.nt --phone "0912 345 678"',
      run: async given => (await import('./officer.ts')).contactOfficer(given),
    },
    'officer link': {
      takes: 'LOGIN',
      does: 'a new link for one of the first two who has no password yet',
      options: {
        paper: value('F.pdf', 'writes the paper with the link'),
        send: value('phone|email', 'sends the link there'),
      },
      example: 'hoa.nt --paper hoa.pdf',
      run: async given => (await import('./officer.ts')).linkOfficer(given),
    },
    'officer list': {
      does: 'tells who works here, as what',
      example: '--json',
      run: async given => (await import('./officer.ts')).listOfficers(given),
    },
  },
  Rehearsal: {
    'rehearsal set': {
      takes: 'DAY',
      does: 'makes an empty installation a rehearsal with this day',
      example: '2026-03-01 --data ./rehearsal',
      run: async given => (await import('./rehearsal.ts')).setRehearsal(given),
    },
  },
  'Register and rolls': {
    'unit import': {
      takes: 'FILE.csv',
      scans: true,
      does: 'takes in administrative units',
      options: { 'as-of': value('DAY', 'taken and without effect: each row has its own days'), ...dryRun },
      example: 'units.csv --dry-run',
      run: async given => (await import('./imports/imports.ts')).importUnits(given),
    },
    'school import': {
      takes: 'FILE.csv',
      scans: true,
      does: 'takes in schools',
      options: { 'as-of': asOf, ...dryRun },
      example: 'schools.csv --as-of 2023-04-20',
      run: async given => (await import('./imports/imports.ts')).importSchools(given),
    },
    'register import': {
      takes: 'FILE.csv',
      scans: true,
      does: 'takes in persons',
      options: { 'as-of': asOf, ...dryRun },
      example: 'persons.csv --as-of 2023-04-20',
      run: async given => (await import('./imports/imports.ts')).importRegister(given),
    },
    'roll check': {
      takes: 'FILE|DIR',
      scans: true,
      does: 'reads a roll, or a folder of them, and tells who needs what',
      options: {
        'school-year': needed('2022-2023', 'of which school year it is'),
        school: value('CODE', 'whose roll it is; needed for a single file'),
        kind: value('pupils|candidates', 'which kind of roll; else pupils'),
        'as-of': asOf,
        out: value('F.xlsx', 'writes the reviewed workbook'),
      },
      example: 'roll.xlsx --school 22A001 --school-year 2022-2023 --out review.xlsx',
      run: async given => (await import('./roll.ts')).rollCheck(given),
    },
    'roll model': {
      does: 'tells what was learnt of the errors in rolls',
      options: {
        save: value('M.json', 'writes the model in use'),
        use: value('M.json|HASH', 'uses that of a file, or one that was learnt before'),
      },
      example: '--save model.json',
      run: async given => (await import('./model.ts')).rollModel(given),
    },
    'follow-up list': {
      does: 'tells who has to act on what, until when, and what is stuck',
      example: '--json',
      run: async given => (await import('./follow-ups.ts')).listFollowUps(given),
    },
    'gap list': {
      does: 'tells what is stuck between two hands, and who must act',
      example: '--json',
      run: async given => (await import('./follow-ups.ts')).listGaps(given),
    },
    'out-of-school list': {
      does: "tells which children of school age are on nobody's roll",
      options: {
        'school-year': needed('2022-2023', 'of which school year'),
        unit,
        'as-of': value('DAY', 'who lives there on this day; else today'),
        home: value('any|permanent', 'by which residence; else any'),
        out: value('F.xlsx', 'writes the list'),
      },
      example: '--school-year 2022-2023 --unit 193 --out children.xlsx',
      run: async given => (await import('./out-of-school.ts')).listOutOfSchool(given),
    },
  },
  Cards: {
    'card import': {
      takes: 'FILE.csv',
      scans: true,
      does: 'takes in an extract of cards; an older one rolls nothing back',
      options: { 'as-of': asOf, ...dryRun },
      example: 'cards.csv --as-of 2023-04-20',
      run: async given => (await import('./imports/imports.ts')).importCards(given),
    },
    'card history': {
      takes: 'FILE.csv',
      scans: true,
      does: 'takes in what cards went through in another system',
      options: dryRun,
      example: 'card-moves.csv --dry-run',
      run: async given => (await import('./imports/imports.ts')).importCardHistory(given),
    },
    'card batch': {
      does: 'puts approved cards into a batch, the most urgent first',
      options: {
        maker: value('centre|house', 'who makes them; else centre'),
        unit,
        'due-before': value('DAY', 'only what is due before this day'),
        most: value('N', 'at most so many, up to 5000'),
      },
      example: '--maker centre --most 500',
      run: async given => (await import('./card.ts')).cardBatch(given),
    },
    'card orders': {
      does: 'writes the orders of a batch for an outside centre',
      options: { batch: needed('ID', 'the id that `card batch` told'), out: needed('F.zip', 'the file to write') },
      example: '--batch 0187a3f0-0000-7000-8000-000000000001 --out orders.zip',
      run: async given => (await import('./card.ts')).cardOrders(given),
    },
    'card returns': {
      takes: 'FILE.csv',
      scans: true,
      does: 'takes in what the centre made of its orders',
      options: dryRun,
      example: 'returns.csv',
      run: async given => (await import('./card.ts')).cardReturns(given),
    },
    'card print': {
      does: 'draws what is printed on a card, or on the made cards of a batch',
      options: {
        card: value('ID', 'one card; this or --batch'),
        batch: value('ID', 'the made cards of a batch'),
        out: needed('F.pdf|F.png', 'the file to write; PNG of one card alone'),
        sheets: value('card|a4', 'the size of the pages; else card'),
        dpi: value('300|600', 'of a PNG; else 300'),
        proof: flag('of a card that is not made yet, marked as a proof'),
      },
      example: '--card 0187a3f0-0000-7000-8000-000000000001 --out card.pdf --sheets a4',
      run: async given => (await import('./card.ts')).cardPrint(given),
    },
    'packet import': {
      takes: 'FILE',
      does: 'takes in what a station wrote to a USB stick',
      options: { out: value('ANSWER.json', 'writes the answer, which goes back to the station') },
      example: 'station.ddf --out answer.json',
      run: async given => (await import('./packets.ts')).importPackets(given),
    },
  },
  Accounts: {
    'account import': {
      takes: 'FILE.csv',
      scans: true,
      does: 'takes in an extract of accounts; an older one rolls nothing back',
      options: { 'as-of': asOf, ...dryRun },
      example: 'accounts.csv --as-of 2023-04-20',
      run: async given => (await import('./imports/imports.ts')).importAccounts(given),
    },
    'account history': {
      takes: 'FILE.csv',
      scans: true,
      does: 'takes in what accounts went through in another system',
      options: dryRun,
      example: 'account-moves.csv --dry-run',
      run: async given => (await import('./imports/imports.ts')).importAccountHistory(given),
    },
    'sandbox import': {
      takes: 'FILE.csv',
      scans: true,
      does: 'says who in the register is invented, for sandbox clients',
      options: dryRun,
      example: 'persons.csv',
      run: async given => (await import('./imports/imports.ts')).importSandboxPeople(given),
    },
  },
  'Campaign and figures': {
    'campaign create': {
      takes: 'FILE.json',
      scans: true,
      does: 'makes a campaign, and counts whom it means',
      example: 'docs/examples/tai-khoan-723000.json',
      run: async given => (await import('./campaign.ts')).campaignCreate(given),
    },
    'campaign list': {
      does: 'tells what campaigns there are',
      example: '--json',
      run: async given => (await import('./campaign.ts')).campaignList(given),
    },
    'campaign hand-down': {
      takes: 'NAME',
      does: 'hands the target of its unit down to districts and communes',
      options: {
        'issued-by': needed('TEXT', 'the commander who answers for it'),
        metric: value('M', 'which target; else the first'),
        batch: value('B', 'which batch of it; else the first'),
        by: value('population|cohort|need', 'in shares of what; else of the cohort'),
      },
      example: 'tai-khoan-2023 --issued-by "Giám đốc Công an tỉnh" --by need',
      run: async given => (await import('./campaign.ts')).campaignHandDown(given),
    },
    'travel import': {
      takes: 'FILE.csv',
      scans: true,
      does: 'takes in how long teams drive between units; the rest is estimated',
      options: dryRun,
      example: 'ways.csv --dry-run',
      run: async given => (await import('./imports/imports.ts')).importTravel(given),
    },
    'crossing import': {
      takes: 'FILE.csv',
      scans: true,
      does: 'takes in when boats go to islands',
      options: dryRun,
      example: 'boats.csv',
      run: async given => (await import('./imports/imports.ts')).importCrossings(given),
    },
    'stats quick': {
      does: 'the quick statistics of any day',
      options: { ...figure, map, out: value('F.xlsx|F.pdf|F.csv|F.txt', 'writes the sheet') },
      example: '--campaign tai-khoan-2023 --as-of 2023-04-20 --out thong-ke.pdf',
      run: async given => (await import('./stats.ts')).statsQuick(given),
    },
    'stats list': {
      does: 'the people behind a figure',
      options: {
        ...figure,
        map,
        which,
        from: value('DAY', 'with --which new: since this day'),
        out: value('F.csv', 'writes the list'),
      },
      example: '--campaign tai-khoan-2023 --which lacking --unit 193 --out lacking.csv',
      run: async given => (await import('./stats.ts')).statsList(given),
    },
    'stats why': {
      does: 'why a figure became another',
      options: { since: needed('EDITION', 'since the edition that a sheet tells'), ...figure, map, which },
      example: '--campaign tai-khoan-2023 --since 41',
      run: async given => (await import('./stats.ts')).statsWhy(given),
    },
    'stats publish': {
      does: 'signs the sheet of a day and keeps it',
      options: { ...figure, map },
      example: '--campaign tai-khoan-2023 --as-of 2023-04-20',
      run: async given => (await import('./stats.ts')).statsPublish(given),
    },
    'stats recount': {
      does: 'counts everyone anew from the facts and compares',
      example: '--json',
      run: async given => (await import('./stats.ts')).statsRecount(given),
    },
    'stats import': {
      takes: 'FILE.csv',
      scans: true,
      does: 'takes in figures that others report, beside ours',
      options: dryRun,
      example: 'from-above.csv',
      run: async given => (await import('./imports/imports.ts')).importFigures(given),
    },
    'stats opening': {
      takes: 'FILE.csv',
      scans: true,
      does: 'takes in what communes brought along from the system before, as counts',
      options: { campaign: figure.campaign, ...dryRun },
      example: 'opening.csv --campaign tai-khoan-2023',
      run: async given => (await import('./imports/imports.ts')).importOpeningBalance(given),
    },
  },
  'Trust and upkeep': {
    'audit verify': {
      does: 'checks deeds and readings from the first seal, and the kept heads',
      options: {
        heads: value('FILE', 'a copy of the heads that were kept; else data/heads.jsonl'),
        key: value('FINGERPRINT', 'the key that signs them, as it was noted elsewhere; else as house.json has it'),
        month: value('YYYY-MM', 'one month alone'),
      },
      example: '--heads heads.jsonl --month 2026-10',
      run: async given => (await import('./audit-verify.ts')).auditVerify(given),
    },
    'audit drop-readings': {
      does: 'removes readings of a month that the law keeps no longer',
      options: { month: needed('YYYY-MM', 'which month') },
      example: '--month 2020-10',
      run: async given => (await import('./audit-verify.ts')).dropMonth(given),
    },
    'audit verify-file': {
      takes: 'FILE.csv',
      does: 'checks that a file of a search is as an installation signed it',
      options: { key: needed('FINGERPRINT', 'the key that signs, as it was noted elsewhere; `audit verify` tells it') },
      example: 'viec-2026-10-01.csv --key 5b0c...',
      alone: async given => (await import('./audit-verify.ts')).verifyFile(given),
    },
    'key paper': {
      takes: 'FILE.txt',
      does: 'writes what opens the backups, to be printed for the safe',
      example: 'paper.txt --data ./province',
      run: async given => (await import('./backup.ts')).keyPaper(given),
    },
    'key reseal': {
      does: 'replaces the sealing key: seals all anew under another, and destroys it',
      example: '--data ./province',
      run: async given => (await import('./rotate-keys.ts')).reseal(given),
    },
    'key rotate': {
      does: 'replaces the keys that sign ID tokens at once: for keys that others may know',
      example: '--data ./province',
      run: async given => (await import('./rotate-keys.ts')).rotateKeys(given),
    },
  },
  'The national centre': {
    'exchange card': {
      does: 'writes our card, by which the national centre knows us',
      options: { out: value('CARD.json', 'the file to write; else it is printed') },
      example: '--out card.json --data ./province',
      run: async given => (await import('./exchange.ts')).exchangeCard(given),
    },
    'exchange join': {
      takes: 'CARD.json',
      does: 'joins the national centre: numbers and accounts are handed up',
      options: { fingerprint: needed('KEY', 'of the key in the card, as given on paper') },
      example: 'centre.json --fingerprint 3Yd... --data ./province',
      run: async given => (await import('./exchange.ts')).exchangeJoin(given),
    },
    'exchange leave': {
      does: 'ends that; what was handed up goes on waiting',
      example: '--data ./province',
      run: async given => (await import('./exchange.ts')).exchangeLeave(given),
    },
    'exchange now': {
      does: 'one turn with the centre at once, as the job does each minute',
      example: '--data ./province',
      run: async given => (await import('./exchange.ts')).exchangeNow(given),
    },
    'exchange rotate-key': {
      does: 'changes the key that signs what goes to the centre, which is told first',
      example: '--data ./province',
      run: async given => (await import('./exchange.ts')).exchangeRotateKey(given),
    },
    'exchange out': {
      takes: 'FILE',
      does: 'writes what the centre has not acknowledged into a file',
      example: 'out.bundle --data ./province',
      run: async given => (await import('./exchange.ts')).exchangeOut(given),
    },
    'exchange in': {
      takes: 'FILE',
      does: 'takes in a file of the centre',
      example: 'home.bundle --data ./province',
      run: async given => (await import('./exchange.ts')).exchangeIn(given),
    },
    'centre-reference': {
      does: 'plays the national centre for trials, in a process of its own',
      options: {
        port: value('N', 'where it listens; else 8095'),
        delay: value('TURNS', 'how long answers may wait; else 0'),
        err: value('NAME:P,...', 'what it does wrong, how likely: centre/README.md'),
        seed: value('S', 'another number, other errors; else 1'),
      },
      example: '--port 8095 --data ./centre-data --err return:0.2,lose:0.1',
      alone: async given => (await import('./exchange.ts')).startReferenceCentre(given),
    },
  },
  'Tools on files': {
    link: {
      takes: 'LEFT.csv [RIGHT.csv]',
      does: 'links the records of any two files, or finds those of one file that are the same',
      options: {
        settings: needed('S.json', 'which columns to compare, and by which to join'),
        out: needed('PAIRS.csv', 'the file to write'),
        model: value('M.json', 'uses what was learnt before'),
        'save-model': value('M.json', 'keeps what is learnt'),
      },
      example: 'left.csv right.csv --settings settings.json --out pairs.csv',
      alone: async given => (await import('./link/link.ts')).link(given),
    },
    'plan solve': {
      takes: 'INSTANCE.json',
      does: 'plans which team goes where on which day, beside a proved bound',
      options: {
        out: needed('PLAN.json', 'the file to write; Ctrl-C writes the best plan so far'),
        seconds: value('S', 'how long it may take; else 60'),
        work: value('N', 'how many steps instead: the same plan on every machine'),
        seed: value('S', 'another number, another search; else 1'),
      },
      example: 'instance.json --seconds 60 --out plan.json',
      alone: async given => (await import('./plan/plan-solve.ts')).planSolve(given),
    },
    'plan check': {
      takes: 'I.json P.json',
      does: 'checks a plan (P) against its instance (I), whoever made it',
      example: 'instance.json plan.json --json',
      alone: async given => (await import('./plan/plan-check.ts')).planCheck(given),
    },
    synth: {
      does: 'writes a synthetic province with its truth',
      options: {
        people: needed('N', 'how many people'),
        out: needed('DIR', 'the folder to write'),
        seed: value('S', 'another number, another province; else 1'),
        day: value('DAY', 'the day on which it is told; else 2023-04-20'),
        damage: value('F', 'a factor on every rate of damage in the rolls; else 1'),
        season: flag("also writes the season: applications, cards and accounts' way"),
        until: value('DAY', 'with --season: how far it is told'),
      },
      example: '--people 20000 --seed 7 --out ./synthetic',
      alone: async given => (await import('./synth.ts')).synth(given),
    },
  },
}

export const commands: Commands = Object.assign({}, ...Object.values(groups))
