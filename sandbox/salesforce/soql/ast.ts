// A parsed query: what was written, before any name is looked up.
import type { Token } from './lexer.ts';

export interface PathNode {
  readonly segments: readonly string[];
  readonly position: number;
}

export const AGGREGATES = ['COUNT', 'COUNT_DISTINCT', 'SUM', 'AVG', 'MIN', 'MAX'] as const;
export type Aggregate = (typeof AGGREGATES)[number];

export interface AggregateNode {
  readonly kind: 'aggregate';
  readonly aggregate: Aggregate;
  /** Null for COUNT(). */
  readonly path: PathNode | null;
  readonly alias: string | null;
  readonly position: number;
}

export type SelectNode =
  | {
      readonly kind: 'field';
      readonly path: PathNode;
      readonly alias: string | null;
      readonly label: boolean;
    }
  | AggregateNode
  | { readonly kind: 'fields'; readonly group: 'ALL' | 'STANDARD' | 'CUSTOM'; readonly position: number }
  | { readonly kind: 'children'; readonly query: QueryNode };

export const COMPARISONS = ['=', '!=', '<', '<=', '>', '>='] as const;
export type Comparison = (typeof COMPARISONS)[number];

/** A word is a date literal, true, false or null. */
export type LiteralNode = Token;

export type OperandNode = { readonly kind: 'field'; readonly path: PathNode } | AggregateNode;

export type ConditionNode =
  | { readonly kind: 'and' | 'or'; readonly conditions: readonly ConditionNode[] }
  | { readonly kind: 'not'; readonly condition: ConditionNode }
  | {
      readonly kind: 'compare';
      readonly operand: OperandNode;
      readonly comparison: Comparison;
      readonly value: LiteralNode;
    }
  | { readonly kind: 'like'; readonly operand: OperandNode; readonly value: LiteralNode }
  | {
      readonly kind: 'in';
      readonly operand: OperandNode;
      readonly negated: boolean;
      readonly values: readonly LiteralNode[];
    }
  | {
      readonly kind: 'in-query';
      readonly operand: OperandNode;
      readonly negated: boolean;
      readonly query: QueryNode;
    }
  | {
      readonly kind: 'includes';
      readonly operand: OperandNode;
      readonly negated: boolean;
      readonly values: readonly LiteralNode[];
    };

export interface OrderNode {
  readonly operand: OperandNode;
  readonly descending: boolean;
  /** Nulls come first unless said otherwise, in either direction. */
  readonly nullsLast: boolean;
}

export interface QueryNode {
  readonly text: string;
  readonly select: readonly SelectNode[];
  readonly from: string;
  readonly fromPosition: number;
  readonly alias: string | null;
  readonly where: ConditionNode | null;
  readonly groupBy: readonly PathNode[];
  readonly having: ConditionNode | null;
  readonly orderBy: readonly OrderNode[];
  readonly limit: number | null;
  readonly offset: number;
}
