// Keeps what the matcher needs of each record, in columns of integers: names, domains and numbers become table
// numbers, the rest of the record is dropped. Refuses to compare anything.
import { normaliseCountry } from '../record/country.ts';
import type { CompanyRecord } from './company-record.ts';
import { GrowingColumn } from './group/growing-column.ts';
import { PairColumns } from './group/pair-columns.ts';
import { RowMarks } from './group/row-marks.ts';
import { StringTable } from './group/string-table.ts';
import { TextPool } from './group/text-pool.ts';
import { type CompanyDomain, companyDomainOf } from './host/company-domain-of.ts';
import { canonicaliseIdentifier, deriveIdentifiers } from './identifier/canonicalise-identifier.ts';
import type { KeyRules } from './key-rules.ts';
import type { MemorySink, MemorySource } from './memory/memory-parts.ts';
import { isJunkName } from './name/is-junk-name.ts';
import { readNameForms } from './name/name-forms.ts';
import { countryOfScript, nameScripts, scriptOf } from './name/name-script.ts';
import { splitNameText } from './name/split-name-text.ts';

/** What is known of one use of a name, as bits. */
export const nameFlags = { alias: 1, hasLegalForm: 2, isPartnership: 4 } as const;

/** Hosts of mail that are not a domain already known: few companies use many of them. */
const rememberedHosts = 50_000;

interface Part {
  save: (sink: MemorySink, name: string) => void;
  restore: (source: MemorySource, name: string) => void;
}

export class RecordColumns {
  readonly accountIds = new TextPool();
  /** Rows of records that were removed, or put anew in another row. */
  readonly goneAccounts = new RowMarks();
  readonly gonePersons = new RowMarks();
  /** As given, else what a bracket of the name or an identifier says. */
  readonly accountCountry = new GrowingColumn();
  /** The country, else that of the domain's ending or of the script: good enough to keep two records apart. */
  readonly accountPlace = new GrowingColumn();
  readonly accountDomain = new GrowingColumn();
  readonly accountSubHost = new GrowingColumn();
  /** Name uses, further domains, identifiers and parents: pairs of (row, number). */
  readonly names = new PairColumns();
  readonly nameUseFlags = new GrowingColumn();
  readonly moreDomains = new PairColumns();
  readonly identifiers = new PairColumns();
  readonly parents = new PairColumns();
  readonly labels = new PairColumns();
  /** Every record in the order it was added: its row, as -1 - row for a person. */
  readonly sequence = new GrowingColumn();

  readonly personIds = new TextPool();
  readonly personDomain = new GrowingColumn();
  readonly personName = new GrowingColumn();
  readonly personCountry = new GrowingColumn();
  readonly personLink = new GrowingColumn();

  /** Folded core names with spaces between their words; each belongs to a core without spaces. */
  readonly nameTable = new StringTable();
  readonly coreTable = new StringTable();
  readonly coreOfName = new GrowingColumn();
  /** Index into `nameScripts`. */
  readonly scriptOfCore = new GrowingColumn();
  readonly domainTable = new StringTable();
  readonly stemTable = new StringTable();
  readonly stemOfDomain = new GrowingColumn();
  readonly placeOfDomain = new GrowingColumn();
  readonly subHostTable = new StringTable();
  readonly countryTable = new StringTable();
  /** `scheme value`, with what the matcher asks of each. */
  readonly identifierTable = new StringTable();
  readonly identifierScheme: string[] = [];
  readonly identifierRegister = new GrowingColumn();
  readonly registerTable = new StringTable();
  readonly linkTable = new StringTable();
  readonly labelTable = new StringTable();

  private readonly rules: KeyRules;
  private readonly mailDomains = new Map<string, number>();

  constructor(rules: KeyRules) {
    this.rules = rules;
  }

  add(record: CompanyRecord): void {
    if (record.kind === 'person') this.addPerson(record);
    else this.addAccount(record);
  }

  save(sink: MemorySink): void {
    for (const [name, part] of this.parts()) part.save(sink, name);
  }

  /** Into empty columns, made with the same rules. The order of addition is not kept. */
  restore(source: MemorySource): void {
    for (const [name, part] of this.parts()) part.restore(source, name);
    for (let identifier = 0; identifier < this.identifierTable.size; identifier++)
      this.identifierScheme.push(this.identifierTable.textOf(identifier).split(' ')[0] ?? '');
  }

  private parts(): [string, Part][] {
    return [
      ['accountIds', this.accountIds],
      ['goneAccounts', this.goneAccounts],
      ['accountCountry', this.accountCountry],
      ['accountPlace', this.accountPlace],
      ['accountDomain', this.accountDomain],
      ['accountSubHost', this.accountSubHost],
      ['names', this.names],
      ['nameUseFlags', this.nameUseFlags],
      ['moreDomains', this.moreDomains],
      ['identifiers', this.identifiers],
      ['parents', this.parents],
      ['labels', this.labels],
      ['personIds', this.personIds],
      ['gonePersons', this.gonePersons],
      ['personDomain', this.personDomain],
      ['personName', this.personName],
      ['personCountry', this.personCountry],
      ['personLink', this.personLink],
      ['nameTable', this.nameTable],
      ['coreTable', this.coreTable],
      ['coreOfName', this.coreOfName],
      ['scriptOfCore', this.scriptOfCore],
      ['domainTable', this.domainTable],
      ['stemTable', this.stemTable],
      ['stemOfDomain', this.stemOfDomain],
      ['placeOfDomain', this.placeOfDomain],
      ['subHostTable', this.subHostTable],
      ['countryTable', this.countryTable],
      ['identifierTable', this.identifierTable],
      ['identifierRegister', this.identifierRegister],
      ['registerTable', this.registerTable],
      ['linkTable', this.linkTable],
      ['labelTable', this.labelTable],
    ];
  }

  private addAccount(record: CompanyRecord): void {
    const row = this.accountIds.add(record.id);
    this.sequence.push(row);
    const given = normaliseCountry(record.country);
    const name = record.name ?? record.companyName ?? '';
    const named = name === '' ? null : this.addName(row, name, 0);
    for (const alias of record.aliases ?? []) this.addName(row, alias, nameFlags.alias);
    const issued = record.ids === undefined ? null : this.addIdentifiers(row, record.ids, given);
    const country = given ?? named ?? issued;
    const written = countryOfScript(name);
    const place = this.addDomains(row, record);
    const number = country === null ? -1 : this.countryTable.numberOf(country);
    this.accountCountry.push(number);
    const hint = place < 0 && written !== null ? this.countryTable.numberOf(written) : place;
    this.accountPlace.push(number >= 0 ? number : hint);
    if (record.parentId !== null && record.parentId !== undefined)
      this.parents.push(row, this.linkTable.numberOf(record.parentId));
    for (const label of record.labels ?? []) this.labels.push(row, this.labelTable.numberOf(label));
  }

  private addPerson(record: CompanyRecord): void {
    this.sequence.push(-1 - this.personIds.add(record.id));
    this.personDomain.push(this.mailDomainOf(record));
    const typed = record.companyName;
    this.personName.push(
      typed === null || typed === undefined ? -1 : (this.readName(splitNameText(typed).name)?.number ?? -1),
    );
    const country = normaliseCountry(record.country);
    this.personCountry.push(country === null ? -1 : this.countryTable.numberOf(country));
    this.personLink.push(
      record.accountId === null || record.accountId === undefined
        ? -1
        : this.linkTable.numberOf(record.accountId),
    );
  }

  /** Answers the country that the name says. */
  private addName(row: number, text: string, flags: number): string | null {
    const { name, also, country } = splitNameText(text);
    this.addNameUse(row, name, flags);
    for (const other of also) this.addNameUse(row, other, nameFlags.alias);
    return country;
  }

  private addNameUse(row: number, text: string, flags: number): void {
    const read = this.readName(text);
    if (read === null) return;
    this.names.push(row, read.number);
    this.nameUseFlags.push(flags | read.flags);
  }

  private readName(text: string): { number: number; flags: number } | null {
    const forms = readNameForms(text, this.rules.legalForms);
    if (forms === null || isJunkName(forms.core, this.rules.junkNames)) return null;
    const number = this.nameTable.numberOf(forms.words.join(' '));
    if (number === this.coreOfName.length) {
      const core = this.coreTable.numberOf(forms.core);
      this.coreOfName.push(core);
      if (core === this.scriptOfCore.length)
        this.scriptOfCore.push(nameScripts.indexOf(scriptOf(forms.core)));
    }
    const legal = forms.kinds.length > 0 ? nameFlags.hasLegalForm : 0;
    return { number, flags: legal | (forms.kinds.includes('partnership') ? nameFlags.isPartnership : 0) };
  }

  /** Answers the country whose register gave one of the identifiers. */
  private addIdentifiers(
    row: number,
    ids: Readonly<Record<string, string>>,
    country: string | null,
  ): string | null {
    let issuer: string | null = null;
    for (const [scheme, value] of Object.entries(ids)) {
      const identifier = canonicaliseIdentifier(scheme, value, country);
      if (identifier === null) continue;
      issuer ??= identifier.country;
      for (const each of deriveIdentifiers(identifier)) {
        const number = this.identifierTable.numberOf(`${each.scheme} ${each.value}`);
        if (number === this.identifierScheme.length) {
          this.identifierScheme.push(each.scheme);
          this.identifierRegister.push(each.exclusive ? this.registerTable.numberOf(each.register) : -1);
        }
        this.identifiers.push(row, number);
      }
    }
    return issuer;
  }

  /** The first own domain among domain, website and the company's e-mail leads; answers the country of its ending. */
  private addDomains(row: number, record: CompanyRecord): number {
    let first: CompanyDomain | null = null;
    let number = -1;
    for (const text of [record.domain, record.website, record.email]) {
      const found = companyDomainOf(text, this.rules.hosts);
      if (found === null || found.class !== 'own') continue;
      const here = this.numberOfDomain(found);
      if (first === null) {
        first = found;
        number = here;
      } else if (here !== number) this.moreDomains.push(row, here);
    }
    this.accountDomain.push(number);
    this.accountSubHost.push(first === null ? -1 : this.subHostTable.numberOf(first.subHost));
    return number < 0 ? -1 : this.placeOfDomain.get(number);
  }

  private numberOfDomain(found: CompanyDomain): number {
    const number = this.domainTable.numberOf(found.domain);
    if (number === this.stemOfDomain.length) {
      this.stemOfDomain.push(this.stemTable.numberOf(found.stem));
      this.placeOfDomain.push(found.country === null ? -1 : this.countryTable.numberOf(found.country));
    }
    return number;
  }

  private mailDomainOf(record: CompanyRecord): number {
    const email = record.email ?? record.website ?? record.domain;
    if (email === null || email === undefined) return -1;
    const host = email.slice(email.lastIndexOf('@') + 1);
    const own = this.domainTable.find(host);
    if (own >= 0) return own;
    const known = this.mailDomains.get(host);
    if (known !== undefined) return known;
    const found = companyDomainOf(email, this.rules.hosts);
    const number = found !== null && found.class === 'own' ? this.numberOfDomain(found) : -1;
    if (this.mailDomains.size >= rememberedHosts) this.mailDomains.clear();
    this.mailDomains.set(host, number);
    return number;
  }
}
