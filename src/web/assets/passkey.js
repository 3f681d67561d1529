// @ts-check
// Passkeys: signs in with one, and adds one to the own account. Without scripts the password remains.

/** @param {string} text base64url */
function bytesOf(text) {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

/** @param {ArrayBuffer | null | undefined} buffer */
function textOf(buffer) {
  if (!buffer) return undefined;
  const binary = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/**
 * @param {string} path
 * @param {Record<string, string>} fields
 */
async function post(path, fields) {
  const body = new URLSearchParams(fields);
  const answer = await fetch(path, { method: 'POST', body, headers: { accept: 'application/json' } });
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  return answer.json();
}

/** @param {PublicKeyCredential} credential */
function written(credential) {
  const { id, type, response } = credential;
  const assertion = /** @type {AuthenticatorAssertionResponse} */ (response);
  const attestation = /** @type {AuthenticatorAttestationResponse} */ (response);
  return JSON.stringify({
    id,
    rawId: id,
    type,
    clientExtensionResults: {},
    response: {
      clientDataJSON: textOf(response.clientDataJSON),
      authenticatorData: textOf(assertion.authenticatorData),
      signature: textOf(assertion.signature),
      userHandle: textOf(assertion.userHandle),
      attestationObject: textOf(attestation.attestationObject),
      transports: attestation.getTransports?.(),
    },
  });
}

/** @param {HTMLButtonElement} button */
async function enter(button) {
  const options = await post('/sign-in/passkey/ask', {});
  const credential = await navigator.credentials.get({
    publicKey: { ...options, challenge: bytesOf(options.challenge) },
  });
  const response = written(/** @type {PublicKeyCredential} */ (credential));
  const { to } = await post('/sign-in/passkey', { response, next: button.dataset.next ?? '' });
  location.assign(to);
}

/** @param {HTMLFormElement} form */
async function add(form) {
  const csrf = form.elements.namedItem('csrf');
  const field = form.elements.namedItem('response');
  if (!(csrf instanceof HTMLInputElement) || !(field instanceof HTMLInputElement)) return;
  const options = await post('/settings/passkeys/offer', { csrf: csrf.value });
  const credential = await navigator.credentials.create({
    publicKey: {
      ...options,
      challenge: bytesOf(options.challenge),
      user: { ...options.user, id: bytesOf(options.user.id) },
      excludeCredentials: options.excludeCredentials.map((/** @type {{ id: string }} */ known) => ({
        ...known,
        id: bytesOf(known.id),
      })),
    },
  });
  field.value = written(/** @type {PublicKeyCredential} */ (credential));
  form.submit();
}

function sayRefused() {
  document.getElementById('passkey-error')?.removeAttribute('hidden');
}

const button = document.getElementById('passkey');
const form = document.getElementById('add-passkey');
if ('credentials' in navigator && 'PublicKeyCredential' in window) {
  if (button instanceof HTMLButtonElement) {
    button.hidden = false;
    document.getElementById('other-ways')?.removeAttribute('hidden');
    button.addEventListener('click', () => enter(button).catch(sayRefused));
  }
  if (form instanceof HTMLFormElement) {
    form.hidden = false;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      add(form).catch(sayRefused);
    });
  }
}
