import { expect, it } from 'vitest';
import { cleanReport, cleanResult } from '#store/forgetting/clean-documents.ts';

const ana = {
  addresses: ['ana@acme.example'],
  records: [{ connection: 'hs', object: 'contact', id: '101' }],
};

it('takes a whole address out of a text, however it is written, and leaves addresses that hold it', () => {
  const others = ['diana@acme.example', 'x.ana@acme.example', 'ana@acme.example.jp', 'ana@acme.examples'];
  const texts = [...others, 'As Ana@Acme.example wrote.', '<ana@acme.example>,ana@acme.example'];
  expect(cleanResult({ texts }, ana)).toEqual({
    texts: [...others, 'As (forgotten) wrote.', '<(forgotten)>,(forgotten)'],
  });
});

it('takes roles and events of the person out, and not the account or the deal of the same number', () => {
  const same = { connection: 'hs', id: '101' };
  const document = {
    records: [same],
    value: { deals: [same] },
    roles: [same, { connection: 'sf', id: '101' }],
    events: [{ person: 'ana@acme.example' }, { person: null }, null, 3],
  };
  expect(cleanResult(document, ana)).toEqual({
    ...document,
    roles: [{ connection: 'sf', id: '101' }],
    events: [{ person: null }, null, 3],
  });
});

function failureOf(object: string) {
  return { connection: 'hs', object, id: '101', message: '101 is locked' };
}

it('keeps as many failures in a report as its counts say', () => {
  expect(cleanReport({ failures: [failureOf('contact'), failureOf('account')] }, ana)).toEqual({
    failures: [{ ...failureOf('contact'), id: null, message: '(forgotten) is locked' }, failureOf('account')],
  });
});
