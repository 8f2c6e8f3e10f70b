import { createHash } from 'node:crypto'

const sha256 = (...parts: (Buffer | string)[]) =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest()

const leafMark = Buffer.of(0)
const nodeMark = Buffer.of(1)

/** The root over leaves in their order (RFC 6962, section 2.1): leaves and nodes are hashed apart. */
export type Merkle = {
  readonly size: () => number
  add(leaf: Buffer | string): void
  /** 32 bytes; no leaves, the hash of nothing. */
  root(): Buffer
}

/** Takes leaves one by one and holds one node a level: a month of them is never in memory. */
export function merkle(): Merkle {
  /** Roots of full trees, the largest first; `leaves` is a power of two and halves at least from one to the next. */
  const full: { leaves: number; root: Buffer }[] = []
  let size = 0
  return {
    size: () => size,
    add(leaf) {
      size += 1
      let node = { leaves: 1, root: sha256(leafMark, leaf) }
      for (let last = full.at(-1); last?.leaves === node.leaves; last = full.at(-1)) {
        full.pop()
        node = { leaves: node.leaves * 2, root: sha256(nodeMark, last.root, node.root) }
      }
      full.push(node)
    },
    root: () =>
      full.length === 0
        ? sha256('')
        : full.map(({ root }) => root).reduceRight((right, left) => sha256(nodeMark, left, right)),
  }
}

/** The root over texts in their order. 32 bytes. */
export function merkleRoot(leaves: readonly string[]): Buffer {
  const tree = merkle()
  for (const leaf of leaves) tree.add(leaf)
  return tree.root()
}
