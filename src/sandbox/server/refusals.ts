/** What any method may answer when it is not the call but the caller who is wrong. */
const everywhere = [
  'not_authed',
  'invalid_auth',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'not_allowed_token_type',
  'missing_scope',
  'access_denied',
  'ekm_access_denied',
  'team_access_not_granted',
  'invalid_arguments',
];
const ofChannel = ['channel_not_found', 'not_in_channel', 'is_archived'];
const ofMessage = [
  'msg_too_long',
  'msg_blocks_too_long',
  'invalid_blocks',
  'invalid_blocks_format',
  'invalid_attachments',
  'too_many_attachments',
  'no_text',
  'metadata_too_large',
  'invalid_metadata_format',
];
const ofView = ['invalid_trigger_id', 'expired_trigger_id', 'exchanged_trigger_id', 'view_too_large'];
const ofPage = ['invalid_cursor', 'invalid_limit', 'invalid_types'];

/**
 * How Slack may refuse, by method, as its reference has it. The sandbox gives no other answer. Methods
 * that are not listed are not called by the product.
 */
export const refusals: Record<string, readonly string[]> = {
  'auth.test': [],
  'apps.connections.open': [],
  'chat.postMessage': [
    ...ofChannel,
    ...ofMessage,
    'restricted_action',
    'restricted_action_read_only_channel',
    'restricted_action_thread_only_channel',
    'restricted_action_thread_locked',
    'thread_not_found',
    'messages_tab_disabled',
    'user_not_found',
  ],
  'chat.update': [
    'channel_not_found',
    'is_inactive',
    ...ofMessage,
    'message_not_found',
    'cant_update_message',
    'edit_window_closed',
    'block_mismatch',
  ],
  'chat.delete': [
    'channel_not_found',
    'is_archived',
    'message_not_found',
    'cant_delete_message',
    'compliance_exports_prevent_deletion',
  ],
  'chat.getPermalink': ['channel_not_found', 'message_not_found'],
  'conversations.create': [
    'name_taken',
    'restricted_action',
    'no_channel',
    'invalid_name_required',
    'invalid_name_punctuation',
    'invalid_name_maxlength',
    'invalid_name_specials',
    'invalid_name',
    'user_is_restricted',
  ],
  'conversations.info': ['channel_not_found', 'method_not_supported_for_channel_type'],
  'conversations.invite': [
    ...ofChannel,
    'no_user',
    'user_not_found',
    'cant_invite_self',
    'cant_invite',
    'already_in_channel',
    'too_many_users',
    'ura_max_channels',
    'user_is_restricted',
    'no_external_invite_permission',
    'org_user_not_in_team',
  ],
  'conversations.setTopic': [...ofChannel, 'too_long', 'user_is_restricted', 'method_not_supported_for_channel_type'],
  'conversations.history': [...ofChannel, ...ofPage, 'invalid_ts_latest', 'invalid_ts_oldest'],
  'conversations.replies': [...ofChannel, ...ofPage, 'thread_not_found'],
  'conversations.open': [
    'channel_not_found',
    'user_not_found',
    'user_disabled',
    'user_not_visible',
    'users_list_not_supplied',
    'too_many_users',
    'cannot_dm_bot',
  ],
  'pins.add': [
    ...ofChannel,
    'message_not_found',
    'already_pinned',
    'not_pinnable',
    'too_many_pins',
    'restricted_action',
  ],
  'files.getUploadURLExternal': ['file_upload_size_restricted', 'storage_limit_reached', 'unknown_snippet_type'],
  'files.completeUploadExternal': [
    'channel_not_found',
    'not_in_channel',
    'is_archived',
    'file_not_found',
    'file_update_failed',
    'file_sharing_disabled',
    'posting_to_channel_denied',
    ...ofMessage,
    'message_not_found',
    'thread_not_found',
  ],
  'users.info': ['user_not_found', 'user_not_visible'],
  'users.list': ['limit_required', ...ofPage],
  'users.conversations': ofPage.concat('user_not_found'),
  'usergroups.list': ['plan_upgrade_required', 'permission_denied'],
  'views.open': [...ofView, 'duplicate_external_id', 'push_limit_reached'],
  'views.push': [...ofView, 'duplicate_external_id', 'push_limit_reached', 'not_found'],
  'views.update': ['not_found', 'hash_conflict', 'view_too_large', 'duplicate_external_id'],
  'views.publish': ['user_not_found', 'not_enabled', 'hash_conflict', 'view_too_large', 'duplicate_external_id'],
};

export const refusalsOf = (method: string): readonly string[] => [...(refusals[method] ?? []), ...everywhere];

/** Whether Slack could have said that: a fixture that refuses in a way of its own proves nothing. */
export const isKnownRefusal = (method: string, error: string): boolean =>
  !(method in refusals) || refusalsOf(method).includes(error);
