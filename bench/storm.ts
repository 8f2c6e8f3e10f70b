// Everything that can go wrong between a station and a card, the minute before an exam closes, and what figures went
// through, one after the other: npm run storm. PACKETS, STATIONS, KILLS set the packets' storm; STUDENTS, SECONDS,
// EXAM_KILLS the closing minute's; DATA=FOLDER adds the figures' (see storm-figures.ts).
import { closingMinute } from './closing-minute.ts'
import { packetStorm } from './packet-storm.ts'

const number = (name: string, otherwise: number) => Number(process.env[name] ?? otherwise)

await packetStorm({
  packets: number('PACKETS', 10_000),
  stations: number('STATIONS', 50),
  kills: number('KILLS', 20),
  say: line => console.log(line),
})
await closingMinute({
  students: number('STUDENTS', 2_000),
  seconds: number('SECONDS', 60),
  kills: number('EXAM_KILLS', 2),
  say: line => console.log(line),
})
if (process.env['DATA']) await import('./statistics/storm-figures.ts')
