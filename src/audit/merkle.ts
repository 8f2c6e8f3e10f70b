import { createHash } from 'node:crypto'

const sha256 = (...parts: (Buffer | string)[]) =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest()

const leafMark = Buffer.of(0)
const nodeMark = Buffer.of(1)

/**
 * The root over texts in their order (RFC 6962, section 2.1): leaves and nodes are hashed apart. 32 bytes; no leaves,
 * the hash of nothing.
 */
export function merkleRoot(leaves: readonly string[]): Buffer {
  if (leaves.length === 0) return sha256('')
  let level: Buffer[] = leaves.map(leaf => sha256(leafMark, leaf))
  while (level.length > 1) {
    const above: Buffer[] = []
    for (let i = 0; i < level.length; i += 2) {
      const [left, right] = [level[i], level[i + 1]]
      if (left) above.push(right ? sha256(nodeMark, left, right) : left)
    }
    level = above
  }
  return level[0] ?? sha256('')
}
