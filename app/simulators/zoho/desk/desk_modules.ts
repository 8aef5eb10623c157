/** A kind of record in Desk. */
export interface DeskModule {
  path: string
  /** As events and scopes name it. */
  event: string
  scope: string
  /** Key of the list in a call that moves records to the trash. */
  ids: string
  required: readonly string[]
  /** Parameters that a list must be given. */
  asked: readonly string[]
}

export const deskModules: readonly DeskModule[] = [
  {
    path: 'tickets',
    event: 'Ticket',
    scope: 'tickets',
    ids: 'ticketIds',
    required: ['subject', 'departmentId'],
    asked: ['departmentId'],
  },
  {
    path: 'contacts',
    event: 'Contact',
    scope: 'contacts',
    ids: 'contactIds',
    required: ['lastName'],
    asked: [],
  },
  {
    path: 'accounts',
    event: 'Account',
    scope: 'contacts',
    ids: 'accountIds',
    required: ['accountName'],
    asked: [],
  },
  {
    path: 'tasks',
    event: 'Task',
    scope: 'tasks',
    ids: 'taskIds',
    required: ['subject', 'departmentId'],
    asked: [],
  },
]
