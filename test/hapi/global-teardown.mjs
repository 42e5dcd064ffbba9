/** After the tests under test/hapi: stops the server if global-setup.mjs started it. */
export default function tearDown() {
  globalThis.stopHapiServer?.();
}
