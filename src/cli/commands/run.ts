// How a command's work is carried out: with the services of this process, its result as the exit code.
import type { CommandResult, Services } from '../services.ts';

export type Run = (work: (services: Services) => CommandResult) => Promise<void>;
