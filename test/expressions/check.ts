// The gate over every regular expression of the program: each takes linear time on every text (`npm run check`).
import { globSync, readFileSync } from 'node:fs'
import { allowedExpressions } from './allowed-expressions.ts'
import { findExpressions } from './find-expressions.ts'
import { faultsOf } from './judge-expressions.ts'

const isRun = (file: string) => !/\.(test|fixture)\.tsx?$|\.test-[a-z]+\.ts$|\.d\.ts$|^web\/dist\//.test(file)

const files = globSync(['{src,web,relying-parties,synth,db,bin}/**/*.{ts,tsx,js,mjs}', 'bin/{dinhdanh,script}'])
const found = findExpressions(files.filter(isRun).map(file => ({ file, text: readFileSync(file, 'utf8') })))
// A walk that finds little has missed something.
if (found.length < 700) throw new Error(`only ${found.length} expressions were found`)

const faults = await faultsOf(found, allowedExpressions, 'node_modules/.cache/dinhdanh/safe-expressions.json')
for (const fault of faults) console.error(fault)
process.exitCode = faults.length > 0 ? 1 : 0
