// Who may import whom (docs/house.md section 4). The floors and rooms themselves stand in floors.mjs.
import { floors, joining, openContexts, readInBrowsers, rooms, tops } from './floors.mjs'

const all = floors.flat().join('|')
const open = openContexts.join('|')
const contexts = floors
  .flat()
  .filter(context => context !== 'platform')
  .join('|')
const notTests = '\\.(test|fixture)\\.ts$|\\.test-[a-z]+\\.ts$'

/** What other contexts may import of one: its front door, and contracts, its own and its rooms'. */
const frontDoors = floors
  .flat()
  .flatMap(context => [
    `^src/${context}/(${context}|contract[a-z-]*)\\.ts$`,
    `^src/${context}/[a-z-]+/contract[a-z-]*\\.ts$`,
  ])

const contracts = ['^src/[^/]+/contract[a-z-]*\\.ts$', '^src/[^/]+/[a-z-]+/contract[a-z-]*\\.ts$']

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

/**
 * Of each context with rooms: the base below the rooms, the rooms in their order, and the files that join them on top.
 */
const roomRules = Object.entries(rooms).flatMap(([context, inOrder]) => {
  const top = tops[context].map(file => file.replaceAll('.', '\\.')).join('|') || 'nothing'
  const isTop = `^src/${context}/(${top})$`
  return [
    {
      name: `base-of-${context}`,
      comment: `root files of ${context} lie below its rooms; only ${tops[context].join(', ') || 'none'} may join them`,
      severity: 'error',
      from: { path: `^src/${context}/[^/]+$`, pathNot: [isTop, notTests] },
      to: { path: `^src/${context}/[^/]+/` },
    },
    {
      name: `top-of-${context}`,
      comment: `what joins the rooms of ${context} lies above them and above its base`,
      severity: 'error',
      from: { path: `^src/${context}/`, pathNot: [isTop, notTests] },
      to: { path: isTop },
    },
    {
      name: `every-room-of-${context}-has-a-place`,
      comment: 'a folder that floors.mjs does not know has no order',
      severity: 'error',
      from: {},
      to: { path: `^src/${context}/[^/]+/`, pathNot: `^src/${context}/(${inOrder.join('|')})/` },
    },
    ...inOrder.slice(0, -1).map((room, at) => ({
      name: `room-${context}-${room}`,
      comment: `${room} comes before ${inOrder.slice(at + 1).join(', ')}`,
      severity: 'error',
      from: { path: `^src/${context}/${room}/`, pathNot: notTests },
      to: { path: `^src/${context}/(${inOrder.slice(at + 1).join('|')})/` },
    })),
  ]
})

export default {
  forbidden: [
    ...upward,
    ...roomRules,
    {
      name: 'a-room-keeps-its-own',
      comment: "a room's store, routes and words are its own; files that join rooms may list its routes",
      severity: 'error',
      from: { path: '^src/([^/]+)/([^/]+)/', pathNot: notTests },
      to: { path: '^src/$1/[^/]+/(store|routes|words)[a-z-]*\\.ts$', pathNot: '^src/$1/$2/' },
    },
    {
      name: 'a-store-is-its-rooms-own',
      severity: 'error',
      from: { path: '^src/([^/]+)/[^/]+$', pathNot: notTests },
      to: { path: '^src/$1/[^/]+/store[a-z-]*\\.ts$' },
    },
    {
      name: 'every-context-has-a-floor',
      severity: 'error',
      from: { path: '^src/[^/]+/', pathNot: `^src/(${all}|${joining.join('|')})/` },
      to: {},
    },
    {
      name: 'no-import-of-a-floorless-context',
      severity: 'error',
      from: {},
      to: { path: '^src/[^/]+/', pathNot: `^src/(${all}|${joining.join('|')})/` },
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
      from: { path: ['^src/([^/]+)/contract[a-z-]*\\.ts$', '^src/([^/]+)/[a-z-]+/contract[a-z-]*\\.ts$'] },
      to: {
        pathNot: [
          ...contracts,
          '^src/$1/(?!store|routes|jobs|$1\\.ts)[^/]+$',
          '^src/$1/[a-z-]+/(?!store|routes|jobs)[^/]+$',
          '^src/platform/(endpoint|problem|day|ids|shapes|clock)\\.ts$',
          `^src/(names|linkage)/`,
          'typebox',
        ],
      },
    },
    {
      name: 'contracts-reach-no-io',
      comment: 'nor does anything that they stand on',
      severity: 'error',
      from: { path: contracts },
      to: {
        path: 'node_modules/(pg|kysely|fastify|@fastify|graphile-worker)/|^(node:)?(fs|net|http|child_process)',
        reachable: true,
      },
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
        pathNot: [...contracts, '^src/names/', `^src/(${readInBrowsers.join('|')})\\.ts$`, '^src/[^/]+/words\\.ts$'],
      },
    },
    {
      name: 'relying-parties-see-nothing',
      severity: 'error',
      from: { path: '^relying-parties/' },
      to: { path: '^(src|web|synth|db|test)/' },
    },
    {
      name: 'centre-sees-nothing',
      comment: 'the reference centre keeps to the document alone',
      severity: 'error',
      from: { path: '^centre/' },
      to: { path: '^(src|web|synth|db|test|relying-parties)/' },
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
    {
      name: 'runs-without-devDependencies',
      comment: 'an installation is made with `npm ci --omit=dev`; what builds the pages is not loaded by it',
      severity: 'error',
      from: {
        path: '^(bin|src|synth|centre|relying-parties|web/(build|install)\\.ts)',
        pathNot: '\\.(test|fixture|test-process|test-sample|test-checkout)\\.ts$',
      },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'nothing-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^(bun|cloudflare):' },
    },
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
