import type { Scopes } from '#sdk'

const standard = ['Leads', 'Accounts', 'Contacts', 'Deals', 'Campaigns', 'Tasks', 'Cases', 'Events']
const selling = ['Calls', 'Solutions', 'Products', 'Vendors', 'Quotes', 'Invoices', 'Notes']

function lowerCase(modules: string[]): Array<[string, string]> {
  return modules.map((name) => [name, name.toLowerCase()])
}

/** Least privilege: records by module and verb; COQL, search and bulk are granted for the org. */
export const scopes: Scopes = {
  always: [
    'ZohoCRM.org.READ',
    'ZohoCRM.users.READ',
    'ZohoCRM.settings.modules.READ',
    'ZohoCRM.settings.fields.READ',
    'ZohoCRM.settings.layouts.READ',
    'ZohoCRM.settings.related_lists.READ',
    'ZohoCRM.settings.custom_views.READ',
  ],
  uses: [
    {
      name: 'read',
      title: 'Read records',
      scopes: [
        'ZohoCRM.modules.{stream}.READ',
        'ZohoCRM.coql.READ',
        'ZohoSearch.securesearch.READ',
      ],
    },
    {
      name: 'write',
      title: 'Create and update records',
      scopes: [
        'ZohoCRM.modules.{stream}.READ',
        'ZohoCRM.modules.{stream}.CREATE',
        'ZohoCRM.modules.{stream}.UPDATE',
        'ZohoCRM.coql.READ',
        'ZohoSearch.securesearch.READ',
      ],
    },
    {
      name: 'delete',
      title: 'Delete records',
      scopes: ['ZohoCRM.modules.{stream}.DELETE'],
    },
    {
      name: 'bulk',
      title: 'Bulk jobs',
      help: 'The cheapest way for many records. A service needs them unless it names another way.',
      scopes: ['ZohoCRM.bulk.READ', 'ZohoCRM.bulk.CREATE', 'ZohoFiles.files.ALL'],
    },
    {
      name: 'notifications',
      title: 'Notifications of changes',
      scopes: ['ZohoCRM.notifications.ALL'],
    },
    {
      name: 'files',
      title: 'Attachments, notes and files',
      scopes: [
        'ZohoCRM.modules.attachments.ALL',
        'ZohoCRM.modules.notes.ALL',
        'ZohoCRM.Files.CREATE',
        'ZohoCRM.Files.READ',
      ],
    },
  ],
  streams: Object.fromEntries([
    ...lowerCase([...standard, ...selling]),
    ['Attachments', 'attachments'],
    ['Price_Books', 'pricebooks'],
    ['Sales_Orders', 'salesorders'],
    ['Purchase_Orders', 'purchaseorders'],
  ]),
  otherStreams: 'custom',
}
