import { asOperator } from '../open-house.ts'
import { printAnswer } from '../platform/terminal.ts'
import { replaceSigningKeys } from '../signin/signin.ts'
import type { Invocation } from './invocation.ts'

/** `key rotate`: for keys that others may know. */
export async function rotateKeys({ house, json }: Invocation): Promise<void> {
  const replaced = await house.openWork(asOperator('sign-in'), replaceSigningKeys)
  await printAnswer(
    json,
    replaced,
    `${replaced.gone} keys are gone, and what they signed is believed no longer; ${replaced.signs} signs, ` +
      'within half a minute at each server',
  )
}
