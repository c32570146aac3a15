// Which invoices were paid late, and which are overdue. Source rows name no invoice, so money settles what is due first,
// as a ledger does with money that comes without a reference.
import type { Transaction } from './transaction.ts';
import type { LatePaymentPolicy } from './value-policy.ts';

const DAY_MS = 86_400_000;

export interface LateInvoice {
  readonly amount: number;
  readonly dueAtMs: number;
  /** null: not paid yet. */
  readonly paidAtMs: number | null;
  /** Past the due date, up to the payment or to as-of. */
  readonly daysLate: number;
  readonly source: string;
}

export interface PaymentRecord {
  /** Invoices that said when they were due and could be judged. */
  readonly judged: number;
  /** The one that was due last first. */
  readonly late: readonly LateInvoice[];
  /** Billed and not paid. */
  readonly open: number;
  /** Of that, past its due date. */
  readonly overdue: number;
}

type Billed = Transaction & { readonly amount: number };

interface OpenInvoice {
  readonly invoice: Billed;
  readonly amount: number;
  left: number;
  paidAtMs: number | null;
}

/** Nothing after as-of counts. What is in a currency without a rate settles nothing and is not late. */
export function matchPayments(
  transactions: readonly Transaction[],
  asOfMs: number,
  policy: LatePaymentPolicy,
): PaymentRecord {
  const known: readonly Billed[] = transactions.flatMap((one) =>
    one.amount === null || one.occurredAtMs > asOfMs ? [] : [{ ...one, amount: one.amount }],
  );
  const invoices: readonly OpenInvoice[] = known
    .filter(({ type, amount }) => type === 'invoice' && amount > 0)
    .map((invoice) => ({ invoice, amount: invoice.amount, left: invoice.amount, paidAtMs: null }));
  settle(known, invoices, policy.tolerance);

  const late = invoices.flatMap((one) => lateInvoice(one, asOfMs, policy) ?? []);
  const unpaid = invoices.filter(({ paidAtMs }) => paidAtMs === null);
  return {
    judged: invoices.filter(({ invoice }) => invoice.dueAtMs !== null).length,
    late: late.toSorted((a, b) => b.dueAtMs - a.dueAtMs),
    open: sum(unpaid.map(({ left }) => left)),
    overdue: sum(unpaid.filter((one) => lateInvoice(one, asOfMs, policy) !== null).map(({ left }) => left)),
  };
}

/**
 * As time went by: money settles what was billed by then and was due first; what is left waits for the next invoice. What was
 * paid back is taken off the payments that follow.
 */
function settle(known: readonly Billed[], invoices: readonly OpenInvoice[], tolerance: number): void {
  const byRow = new Map(invoices.map((one) => [one.invoice, one]));
  const billed: OpenInvoice[] = [];
  let pool = 0;
  for (const row of known.toSorted((a, b) => a.occurredAtMs - b.occurredAtMs || rankOf(a) - rankOf(b))) {
    const invoice = byRow.get(row);
    if (invoice !== undefined) billed.push(invoice);
    else pool += row.type === 'payment' ? row.amount : row.type === 'invoice' ? -row.amount : 0;
    pool = payFrom(pool, billed, row.occurredAtMs, tolerance);
  }
}

/** What is left of the pool. */
function payFrom(pool: number, billed: OpenInvoice[], atMs: number, tolerance: number): number {
  let left = pool;
  while (left > 0) {
    const first = billed.toSorted(byDueDate)[0];
    if (first === undefined) break;
    const paid = Math.min(left, first.left);
    first.left -= paid;
    left -= paid;
    // Bank charges and rounding leave a little unpaid that nobody asks for.
    if (first.left > first.amount * tolerance) break;
    first.left = 0;
    first.paidAtMs = atMs;
    billed.splice(billed.indexOf(first), 1);
  }
  return left;
}

/** Of one day, what is billed comes before what is paid. */
function rankOf({ type, amount }: Billed): number {
  return type === 'invoice' && amount > 0 ? 0 : 1;
}

function byDueDate({ invoice: a }: OpenInvoice, { invoice: b }: OpenInvoice): number {
  return (a.dueAtMs ?? a.occurredAtMs) - (b.dueAtMs ?? b.occurredAtMs) || a.occurredAtMs - b.occurredAtMs;
}

function lateInvoice({ invoice, amount, paidAtMs }: OpenInvoice, asOfMs: number, policy: LatePaymentPolicy) {
  const { dueAtMs, source } = invoice;
  if (dueAtMs === null) return null;
  const daysLate = Math.floor(((paidAtMs ?? asOfMs) - dueAtMs) / DAY_MS);
  return daysLate > policy.graceDays ? { amount, dueAtMs, paidAtMs, daysLate, source } : null;
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}
