import { Call, type Reply } from '../server/call.js'

type Run = (call: Call) => Reply | Promise<Reply>

/** The work of a route in a module that its path does not name. */
export const inModule =
  (module: string, run: Run): Run =>
  ({ org, query, headers, body, params, faults, caller }) =>
    run(new Call(org, query, headers, body, { ...params, module }, faults, caller))
