import { z } from 'zod';
import { storable } from '../core/storable.ts';

const element = z.looseObject({
  type: z.string(),
  value: z.string().nullish(),
  selected_option: z.object({ value: z.string() }).nullish(),
  selected_options: z.array(z.object({ value: z.string() })).nullish(),
  selected_user: z.string().nullish(),
  selected_users: z.array(z.string()).nullish(),
  selected_conversation: z.string().nullish(),
  selected_conversations: z.array(z.string()).nullish(),
  selected_channel: z.string().nullish(),
  selected_date: z.string().nullish(),
  selected_time: z.string().nullish(),
  selected_date_time: z.number().nullish(),
  files: z.array(z.looseObject({ id: z.string() })).nullish(),
});

const stateSchema = z.looseObject({ values: z.record(z.string(), z.record(z.string(), element)).default({}) });

/**
 * A submitted form as `{ [action id]: value }`: text as it was typed, one choice or person as a string, several as an
 * array, a moment as a Date, files as Slack describes them; null where nothing was given. U+0000 is left out of texts:
 * no database keeps it.
 */
export function formValues(state: unknown): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const block of Object.values(stateSchema.parse(state ?? {}).values)) {
    for (const [id, field] of Object.entries(block)) values[id] = valueOf(field);
  }
  return values;
}

function valueOf(field: z.infer<typeof element>): unknown {
  if (field.selected_options != null) return field.selected_options.map((o) => o.value);
  if (field.files != null) return field.files;
  if (field.selected_users != null) return field.selected_users;
  if (field.selected_conversations != null) return field.selected_conversations;
  if (field.selected_date_time != null) return new Date(field.selected_date_time * 1000);
  return (
    field.selected_option?.value ??
    field.selected_user ??
    field.selected_conversation ??
    field.selected_channel ??
    field.selected_date ??
    field.selected_time ??
    (field.value == null ? null : storable(field.value)) ??
    (field.type.startsWith('multi_') || field.type === 'checkboxes' ? [] : null)
  );
}
