import { describe, expect, it } from 'vitest';
import { isForeignPost } from '../../src/web/foreign-post.js';

const host = '127.0.0.1:8025';
const publicUrl = 'https://desk.kolkatapolice.example/thanadak';

describe('a form', () => {
  it.each([
    [{}],
    [{ 'sec-fetch-site': 'same-origin', origin: 'null' }],
    [{ 'sec-fetch-site': 'same-origin', origin: `http://${host}` }],
    [{ 'sec-fetch-site': 'none' }],
    [{ origin: 'null' }],
    [{ origin: `http://${host}` }],
    [{ origin: `https://${host}` }],
    [{ origin: 'https://desk.kolkatapolice.example' }],
  ])('is ours with %j', (headers) => {
    expect(isForeignPost({ headers: { host, ...headers }, publicUrl })).toBe(false);
  });

  it.each([
    [{ 'sec-fetch-site': 'cross-site' }],
    [{ 'sec-fetch-site': 'same-site' }],
    [{ 'sec-fetch-site': 'same-origin, cross-site' }],
    [{ 'sec-fetch-site': '' }],
    [{ 'sec-fetch-site': 'cross-site', origin: 'null' }],
    [{ 'sec-fetch-site': 'same-origin', origin: 'https://stranger.example' }],
    [{ origin: 'https://stranger.example' }],
    [{ origin: 'http://127.0.0.1:9999' }],
    [{ origin: 'https://desk.kolkatapolice.example.stranger.example' }],
    [{ origin: 'garbage' }],
    [{ origin: '' }],
  ])('is of somebody else with %j', (headers) => {
    expect(isForeignPost({ headers: { host, ...headers }, publicUrl })).toBe(true);
  });

  it('is of somebody else under a public name that nobody told us', () => {
    const headers = { host, origin: 'https://desk.kolkatapolice.example' };
    expect(isForeignPost({ headers, publicUrl: undefined })).toBe(true);
  });
});
