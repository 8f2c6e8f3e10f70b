import { globSync, readFileSync } from 'node:fs'
import { parseSync } from '@swc/core'

/** What the sources say to people and to each other, read without running them: it holds wherever the files lie. */

type Node = { readonly type: string; readonly [member: string]: unknown }

const isNode = (value: unknown): value is Node => typeof (value as Node | null)?.type === 'string'

const parsed = (file: string): Node =>
  parseSync(readFileSync(file, 'utf8'), {
    syntax: 'typescript',
    tsx: file.endsWith('x'),
    target: 'es2024',
  }) as unknown as Node

function* nodesIn(value: unknown): Generator<Node> {
  if (Array.isArray(value)) for (const one of value) yield* nodesIn(one)
  else if (typeof value === 'object' && value !== null) {
    if (isNode(value)) yield value
    for (const member of Object.values(value)) yield* nodesIn(member)
  }
}

/** What of an expression is known without running it; `{}` stands for the rest of a template. */
function textOf(value: unknown): string | undefined {
  const node = value as Node | undefined
  if (node?.type === 'StringLiteral') return node['value'] as string
  if (node?.type === 'TemplateLiteral') return (node['quasis'] as Node[]).map(({ cooked }) => cooked).join('{}')
  if (node?.type === 'ParenthesisExpression' || node?.type === 'TsConstAssertion') return textOf(node['expression'])
  if (node?.type !== 'BinaryExpression' || node['operator'] !== '+') return undefined
  const [left, right] = [textOf(node['left']), textOf(node['right'])]
  return left === undefined || right === undefined ? undefined : left + right
}

type Member = { readonly key: string; readonly value: Node }

const membersOf = (object: Node): Member[] =>
  (object['properties'] as Node[]).flatMap(property => {
    if (property.type !== 'KeyValueProperty') return []
    const key = property['key'] as Node
    const named = key.type === 'Computed' ? `[${writtenName(key['expression'])}]` : String(key['value'])
    return [{ key: named, value: property['value'] as Node }]
  })

const elementsOf = (array: Node) => (array['elements'] as ({ expression: Node } | null)[]).map(one => one?.expression)

/** A name, or names with dots between, as they are written. */
function writtenName(value: unknown): string {
  const node = value as Node
  if (node?.type === 'Identifier') return String(node['value'])
  if (node?.type === 'MemberExpression') return `${writtenName(node['object'])}.${writtenName(node['property'])}`
  if (node?.type !== 'CallExpression') return textOf(node) ?? ''
  const given = (node['arguments'] as { expression: Node }[]).map(({ expression }) => writtenName(expression))
  return `${writtenName(node['callee'])}(${given.join(', ')})`
}

const isTest = (file: string) => /\.(test|fixture|test-\w+)\.tsx?$/.test(file)
const filesOf = (...globs: string[]) =>
  globSync(globs)
    .filter(file => !file.includes('node_modules') && !file.startsWith('web/dist'))
    .sort()

export type Pair = readonly [key: string, vi: string, en: string]
export type ProblemSaid = { readonly code: string; readonly said: Readonly<Record<string, string | number>> }

/** Everything of the house's sources that is recorded; lists are in no order. */
export function readSources() {
  const texts: Pair[] = []
  const problems: ProblemSaid[] = []
  const sentences: string[] = []
  const deeds = new Set<string>()
  const followings: string[] = []
  const deedShape = /^[a-z]+(-[a-z]+)*\.([a-z]+|\{\})(-([a-z]+|\{\}))*$/
  const notDeeds =
    /\.(ts|tsx|js|json|csv|html|css|svg|png|pdf|xlsx|txt|zip|md|sql|jsonl|bin|crt|pem|pid|log|conf|key|webmanifest)$/

  const ofText = (text: string) => {
    // A letter of Vietnamese: what is for people has one sooner or later, what is for the database has none.
    if (/[\u00c0-\u1ef9]/.test(text)) sentences.push(text.replace(/\s+/g, ' ').trim())
    if (deedShape.test(text) && !notDeeds.test(text)) deeds.add(text)
  }

  const ofMember = ({ key, value }: Member) => {
    if (value.type === 'ArrayExpression') {
      const said = elementsOf(value).map(textOf)
      if (said.length === 2 && said.every(one => one !== undefined)) texts.push([key, said[0] ?? '', said[1] ?? ''])
      const followers = elementsOf(value).map(writtenName)
      if (deedShape.test(key) && followers.every(Boolean)) followings.push(`${key}\t${followers.join(', ')}`)
    }
    if (value.type !== 'ObjectExpression') return
    const members = membersOf(value).flatMap(({ key: name, value: of }) => {
      const said = of.type === 'NumericLiteral' ? (of['value'] as number) : textOf(of)
      return said === undefined ? [] : [[name, said] as const]
    })
    const said = Object.fromEntries(members)
    if (typeof said['status'] === 'number' && said['title'] && said['vi']) problems.push({ code: key, said })
  }

  for (const file of filesOf('src/**/*.{ts,tsx}', 'web/**/*.{ts,tsx}').filter(one => !isTest(one)))
    for (const node of nodesIn(parsed(file))) {
      if (node.type === 'ObjectExpression') membersOf(node).forEach(ofMember)
      const text = node.type === 'JSXText' ? String(node['value']) : textOf(node)
      if (text !== undefined) ofText(text)
    }
  return { texts, problems, sentences, deeds: [...deeds], followings }
}

/** The name of every test and the file it stands in. */
export function readTests(): (readonly [name: string, file: string])[] {
  const folders = '{src,synth,bench,web,relying-parties,test,e2e}'
  return filesOf(`${folders}/**/*.test.ts`, `${folders}/**/*.test.tsx`).flatMap(file =>
    [...nodesIn(parsed(file))].flatMap(node => {
      if (node.type !== 'CallExpression') return []
      const [first] = node['arguments'] as { expression: Node }[]
      const called = writtenName(node['callee'])
      const text = textOf(first?.expression)
      return /^(test|it|describe|suite|t\.test)$/.test(called) && text !== undefined ? [[text, file] as const] : []
    }),
  )
}
