// The embedded server's settings: durable, and modest enough for a laptop or a container with 1 GB.

/** As `-c name=value`; everything not named here is PostgreSQL's default, above all fsync and synchronous_commit = on. */
export const serverSettings: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  // Socket paths are limited to 107 bytes, which a deep workspace exceeds; the port is enough.
  unix_socket_directories: '',
  max_connections: '60',
  shared_buffers: '128MB',
  work_mem: '32MB',
  maintenance_work_mem: '128MB',
  effective_cache_size: '1GB',
  random_page_cost: '1.1',
  // A first sync of a large CRM writes gigabytes: fewer forced checkpoints, still bounded disk.
  max_wal_size: '2GB',
  // No replica will ever read this log.
  wal_level: 'minimal',
  max_wal_senders: '0',
  // Parallel workers share memory through /dev/shm, of which a container has 64 MB by default.
  max_parallel_workers_per_gather: '0',
  max_parallel_maintenance_workers: '0',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  datestyle: 'ISO, YMD',
  lc_messages: 'C',
  log_checkpoints: 'off',
  logging_collector: 'off',
  // Contexts and statements may carry people's data; a log must not.
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
};
