/**
 * Functional specs that `npm test` runs on SQLite alone: what they prove lies in a connector, a
 * template, the simulator or the words of an answer, and other specs write the same tables on both
 * databases. What proves the ledger, claims, leases, limits, deliveries, history or tenancy is
 * never listed here. By name (`bin/test.ts functional runs/flags`) each runs on either database.
 */
export const onSqliteAlone: readonly string[] = [
  'tests/functional/builder/answers.spec.ts',
  'tests/functional/builder/new_table.spec.ts',
  'tests/functional/commands/bad_input.spec.ts',
  'tests/functional/connections/least_privilege.spec.ts',
  'tests/functional/databases/search_match.spec.ts',
  'tests/functional/databases/zoho_to_mysql.spec.ts',
  'tests/functional/files/targets.spec.ts',
  'tests/functional/previews/losses.spec.ts',
  'tests/functional/previews/references.spec.ts',
  'tests/functional/runs/automations.spec.ts',
  'tests/functional/runs/flag_forms.spec.ts',
  'tests/functional/runs/flags.spec.ts',
  'tests/functional/runs/related_lists.spec.ts',
  'tests/functional/runs/vendor_codes.spec.ts',
  'tests/functional/runs/without_cursor.spec.ts',
  'tests/functional/selections/command.spec.ts',
  'tests/functional/simulator/simulate_command.spec.ts',
  'tests/functional/templates/by_file.spec.ts',
  'tests/functional/templates/run_templates.spec.ts',
]
