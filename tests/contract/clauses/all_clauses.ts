import { manifestClause } from './c01_manifest.js'
import { settingsClause } from './c02_settings.js'
import { checkClause } from './c03_check.js'
import { describeClause } from './c04_describe.js'
import { pagesClause } from './c05_pages.js'
import { resumeClause } from './c06_resume.js'
import { editsClause } from './c07_edits.js'
import { tiesClause } from './c08_ties.js'
import { boundsClause } from './c09_bounds.js'
import { filtersClause } from './c10_filters.js'
import { outcomesClause } from './c11_outcomes.js'
import { rateLimitClause } from './c12_rate_limits.js'
import { lostReplyClause } from './c13_lost_reply.js'
import { cancelClause } from './c14_cancel.js'
import { secretsClause } from './c15_secrets.js'
import { plainValuesClause } from './c16_plain_values.js'
import { routesClause } from './c17_routes.js'
import { jobsClause } from './c18_jobs.js'
import { ticketsClause } from './c19_tickets.js'
import { deletionsClause } from './c20_deletions.js'
import { readPricesClause } from './c21_read_prices.js'
import { deletesClause } from './c22_deletes.js'
import { flagsClause } from './c23_flags.js'
import { searchesClause } from './c24_searches.js'
import { actionsClause } from './c30_actions.js'
import type { Clause } from '../stage.js'

/** What every connector promises. Reviews quote the numbers. */
export const allClauses: Clause[] = [
  manifestClause,
  settingsClause,
  checkClause,
  describeClause,
  pagesClause,
  resumeClause,
  editsClause,
  tiesClause,
  boundsClause,
  filtersClause,
  outcomesClause,
  rateLimitClause,
  lostReplyClause,
  cancelClause,
  secretsClause,
  plainValuesClause,
  routesClause,
  jobsClause,
  ticketsClause,
  deletionsClause,
  readPricesClause,
  deletesClause,
  flagsClause,
  searchesClause,
  actionsClause,
]
