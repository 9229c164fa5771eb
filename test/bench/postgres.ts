import postgres from 'postgres';

const server = 'postgres://postgres@127.0.0.1:5432/test';

/** A database of one's own on the local PostgreSQL, or null where there is none. */
export async function benchDatabase(name: string): Promise<{ url: string; drop(): Promise<void> } | null> {
  const admin = postgres(process.env['TEST_DATABASE_URL'] ?? server, {
    max: 1,
    onnotice: () => {},
    connect_timeout: 2,
  });
  try {
    await admin.unsafe(`drop database if exists ${name} with (force)`);
    await admin.unsafe(`create database ${name}`);
  } catch {
    await admin.end();
    return null;
  }
  const url = new URL(process.env['TEST_DATABASE_URL'] ?? server);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    drop: async () => {
      await admin.unsafe(`drop database if exists ${name} with (force)`);
      await admin.end();
    },
  };
}
