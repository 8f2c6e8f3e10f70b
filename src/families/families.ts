/**
 * The front door of families: what a person still needs, read without an account. By a number, birth date and code
 * (check), by the link or slip of a family (page), which officers print (slips).
 */
export { isMinorOn } from './law.ts'
export { closeDisownedPhone, disownedPhoneFollowUps, followConfirmedPhone, followMergedPhones } from './phones.ts'
export { followCorrectedBirthDate, followMergedBirthDate } from './slips/birth-date.ts'
export { printSlips } from './slips/slips.ts'
