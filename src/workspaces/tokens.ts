import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { Fault } from '../core/errors.ts';

export type TokenKey = { id: string; secret: Buffer };
/** Newest first: the first one encrypts, each of them decrypts. */
export type TokenKeys = readonly [TokenKey, ...TokenKey[]];

/** A key of 32 bytes in base64, or null. Its id names it in what it encrypted, and tells nothing of it. */
export function readTokenKey(base64: string): TokenKey | null {
  const secret = Buffer.from(base64, 'base64');
  if (secret.length !== 32 || secret.toString('base64') !== base64) return null;
  return { id: createHash('sha256').update('token key:').update(secret).digest('hex').slice(0, 8), secret };
}

/** A token was encrypted with a key that is no longer listed. */
export class KeyMissing extends Error {
  readonly keyId: string;
  constructor(keyId: string) {
    super(`the key ${keyId} of a stored token is not listed`);
    this.keyId = keyId;
  }
}

const version = 'v1';

/** AES-256-GCM: `v1.<key id>.<nonce>.<tag>.<ciphertext>`. What was made for one workspace does not open for another. */
export function encryptToken([{ id, secret }]: TokenKeys, workspaceId: string, token: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', secret, nonce, { authTagLength: 16 }).setAAD(boundTo(workspaceId));
  const text = Buffer.concat([cipher.update(token, 'utf8'), cipher.final()]);
  return [version, id, ...[nonce, cipher.getAuthTag(), text].map((part) => part.toString('base64url'))].join('.');
}

/** Throws KeyMissing, and Fault when the text was altered or belongs to another workspace. */
export function decryptToken(keys: TokenKeys, workspaceId: string, encrypted: string): string {
  const [, keyId = '', ...parts] = encrypted.split('.');
  const key = keys.find((one) => one.id === keyId);
  if (!key) throw new KeyMissing(keyId);
  const [nonce, tag, text] = parts.map((part) => Buffer.from(part, 'base64url')) as [Buffer, Buffer, Buffer];
  try {
    const decipher = createDecipheriv('aes-256-gcm', key.secret, nonce, { authTagLength: 16 });
    decipher.setAAD(boundTo(workspaceId)).setAuthTag(tag);
    return Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8');
  } catch (error) {
    throw new Fault(`the stored token of workspace ${workspaceId} cannot be read`, { cause: error });
  }
}

/** Whether the newest key encrypted it. */
export const isCurrent = ([newest]: TokenKeys, encrypted: string): boolean =>
  encrypted.startsWith(`${version}.${newest.id}.`);

const boundTo = (workspaceId: string) => Buffer.from(`crisis-war-room installation ${workspaceId}`, 'utf8');
