/** After the tests under test/postgres: the cluster and its folder go. */
export default function tearDown() {
  globalThis.stopPostgres?.();
}
