// The page at /: says what is here and lets people sign in. Three small files, no framework.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { defineRoute, type Route } from '../route.ts';

const FOLDER = path.resolve(import.meta.dirname, '../page');

const FILES = [
  { path: '/', file: 'index.html', contentType: 'text/html; charset=utf-8' },
  { path: '/page/sign-in.js', file: 'sign-in.js', contentType: 'text/javascript; charset=utf-8' },
  { path: '/page/page.css', file: 'page.css', contentType: 'text/css; charset=utf-8' },
] as const;

export const pageRoutes: readonly Route[] = FILES.map(({ path: at, file, contentType }) => {
  const text = readFileSync(path.join(FOLDER, file), 'utf8');
  return defineRoute({
    method: 'get',
    path: at,
    summary: at === '/' ? 'A page for people: what is here, and signing in.' : 'Part of the page.',
    role: 'anyone',
    effect: 'reads',
    answer: { kind: 'text', contentType },
    handle: () => Promise.resolve(text),
  });
});
