/** One rule on one field. `each` speaks of the members of a list; lengths are of text, plain or in a text object. */
export type Limit = {
  field: string;
  each?: true;
  min?: number;
  max?: number;
  minCount?: number;
  maxCount?: number;
  /** For numbers. */
  from?: number;
  to?: number;
  pattern?: RegExp;
};

export const COUNTS = { messageBlocks: 50, viewBlocks: 100, attachments: 100 } as const;
export const SIZES = {
  viewBytes: 250_000,
  /** Undocumented: texts of 11,341 and of about 13,200 characters were refused. */
  messageBlocksText: 10_999,
  markdown: 12_000,
  table: 10_000,
  metadata: 8000,
} as const;

export const ONLY_ON: Record<string, readonly ('message' | 'modal' | 'home')[]> = {
  alert: ['modal'],
  markdown: ['message'],
  plan: ['message'],
  task_card: ['message'],
  context_actions: ['message'],
  table: ['message', 'home'],
  data_table: ['message', 'home'],
  carousel: ['message', 'home'],
  container: ['message', 'home'],
  file_input: ['modal'],
};

const placeholder: Limit = { field: 'placeholder', min: 1, max: 150 };
const actionId: Limit = { field: 'action_id', min: 1, max: 255 };
const options: Limit = { field: 'options', minCount: 1, maxCount: 100 };
const groups: Limit = { field: 'option_groups', minCount: 1, maxCount: 100 };
const select = [actionId, placeholder];
const many = [...select, { field: 'max_selected_items', from: 1, to: 1000 }];
const typedInput = [actionId, placeholder, { field: 'initial_value', min: 1, max: 3000 }];
const url: Limit = { field: 'url', min: 1, max: 3000, pattern: /^(https?|mailto|tel|slack):\S+$/ };

/** By `type`, blocks and elements alike. */
export const LIMITS: Record<string, readonly Limit[]> = {
  actions: [{ field: 'elements', minCount: 1, maxCount: 25 }],
  alert: [{ field: 'text', min: 1, max: 200 }],
  card: [
    { field: 'title', min: 1, max: 150 },
    { field: 'subtitle', min: 1, max: 150 },
    { field: 'body', min: 1, max: 200 },
    { field: 'actions', minCount: 1, maxCount: 3 },
  ],
  carousel: [{ field: 'elements', minCount: 1, maxCount: 10 }],
  container: [
    { field: 'title', min: 1, max: 150 },
    { field: 'subtitle', min: 1, max: 150 },
    { field: 'child_blocks', minCount: 1, maxCount: 10 },
  ],
  context: [
    { field: 'elements', minCount: 1, maxCount: 10 },
    { field: 'elements', each: true, min: 1, max: 3000 },
  ],
  context_actions: [{ field: 'elements', minCount: 1, maxCount: 5 }],
  data_table: [
    { field: 'rows', minCount: 1, maxCount: 201 },
    { field: 'rows', each: true, minCount: 1, maxCount: 20 },
    { field: 'caption', min: 1, max: 150 },
    { field: 'page_size', from: 1, to: 100 },
  ],
  header: [{ field: 'text', min: 1, max: 150 }],
  image: [
    { field: 'alt_text', min: 1, max: 2000 },
    { field: 'title', min: 1, max: 2000 },
    { field: 'image_url', min: 1, max: 3000, pattern: /^https?:\/\/\S+$/ },
  ],
  input: [
    { field: 'label', min: 1, max: 2000 },
    { field: 'hint', min: 1, max: 2000 },
  ],
  markdown: [{ field: 'text', min: 1, max: SIZES.markdown }],
  plan: [{ field: 'tasks', maxCount: 50 }],
  rich_text: [{ field: 'elements', minCount: 1 }],
  rich_text_list: [{ field: 'indent', from: 0, to: 8 }],
  section: [
    { field: 'text', min: 1, max: 3000 },
    { field: 'fields', minCount: 1, maxCount: 10 },
    { field: 'fields', each: true, min: 1, max: 2000 },
  ],
  table: [
    { field: 'rows', minCount: 1, maxCount: 100 },
    { field: 'rows', each: true, minCount: 1, maxCount: 20 },
    { field: 'column_settings', maxCount: 20 },
  ],
  video: [
    { field: 'title', min: 1, max: 199 },
    { field: 'author_name', max: 49 },
    { field: 'video_url', pattern: /^https:\/\/\S+$/ },
  ],

  button: [
    actionId,
    { field: 'text', min: 1, max: 75 },
    { field: 'value', max: 2000 },
    url,
    { field: 'accessibility_label', min: 1, max: 75 },
  ],
  workflow_button: [actionId, { field: 'text', min: 1, max: 75 }, { field: 'accessibility_label', min: 1, max: 75 }],
  checkboxes: [actionId, { field: 'options', minCount: 1, maxCount: 10 }],
  radio_buttons: [actionId, { field: 'options', minCount: 1, maxCount: 10 }],
  overflow: [actionId, { field: 'options', minCount: 1, maxCount: 5 }],
  datepicker: [actionId, placeholder, { field: 'initial_date', pattern: /^\d{4}-\d{2}-\d{2}$/ }],
  timepicker: [actionId, placeholder, { field: 'initial_time', pattern: /^([01]\d|2[0-3]):[0-5]\d$/ }],
  datetimepicker: [actionId, { field: 'initial_date_time', from: 1_000_000_000, to: 9_999_999_999 }],
  email_text_input: typedInput,
  url_text_input: typedInput,
  number_input: [
    actionId,
    placeholder,
    { field: 'initial_value', min: 1 },
    { field: 'min_value', min: 1 },
    { field: 'max_value', min: 1 },
  ],
  plain_text_input: [
    ...typedInput,
    { field: 'min_length', from: 0, to: 3000 },
    { field: 'max_length', from: 1, to: 3000 },
  ],
  rich_text_input: [
    actionId,
    placeholder,
    { field: 'min_lines', from: 1, to: 100 },
    { field: 'max_lines', from: 1, to: 100 },
  ],
  file_input: [actionId, { field: 'max_files', from: 1, to: 10 }],
  static_select: [...select, options, groups],
  multi_static_select: [...many, options, groups],
  external_select: select,
  multi_external_select: many,
  users_select: select,
  multi_users_select: many,
  conversations_select: select,
  multi_conversations_select: many,
  channels_select: select,
  multi_channels_select: many,
};

export const OPTION: readonly Limit[] = [
  { field: 'text', min: 1, max: 75 },
  { field: 'value', min: 1, max: 75 },
  { field: 'description', min: 1, max: 75 },
  url,
];

export const OPTION_GROUP: readonly Limit[] = [
  { field: 'label', min: 1, max: 75 },
  { field: 'options', minCount: 1, maxCount: 100 },
];

export const CONFIRM: readonly Limit[] = [
  { field: 'title', min: 1, max: 100 },
  { field: 'text', min: 1, max: 300 },
  { field: 'confirm', min: 1, max: 30 },
  { field: 'deny', min: 1, max: 30 },
];

export const VIEW: readonly Limit[] = [
  { field: 'title', min: 1, max: 24 },
  { field: 'submit', min: 1, max: 24 },
  { field: 'close', min: 1, max: 24 },
  { field: 'private_metadata', max: 3000 },
  { field: 'callback_id', max: 255 },
  { field: 'external_id', max: 255 },
  { field: 'blocks', maxCount: COUNTS.viewBlocks },
];
