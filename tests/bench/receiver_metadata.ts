/** What the bench's target looks like: the twelve fields of a deal that are written. */
const picklist = ['Qualification', 'Negotiation/Review', 'Closed Won', 'Closed Lost']

const fields: Array<[name: string, type: string, length: number, custom?: boolean]> = [
  ['Deal_Name', 'text', 120],
  ['Order_Ref', 'text', 50, true],
  ['Amount', 'currency', 16],
  ['Closing_Date', 'date', 20],
  ['Stage', 'picklist', 120],
  ['Customer_Email', 'email', 100, true],
  ['Customer_Phone', 'phone', 50, true],
  ['City', 'text', 100, true],
  ['Country', 'text', 50, true],
  ['Item_Count', 'integer', 9, true],
  ['Is_Gift', 'boolean', 5, true],
  ['Description', 'textarea', 32_000],
]

const jsonTypes: Record<string, string> = {
  currency: 'double',
  integer: 'integer',
  boolean: 'boolean',
}

export const dealFields = {
  fields: fields.map(([name, type, length, custom = false], place) => ({
    id: `45545100000000${2000 + place}`,
    api_name: name,
    field_label: name.replaceAll('_', ' '),
    display_label: name.replaceAll('_', ' '),
    data_type: type,
    json_type: jsonTypes[type] ?? 'string',
    length,
    decimal_place: type === 'currency' ? 2 : null,
    system_mandatory: name === 'Deal_Name' || name === 'Stage',
    field_read_only: false,
    read_only: false,
    visible: true,
    custom_field: custom,
    operation_type: { api_create: true, api_update: true, web_create: true, web_update: true },
    unique: name === 'Order_Ref' ? { case_sensitive: false } : {},
    external: null,
    enforce_pick_list_values: false,
    pick_list_values:
      type === 'picklist'
        ? picklist.map((value) => ({ display_value: value, actual_value: value, type: 'used' }))
        : [],
    lookup: {},
  })),
}

export const dealModule = {
  modules: [
    {
      id: '4554510000000002181',
      api_name: 'Deals',
      module_name: 'Potentials',
      singular_label: 'Deal',
      plural_label: 'Deals',
      generated_type: 'default',
      api_supported: true,
      creatable: true,
      editable: true,
      deletable: true,
      viewable: true,
      status: 'visible',
    },
  ],
}

export const org = {
  org: [
    {
      id: '4554510000000020000',
      zgid: '700100200',
      company_name: 'Bench receiver',
      time_zone: 'Europe/Berlin',
      iso_code: 'EUR',
      license_details: { paid: true, paid_type: 'ultimate', users_license_purchased: 100 },
    },
  ],
}

export const users = {
  users: [
    {
      id: '4554510000000030000',
      full_name: 'Bench',
      email: 'bench@example.com',
      status: 'active',
      time_zone: 'Europe/Berlin',
    },
  ],
  info: { per_page: 200, count: 1, page: 1, more_records: false },
}
