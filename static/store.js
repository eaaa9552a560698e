// The lab world's rows in IndexedDB. A commit builds on a generation and is refused where that is
// no longer the newest: two tabs, or two service workers during an update, never write past each
// other. Which rows the newest commits changed is kept beside the world, so that whoever fell behind
// reads what is new and not everything.
"use strict";

(() => {
  const NAME = "cognitab";
  const VERSION = 1;
  // The form in which rows are written; a world in another one is left alone.
  const FORM = 2;
  const RECENT = 64;
  const STORES = ["meta", "rows", "recent"];
  const DOWNLOAD = "~/cognitab.invalid/_cognitab/stored";

  const asked = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });

  const unreadable = (cause) =>
    new Error(`The stored lab cannot be read and was left as it is: ${cause}. It can be downloaded at ${DOWNLOAD}`);

  let opened;
  const forget = () => (opened = undefined);

  const open = async () => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      for (const store of STORES) request.result.createObjectStore(store);
    };
    const database = await asked(request).catch((error) => {
      throw error.name === "VersionError" ? unreadable("it is of a newer build") : error;
    });
    // A newer build must be able to change the form; this one then opens anew.
    database.onversionchange = () => (database.close(), forget());
    database.onclose = forget;
    return database;
  };

  const begin = async (mode) => {
    opened ??= open();
    opened.catch(forget);
    const database = await opened;
    try {
      return database.transaction(STORES, mode, { durability: "relaxed" });
    } catch (error) {
      forget();
      throw error;
    }
  };

  const NOTHING = { generation: 0, form: FORM };

  // What others have written since a generation: nothing, the rows that changed, or all of them.
  const news = async (known) => {
    const transaction = await begin("readonly");
    const [meta, rows, recent] = STORES.map((name) => transaction.objectStore(name));
    const { generation, form } = (await asked(meta.get("head"))) ?? NOTHING;
    if (form !== FORM) throw unreadable(`its form is ${form}, and this build knows ${FORM}`);
    if (generation === known) return undefined;
    if (known > 0 && known < generation && generation - known <= RECENT) {
      const commits = await asked(recent.getAll());
      const newer = commits.filter((commit) => commit.generation > known);
      const keys = [...new Set(newer.flatMap((commit) => commit.keys))];
      const texts = await Promise.all(keys.map((key) => asked(rows.get(key))));
      return { generation, whole: false, keys, texts: texts.map((text) => text ?? null) };
    }
    const [keys, texts] = await Promise.all([asked(rows.getAllKeys()), asked(rows.getAll())]);
    return { generation, whole: true, keys, texts };
  };

  // Writes rows (`null` removes) on top of a generation, or tells what came in between. The writes
  // do not wait for the comparison: where it fails the transaction is given up, and they with it.
  const commit = async (known, keys, texts) => {
    const transaction = await begin("readwrite");
    const [meta, rows, recent] = STORES.map((name) => transaction.objectStore(name));
    return new Promise((resolve, reject) => {
      let late = false;
      const head = meta.get("head");
      head.onsuccess = () => {
        const { generation, form } = head.result ?? NOTHING;
        late = generation !== known || form !== FORM;
        if (late) transaction.abort();
        else transaction.commit();
      };
      const generation = known + 1;
      keys.forEach((key, i) => (texts[i] === null ? rows.delete(key) : rows.put(texts[i], key)));
      recent.put({ generation, keys }, generation % RECENT);
      meta.put({ generation, form: FORM }, "head");
      transaction.oncomplete = () => resolve(undefined);
      transaction.onabort = () => {
        if (late) resolve(news(known));
        else reject(transaction.error ?? new Error("the browser gave up a write"));
      };
    });
  };

  // Everything that is stored, whatever its form, for the learner to keep.
  const dump = async () => {
    const database = await asked(indexedDB.open(NAME));
    try {
      const stores = [...database.objectStoreNames];
      if (!stores.length) return JSON.stringify({ version: database.version, stores: {} });
      const transaction = database.transaction(stores);
      const read = async (name) => {
        const store = transaction.objectStore(name);
        const [keys, values] = await Promise.all([asked(store.getAllKeys()), asked(store.getAll())]);
        return [name, keys.map((key, i) => [key, values[i]])];
      };
      const all = await Promise.all(stores.map(read));
      return JSON.stringify({ version: database.version, stores: Object.fromEntries(all) });
    } finally {
      database.close();
    }
  };

  const discard = async () => {
    (await opened?.catch(() => undefined))?.close();
    forget();
    await asked(indexedDB.deleteDatabase(NAME));
  };

  self.cognitabStore = { news, commit, dump, discard };
})();
