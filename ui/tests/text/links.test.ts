import { describe, expect, test } from 'vitest';
import { hostOf, hostsIn, lead } from '../../src/text/links';

describe('the host that is shown', () => {
  test.each([
    ['https://example.com/a', 'example.com'],
    ['https://bücher.example', 'xn--bcher-kva.example'],
    ['https://pаypal.com', 'xn--pypal-4ve.com'],
    ['https://127.0.0.1:8443/x', '127.0.0.1:8443'],
    ['https://0x7f.1/', '127.0.0.1'],
    ['https://example.com\\@evil.example', 'example.com'],
  ])('%s leads to %s', (address, host) => expect(hostOf(address)).toBe(host));

  test.each(['http://example.com', 'javascript:alert(1)', 'https://good.example@evil.example', 'tauri://localhost', '/x', ''])('%s is not opened', (address) => expect(hostOf(address)).toBeNull());
});

describe('hosts that a text names', () => {
  test.each([
    ['see paypal.com/login', ['paypal.com']],
    ['HTTPS://PayPal.com', ['paypal.com']],
    ['pay⟨U+200B⟩pal.com', ['paypal.com']],
    ['http://10.0.0.1/x', ['10.0.0.1']],
    ['ftp://files.example', ['files.example']],
    ['mail jo@acme.example', ['acme.example']],
    ['paypal。com', ['paypal.com']],
    ['report.pdf and Main.java', []],
    ['version 5.4.1 of it', []],
    ['click here', []],
  ])('%s', (text, hosts) => expect(hostsIn(text)).toEqual(hosts));
});

describe('what is said beside a link', () => {
  test('its host, where the text is silent', () => {
    expect(lead('https://evil.example/x', 'click here')).toEqual({ host: 'evil.example', instead: null, said: false });
  });
  test('nothing more, where the text is the address', () => {
    expect(lead('https://a.example/x', 'https://a.example/x')?.said).toBe(true);
  });
  test('that it leads elsewhere, where the text names another host', () => {
    expect(lead('https://evil.example/', 'https://paypal.com/login')).toEqual({ host: 'evil.example', instead: 'paypal.com', said: false });
    expect(lead('https://xn--pypal-4ve.com/', 'pаypal.com')?.host).toBe('xn--pypal-4ve.com');
    expect(lead('https://xn--pypal-4ve.com/', 'paypal.com')?.instead).toBe('paypal.com');
    expect(lead('https://paypal.com.evil.example/', 'paypal.com')?.instead).toBe('paypal.com');
    expect(lead('https://evil.example/?to=paypal.com', 'paypal.com')?.instead).toBe('paypal.com');
  });
  test('not that a host is another one when the same people give it out', () => {
    expect(lead('https://www.acme.example/', 'acme.example')?.instead).toBeNull();
    expect(lead('https://acme.example/', 'www.acme.example')?.instead).toBeNull();
  });
  test('nothing, where it leads nowhere', () => expect(lead('', 'x')).toBeNull());
});
