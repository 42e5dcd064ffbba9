/** Base addresses as people write and paste them. */

/**
 * The base in an address: without what stands around it, a query, slashes at its end, and the path of discovery.
 * @param {string} address
 */
export function baseIn(address) {
  const text = address.trim();
  if (!URL.canParse(text)) return text;
  const url = new URL(text);
  url.search = '';
  url.hash = '';
  return url.href.replace(/\/+$/, '').replace(/\/+cds-services$/, '');
}

/**
 * Why an address cannot be called; an empty string when it can.
 * @param {string} address
 */
export function faultOf(address) {
  if (address.trim() === '') return '';
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || !/^https?:$/.test(url.protocol))
    return 'Write an address that begins with http:// or https://.';
  if (url.username + url.password !== '')
    return 'Leave the user name and password out: this page sends none.';
  return '';
}
