// The floors of docs/house.md section 3. A context imports only front doors and contracts on strictly lower floors.
const floors = [
  ['platform'],
  ['audit', 'names', 'chip', 'biometrics'],
  ['units', 'linkage'],
  ['staff', 'outreach'],
  ['register'],
  ['cards', 'rolls'],
  ['accounts', 'parties'],
  ['enrolment', 'signin'],
  ['campaign', 'verification'],
  ['planning'],
  ['statistics', 'classes', 'citizens'],
]

/** Contexts without a database: each of their files may be read from above. */
const open = 'platform|names|linkage|chip'
const all = floors.flat().join('|')
const contexts = floors
  .flat()
  .filter(context => context !== 'platform')
  .join('|')

/** What other contexts may import of one: its front door and its contract. */
const frontDoors = floors.flat().map(context => `^src/${context}/(${context}|contract[a-z-]*)\\.ts$`)

const upward = floors.flatMap((floor, level) =>
  floor.map(context => ({
    name: `floor-${level}-${context}`,
    comment: `${context} stands on floor ${level}: it may stand only on what is below`,
    severity: 'error',
    from: { path: `^src/${context}/`, pathNot: '\\.test\\.ts$' },
    to: {
      path: `^src/(${
        floors
          .slice(level)
          .flat()
          .filter(other => other !== context)
          .join('|') || 'nothing'
      })/`,
    },
  })),
)

export default {
  forbidden: [
    ...upward,
    {
      name: 'every-context-has-a-floor',
      severity: 'error',
      from: { path: '^src/[^/]+/', pathNot: `^src/(${all})/` },
      to: {},
    },
    {
      name: 'no-import-of-a-floorless-context',
      severity: 'error',
      from: {},
      to: { path: '^src/[^/]+/', pathNot: `^src/(${all})/` },
    },
    {
      name: 'front-doors-and-contracts-only',
      comment: 'across contexts, only <context>/<context>.ts and <context>/contract.ts; pure contexts are open',
      severity: 'error',
      from: { path: `^src/(${contexts})/`, pathNot: '\\.test\\.ts$' },
      to: { path: `^src/(${contexts})/`, pathNot: [`^src/$1/`, `^src/(${open})/`, ...frontDoors] },
    },
    {
      name: 'pure-contracts',
      comment: 'what goes over the wire knows no database, no server and no file',
      severity: 'error',
      from: { path: '^src/([^/]+)/contract[a-z-]*\\.ts$' },
      to: {
        pathNot: [
          '^src/[^/]+/contract[a-z-]*\\.ts$',
          '^src/$1/(?!store|routes|jobs|$1\\.ts)',
          '^src/platform/(endpoint|problem|day|ids|clock)\\.ts$',
          `^src/(names|linkage)/`,
          'typebox',
        ],
      },
    },
    {
      name: 'contracts-reach-no-io',
      comment: 'nor does anything that they stand on',
      severity: 'error',
      from: { path: '^src/[^/]+/contract[a-z-]*\\.ts$' },
      to: { path: 'node_modules/(pg|kysely|fastify|@fastify|graphile-worker)/|^(node:)?(fs|net|http|child_process)', reachable: true },
    },
    {
      name: 'platform-knows-no-domain',
      severity: 'error',
      from: { path: '^src/platform/', pathNot: '\\.test\\.ts$' },
      to: { path: ['^src/(?!platform/)', '^(web|synth|test|e2e|bench|relying-parties)/'] },
    },
    {
      name: 'web-sees-contracts',
      comment: 'a browser sees contracts and pure files only',
      severity: 'error',
      from: { path: '^web/' },
      to: {
        path: '^src/',
        pathNot: [
          '^src/[^/]+/contract[a-z-]*\\.ts$',
          '^src/platform/(endpoint|problem|day|ids|clock|pages)\\.ts$',
          '^src/names/',
          '^src/(staff/role|campaign/need|register/corrected|rolls/roll|rolls/field|rolls/errand-word)\\.ts$',
          '^src/(cards/(card|law|stage|row-reason)|accounts/account|enrolment/(packet|capture|application|law|receipt|gap|problems))\\.ts$',
          '^src/[^/]+/words\\.ts$',
        ],
      },
    },
    {
      name: 'relying-parties-see-nothing',
      severity: 'error',
      from: { path: '^relying-parties/' },
      to: { path: '^(src|web|synth|db|test)/' },
    },
    {
      name: 'synth-shares-no-code',
      comment: 'a generator never shares code with what reads its output',
      severity: 'error',
      from: { path: '^synth/', pathNot: '\\.test\\.ts$' },
      to: { path: '^src/', pathNot: '^src/platform/day\\.ts$' },
    },
    {
      name: 'the-house-knows-no-tests',
      severity: 'error',
      from: { path: '^(src|web|synth)/', pathNot: '\\.(test|fixture)\\.ts$' },
      to: { path: '^(test|e2e|bench)/' },
    },
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'nothing-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '^(bun|cloudflare):' } },
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    // What was built is no source.
    exclude: { path: '^web/dist/' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
}
