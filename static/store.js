// The lab world's rows in IndexedDB. A commit names the generation that it builds on and fails if
// that is no longer the latest, so that two tabs, or two service workers during an update, never
// overwrite each other. The keys of the latest commits are stored too: a reader that is behind reads
// only the rows that changed.
"use strict";

(() => {
  const NAME = "cognitab";
  const VERSION = 1;
  // Format of the rows. A world in another format is not changed.
  const FORMAT_VERSION = 2;
  const KEPT_COMMITS = 64;
  const STORES = ["meta", "rows", "recent"];
  const DOWNLOAD = "~/cognitab.invalid/_cognitab/stored";

  const requestResult = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });

  const unreadable = (cause) =>
    new Error(`The stored lab cannot be read and was not changed: ${cause}. Download it at ${DOWNLOAD}`);

  let databasePromise;
  const forgetDatabase = () => (databasePromise = undefined);

  const open = async () => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      for (const store of STORES) request.result.createObjectStore(store);
    };
    const database = await requestResult(request).catch((error) => {
      throw error.name === "VersionError" ? unreadable("a newer build wrote it") : error;
    });
    // A newer build must be able to upgrade the database; this one then opens it again.
    database.onversionchange = () => (database.close(), forgetDatabase());
    database.onclose = forgetDatabase;
    return database;
  };

  const beginTransaction = async (mode) => {
    databasePromise ??= open();
    databasePromise.catch(forgetDatabase);
    const database = await databasePromise;
    try {
      return database.transaction(STORES, mode, { durability: "relaxed" });
    } catch (error) {
      forgetDatabase();
      throw error;
    }
  };

  const EMPTY_HEAD = { generation: 0, form: FORMAT_VERSION };

  // Rows written since a generation: `undefined` for none, the changed rows, or all rows.
  const news = async (known) => {
    const transaction = await beginTransaction("readonly");
    const [meta, rows, recent] = STORES.map((name) => transaction.objectStore(name));
    const { generation, form } = (await requestResult(meta.get("head"))) ?? EMPTY_HEAD;
    if (form !== FORMAT_VERSION) throw unreadable(`its format version is ${form}; this build reads ${FORMAT_VERSION}`);
    if (generation === known) return undefined;
    if (known > 0 && known < generation && generation - known <= KEPT_COMMITS) {
      const commits = await requestResult(recent.getAll());
      const newer = commits.filter((commit) => commit.generation > known);
      const keys = [...new Set(newer.flatMap((commit) => commit.keys))];
      const texts = await Promise.all(keys.map((key) => requestResult(rows.get(key))));
      return { generation, whole: false, keys, texts: texts.map((text) => text ?? null) };
    }
    const [keys, texts] = await Promise.all([requestResult(rows.getAllKeys()), requestResult(rows.getAll())]);
    return { generation, whole: true, keys, texts };
  };

  // Writes rows (`null` deletes) on top of a generation. If another commit came first, returns its
  // rows instead. Writes do not wait for the comparison; if it fails, the transaction is aborted.
  const commit = async (known, keys, texts) => {
    const transaction = await beginTransaction("readwrite");
    const [meta, rows, recent] = STORES.map((name) => transaction.objectStore(name));
    return new Promise((resolve, reject) => {
      let isOutdated = false;
      const head = meta.get("head");
      head.onsuccess = () => {
        const { generation, form } = head.result ?? EMPTY_HEAD;
        isOutdated = generation !== known || form !== FORMAT_VERSION;
        if (isOutdated) transaction.abort();
        else transaction.commit();
      };
      const generation = known + 1;
      keys.forEach((key, i) => (texts[i] === null ? rows.delete(key) : rows.put(texts[i], key)));
      recent.put({ generation, keys }, generation % KEPT_COMMITS);
      meta.put({ generation, form: FORMAT_VERSION }, "head");
      transaction.oncomplete = () => resolve(undefined);
      transaction.onabort = () => {
        if (isOutdated) resolve(news(known));
        else reject(transaction.error ?? new Error("the browser aborted a write"));
      };
    });
  };

  // Everything that is stored, in any format, as JSON to download.
  const dump = async () => {
    const database = await requestResult(indexedDB.open(NAME));
    try {
      const stores = [...database.objectStoreNames];
      if (!stores.length) return JSON.stringify({ version: database.version, stores: {} });
      const transaction = database.transaction(stores);
      const read = async (name) => {
        const store = transaction.objectStore(name);
        const [keys, values] = await Promise.all([requestResult(store.getAllKeys()), requestResult(store.getAll())]);
        return [name, keys.map((key, i) => [key, values[i]])];
      };
      const all = await Promise.all(stores.map(read));
      return JSON.stringify({ version: database.version, stores: Object.fromEntries(all) });
    } finally {
      database.close();
    }
  };

  const discard = async () => {
    (await databasePromise?.catch(() => undefined))?.close();
    forgetDatabase();
    await requestResult(indexedDB.deleteDatabase(NAME));
  };

  self.cognitabStore = { news, commit, dump, discard };
})();
