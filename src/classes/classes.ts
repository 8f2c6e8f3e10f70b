/**
 * Homeroom teachers and their classes. A school names who teaches which class of its roll (homerooms.ts); the teacher
 * sees that class alone: who still lacks what, what is asked of the family, when the team comes (sheet.ts). What they
 * say of a pupil is kept, and counted for the school. Row-level security ties a class to the teacher's appointment.
 * Deeds: homeroom.named, .ended; pupil-result.recorded, .taken-back.
 */

export { endHomeroomAgain, listClasses, nameHomeroom } from './homerooms.ts'
export { issueClassLink, listClassLinks } from './links/links.ts'
export { closeAnswered, queueUnreached, unreachedFollowUps } from './unreached/unreached.ts'
