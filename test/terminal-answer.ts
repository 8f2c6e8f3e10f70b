/** What a command of the house writes to the terminal, which meanwhile sees nothing of it. */
export async function terminalAnswerOf(command: () => Promise<void>): Promise<string> {
  const write = process.stdout.write.bind(process.stdout)
  let text = ''
  // What the runner of the tests writes is bytes.
  process.stdout.write = ((piece: string | Uint8Array, done?: () => void) => {
    if (typeof piece !== 'string') return write(piece, done)
    text += piece
    done?.()
    return true
  }) as typeof process.stdout.write
  await command().finally(() => {
    process.stdout.write = write
  })
  return text
}
