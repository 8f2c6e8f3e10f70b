export { crontab, jobs } from './retention/retention.ts'
