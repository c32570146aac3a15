// The one schema that holds everything of ours, so that a shared database stays tidy.

export const schemaName = 'tierline';
