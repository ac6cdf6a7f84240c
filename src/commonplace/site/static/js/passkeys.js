// Passkeys: making one, and signing in with one. The browser asks the person, and the form carries what it answers
// (Web Authentication Level 3, 5.1). Where a browser has no passkeys, the forms stay hidden.

const ceremonies = {
  async add() {
    const options = JSON.parse(document.getElementById("passkey-options").textContent).creation_options.publicKey;
    // A key that the device can find by itself: nobody types an address to sign in with it.
    options.authenticatorSelection = {
      ...options.authenticatorSelection,
      residentKey: "required",
      requireResidentKey: true,
      userVerification: "required",
    };
    return navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) });
  },

  async use(form) {
    const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(`${answer.status} ${answer.statusText}`);
    const options = (await answer.json()).request_options.publicKey;
    return navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
  },
};

if (window.PublicKeyCredential?.parseCreationOptionsFromJSON) {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const failed = form.querySelector("[data-failed]");
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      failed.hidden = true;
      try {
        const credential = await ceremonies[form.dataset.passkey](form);
        form.elements.credential.value = JSON.stringify(credential);
      } catch {
        failed.hidden = false; // the person said no, waited too long, or has no such key: the page says what else to do
        return;
      }
      form.submit();
    });
  }
}
