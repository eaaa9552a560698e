// An ordinary app: a link to the login page, and a callback page that reads the fragment.
const asked = new URLSearchParams(location.search);
const link = document.querySelector("#sign-in");
if (asked.has("login")) {
  const question = new URLSearchParams({
    response_type: "token", client_id: asked.get("client"), scope: "openid email",
    redirect_uri: asked.get("back") ?? `${location.origin}/`, state: "kept-by-the-app",
  });
  link.href = `${asked.get("login")}oauth2/authorize?${question}`;
}
const given = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
if (given.id_token) {
  const payload = given.id_token.split(".")[1].replace(/-/g, "+").replace(/_/g, "/");
  document.querySelector("#came-back").textContent =
    JSON.stringify({ state: given.state, type: given.token_type, claims: JSON.parse(atob(payload)) });
}
