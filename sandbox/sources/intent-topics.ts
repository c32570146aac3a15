// The topics all intent sources of the demo speak of, as different vendors write them.
export const TOPICS = [
  'ERP migration',
  'warehouse automation',
  'production planning',
  'supplier management',
] as const;
