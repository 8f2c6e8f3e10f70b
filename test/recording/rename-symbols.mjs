// Renames symbols by tables (file, old or outer.inner, new), in one pass over one program; all entries are read against
// the old names, so their order does not matter. Imports and re-exports take the new name.
//
//   TYPESCRIPT=DIR node test/recording/rename-symbols.mjs ROOT TABLE.tsv…
//
// DIR is a folder in which `typescript` 5.9 is installed: version 7 has no API yet.
import { execSync } from 'node:child_process'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

const ts = createRequire(`${process.env.TYPESCRIPT}/`)('typescript')
const [root, ...tables] = process.argv.slice(2)
const files = execSync('git ls-files', { cwd: root, encoding: 'utf8', maxBuffer: 1e8 })
  .split('\n')
  .filter(f => /\.(ts|tsx)$/.test(f))
  .map(f => path.join(root, f))
  .filter(f => fs.existsSync(f))
const options = {
  target: 99,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  lib: ['lib.es2024.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts', 'lib.esnext.d.ts'],
  types: ['node'],
  jsx: ts.JsxEmit.ReactJSX,
  strict: true,
  noUncheckedIndexedAccess: true,
  allowImportingTsExtensions: true,
  verbatimModuleSyntax: true,
  isolatedModules: true,
  skipLibCheck: true,
  noEmit: true,
}
const program = ts.createProgram(files, options)
const checker = program.getTypeChecker()
const nameOf = n => (n.name && (ts.isIdentifier(n.name) || ts.isStringLiteral(n.name)) ? n.name.text : undefined)
const isScope = n =>
  ts.isFunctionDeclaration(n) ||
  ts.isVariableDeclaration(n) ||
  ts.isTypeAliasDeclaration(n) ||
  ts.isInterfaceDeclaration(n) ||
  ts.isClassDeclaration(n)
const isDecl = n =>
  isScope(n) ||
  ts.isPropertySignature(n) ||
  ts.isPropertyAssignment(n) ||
  ts.isShorthandPropertyAssignment(n) ||
  ts.isMethodSignature(n) ||
  ts.isMethodDeclaration(n) ||
  ts.isPropertyDeclaration(n) ||
  ts.isParameter(n) ||
  ts.isBindingElement(n) ||
  ts.isTypeParameterDeclaration(n)
const target = new Map()
let bad = 0,
  done = 0
for (const table of tables)
  for (const line of fs.readFileSync(table, 'utf8').split('\n')) {
    if (!line.trim() || line.startsWith('#')) continue
    const [file, old, now] = line.split('\t')
    const sf = program.getSourceFile(path.join(root, file))
    if (!sf) {
      console.log('NOFILE', line)
      bad++
      continue
    }
    const [outer, inner] = /[.>]/.test(old) ? old.split(/[.>]/) : [undefined, old]
    const found = []
    const visit = (n, within) => {
      const nm = nameOf(n)
      if (isDecl(n) && nm === inner && (outer === undefined ? within.length === 0 : within.includes(outer)))
        found.push(n)
      ts.forEachChild(n, c => visit(c, isScope(n) && nm ? [...within, nm] : within))
    }
    visit(sf, [])
    if (!found.length) {
      console.log('NODECL', line)
      bad++
      continue
    }
    for (const d of outer ? found.slice(0, 1) : found) target.set(d, now)
    done++
  }
const oldNames = new Set([...target.keys()].map(nameOf))
const newOf = s => {
  for (const d of s?.declarations ?? []) if (target.has(d)) return target.get(d)
}
const resolve = s => (s && s.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(s) : s)
// The name under which a use of `s` is written: an alias without `as` takes its target's new name.
const nameFor = s => {
  if (!s) return
  if (!(s.flags & ts.SymbolFlags.Alias)) return newOf(s)
  const d = s.declarations?.[0]
  if (d && (ts.isImportSpecifier(d) || ts.isExportSpecifier(d)) && !d.propertyName)
    return newOf(checker.getAliasedSymbol(s))
}
const propertyOf = (lit, name) => {
  const t = checker.getContextualType(lit)
  return t && (t.getProperty(name) ?? (t.isUnion() ? t.types.map(x => x.getProperty(name)).find(newOf) : undefined))
}
let edited = 0,
  count = 0
const out = []
const t0 = Date.now()
let k = 0
for (const f of files) {
  if (++k % 200 === 0) console.error(k, Date.now() - t0)
  const sf = program.getSourceFile(f)
  const edits = []
  const put = (n, text) => edits.push([n.getStart(sf), n.end, text])
  const visit = n => {
    ts.forEachChild(n, visit)
    if ((!ts.isIdentifier(n) && !ts.isStringLiteral(n)) || !oldNames.has(n.text)) return
    const p = n.parent
    if (!p) return
    if (
      ts.isStringLiteral(n) &&
      !(ts.isPropertyAssignment(p) && p.name === n) &&
      !(ts.isPropertySignature(p) && p.name === n) &&
      !ts.isIndexedAccessTypeNode(p.parent ?? {})
    )
      return
    if (ts.isShorthandPropertyAssignment(p) && p.name === n) {
      const v = nameFor(checker.getShorthandAssignmentValueSymbol(p))
      const q = newOf(propertyOf(p.parent, n.text)) ?? newOf(checker.getSymbolAtLocation(n))
      if (v !== undefined || q !== undefined) {
        const a = q ?? n.text,
          b = v ?? n.text
        put(n, a === b ? a : `${a}: ${b}`)
      }
      return
    }
    if (
      ts.isBindingElement(p) &&
      p.name === n &&
      !p.propertyName &&
      !p.dotDotDotToken &&
      ts.isObjectBindingPattern(p.parent)
    ) {
      const own = newOf(checker.getSymbolAtLocation(n))
      const q = newOf(checker.getTypeAtLocation(p.parent).getProperty(n.text))
      if (own !== undefined || q !== undefined) {
        const a = q ?? n.text,
          b = own ?? n.text
        put(n, a === b ? a : `${a}: ${b}`)
      }
      return
    }
    if (ts.isBindingElement(p) && p.propertyName === n) {
      const q = newOf(checker.getTypeAtLocation(p.parent).getProperty(n.text))
      if (q) put(n, q)
      return
    }
    if (ts.isPropertyAssignment(p) && p.name === n) {
      const q = newOf(checker.getSymbolAtLocation(n)) ?? newOf(propertyOf(p.parent, n.text))
      if (q) put(n, /^[A-Za-z_$][\w$]*$/.test(q) ? q : `'${q}'`)
      return
    }
    if ((ts.isImportSpecifier(p) || ts.isExportSpecifier(p)) && p.propertyName) {
      if (n === p.propertyName) {
        const q = newOf(resolve(checker.getSymbolAtLocation(n)))
        if (q) put(n, q === p.name.text ? q : q)
      }
      return
    }
    if (ts.isLiteralTypeNode(p) && ts.isIndexedAccessTypeNode(p.parent)) {
      const q = newOf(checker.getTypeAtLocation(p.parent.objectType).getProperty(n.text))
      if (q) put(n, `'${q}'`)
      return
    }
    const s = checker.getSymbolAtLocation(n)
    if (ts.isImportSpecifier(p) || ts.isExportSpecifier(p)) {
      const q = newOf(resolve(s))
      if (q) put(n, q)
      return
    }
    const q = nameFor(s)
    if (q) put(n, q)
  }
  visit(sf)
  if (!edits.length) continue
  let t = sf.text
  for (const [a, b, x] of edits.sort((x, y) => y[0] - x[0])) {
    t = t.slice(0, a) + x + t.slice(b)
    count++
  }
  out.push([f, t])
  edited++
}
for (const [f, t] of out) fs.writeFileSync(f, t)
console.log(done, 'entries', bad, 'not found', count, 'places', edited, 'files')
