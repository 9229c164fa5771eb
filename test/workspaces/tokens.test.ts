import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { decryptToken, encryptToken, isCurrent, KeyMissing, readTokenKey } from '../../src/workspaces/tokens.ts';
import { newKey } from '../support/shared.ts';

const [first, second] = [newKey(), newKey()];
const token = 'xoxb-1111-2222-abcdef';

describe('a token at rest', () => {
  test('comes back for its workspace, with any key that is listed', () => {
    const encrypted = encryptToken([first], 'T1', token);
    expect(decryptToken([first], 'T1', encrypted)).toBe(token);
    expect(decryptToken([second, first], 'T1', encrypted)).toBe(token);
  });

  test('shows nothing of the token nor of the key, and never looks the same twice', () => {
    const encrypted = encryptToken([first], 'T1', token);
    for (const form of ['utf8', 'hex', 'base64', 'base64url'] as const) {
      expect(encrypted).not.toContain(Buffer.from(token).toString(form));
      expect(encrypted).not.toContain(first.secret.toString(form));
    }
    expect(encryptToken([first], 'T1', token)).not.toBe(encrypted);
  });

  test('does not open for another workspace', () => {
    const encrypted = encryptToken([first], 'T1', token);
    expect(() => decryptToken([first], 'T2', encrypted)).toThrow(/cannot be read/);
  });

  test('does not open when one character was altered', () => {
    const encrypted = encryptToken([first], 'T1', token);
    for (const at of [14, 30, 34, 55, encrypted.length - 2]) {
      const other = encrypted[at] === 'A' ? 'B' : 'A';
      const altered = `${encrypted.slice(0, at)}${other}${encrypted.slice(at + 1)}`;
      expect(() => decryptToken([first], 'T1', altered), altered).toThrow(/cannot be read/);
    }
    expect(() => decryptToken([first], 'T1', encrypted.split('.').slice(0, 4).join('.'))).toThrow(/cannot be read/);
  });

  test('names the key that is missing, by its id', () => {
    const encrypted = encryptToken([first], 'T1', token);
    expect(() => decryptToken([second], 'T1', encrypted)).toThrow(KeyMissing);
    expect(() => decryptToken([second], 'T1', encrypted)).toThrow(first.id);
  });

  test('is current only under the newest key', () => {
    const encrypted = encryptToken([first, second], 'T1', token);
    expect(isCurrent([first, second], encrypted)).toBe(true);
    expect(isCurrent([second, first], encrypted)).toBe(false);
  });
});

describe('a key', () => {
  test('is exactly 32 bytes in base64', () => {
    expect(readTokenKey(randomBytes(32).toString('base64'))).not.toBeNull();
    for (const wrong of ['', 'secret', randomBytes(31).toString('base64'), randomBytes(33).toString('base64')])
      expect(readTokenKey(wrong)).toBeNull();
    expect(readTokenKey(randomBytes(32).toString('hex'))).toBeNull();
  });
});
