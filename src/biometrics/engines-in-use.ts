/** Which engines this process has; set when an installation is opened, from its settings and what is installed. */

let facesCompared = false
let outsideEngineSet = false

export function setFacesCompared(whether: boolean): void {
  facesCompared = whether
}

/** Whether the installation's own engine compares faces. */
export const areFacesCompared = (): boolean => facesCompared

export function setOutsideEngine(whether: boolean): void {
  outsideEngineSet = whether
}

/** Whether an engine of somebody else's searches captured people (`abis/`). */
export const isOutsideEngineSet = (): boolean => outsideEngineSet
