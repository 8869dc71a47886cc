using System.Net;
using System.Security.Cryptography;
using System.Text;
using Kinora.Server.Schema;

namespace Kinora.Server.Api.Describing;

/// <summary>The operations as one plain page for people: no script, nothing loaded from elsewhere.</summary>
internal static class DocsPage
{
    private const string Style = """
        :root{color-scheme:light dark;--ink:#1c1e21;--soft:#5b626b;--line:#dfe3e8;--back:#fff;--card:#f7f8fa;--accent:#3b5bdb}
        @media(prefers-color-scheme:dark){:root{--ink:#e7e9ec;--soft:#9aa3ad;--line:#2e343b;--back:#15181c;--card:#1d2126;--accent:#91a7ff}}
        *{box-sizing:border-box}body{margin:0;background:var(--back);color:var(--ink);font:16px/1.55 system-ui,sans-serif}
        .frame{display:grid;grid-template-columns:17rem minmax(0,1fr);max-width:76rem;margin:0 auto}
        nav{position:sticky;top:0;align-self:start;max-height:100vh;overflow:auto;padding:2rem 1rem 2rem 1.5rem;font-size:.9rem}
        nav h2{font-size:.75rem;letter-spacing:.06em;text-transform:uppercase;color:var(--soft);margin:1.4rem 0 .3rem}
        nav a{display:block;color:inherit;text-decoration:none;padding:.12rem 0}nav a:hover,nav a:focus{color:var(--accent)}
        main{padding:2rem 1.5rem 6rem}h1{font-size:1.9rem;margin:0 0 .4rem}main>h2{margin:3rem 0 0;padding-top:1rem;border-top:1px solid var(--line);font-size:1.4rem}
        section{margin:1.6rem 0 0;padding-top:.6rem}h3{margin:0;font-size:1.05rem}.route{font:600 .92rem/1.6 ui-monospace,monospace;overflow-wrap:anywhere}
        .verb{display:inline-block;min-width:4.2rem;color:var(--accent)}p{margin:.35rem 0;max-width:46rem}.soft{color:var(--soft)}
        table{border-collapse:collapse;width:100%;table-layout:fixed;margin:.5rem 0;font-size:.9rem}td:first-child,th:first-child{width:13rem}td,th{text-align:left;vertical-align:top;padding:.3rem .7rem .3rem 0;border-bottom:1px solid var(--line);overflow-wrap:anywhere}
        th{font-weight:600;color:var(--soft)}code,pre{font:.86rem/1.5 ui-monospace,monospace}pre{background:var(--card);border:1px solid var(--line);border-radius:.5rem;padding:.7rem .9rem;overflow:auto;margin:.5rem 0}
        details summary{cursor:pointer;color:var(--soft);font-size:.9rem}@media(max-width:52rem){.frame{display:block}nav{position:static;max-height:none;padding:1.5rem 1.5rem 0}nav .list{columns:2}}
        """;

    /// <summary>Nothing but the one style above.</summary>
    public static string ContentSecurityPolicy { get; } =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    public static byte[] Write(IReadOnlyList<ApiOperation> operations)
    {
        var page = new StringBuilder(128 << 10);
        page.Append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>Kinora API</title><style>")
            .Append(Style).Append("</style></head><body><div class=\"frame\">");
        WriteIndex(page, operations);
        page.Append("<main><h1>Kinora API</h1><p>Make video and images with any provider. The same as a machine reads it: <a href=\"/openapi.json\">openapi.json</a>.</p>")
            .Append("<p>Sign in with <code>POST /api/auth/login</code>, or take an API key, and send it as <code>Authorization: Bearer …</code>. ")
            .Append("Every create takes <code>Idempotency-Key</code>: a repeat is the first job again, and never paid twice.</p>")
            .Append("<p>Every error is <code>{\"error\", \"code\", \"request_id\", …}</code>; other people's ids answer exactly as unknown ones. Times are unix seconds, money is US dollars.</p>");
        foreach (var tag in operations.GroupBy(o => o.Tag))
        {
            page.Append("<h2>").Append(Text(tag.Key)).Append("</h2>");
            foreach (var operation in tag)
            {
                WriteOperation(page, operation);
            }
        }

        return Encoding.UTF8.GetBytes(page.Append("</main></div></body></html>\n").ToString());
    }

    private static void WriteIndex(StringBuilder page, IReadOnlyList<ApiOperation> operations)
    {
        page.Append("<nav aria-label=\"Operations\"><div class=\"list\">");
        foreach (var tag in operations.GroupBy(o => o.Tag))
        {
            page.Append("<h2>").Append(Text(tag.Key)).Append("</h2>");
            foreach (var operation in tag)
            {
                page.Append("<a href=\"#").Append(operation.Name).Append("\">").Append(Text(operation.Summary)).Append("</a>");
            }
        }

        page.Append("</div></nav>");
    }

    private static void WriteOperation(StringBuilder page, ApiOperation operation)
    {
        page.Append("<section id=\"").Append(operation.Name).Append("\"><h3>").Append(Text(operation.Summary)).Append("</h3><div class=\"route\"><span class=\"verb\">")
            .Append(operation.Method).Append("</span>").Append(Text(operation.Address)).Append("</div><p class=\"soft\">").Append(Access(operation)).Append("</p>");
        if (operation.About is { } about)
        {
            page.Append("<p>").Append(Text(about)).Append("</p>");
        }

        WriteFields(page, "Query", operation.Query, []);
        if (operation.Body is { } body)
        {
            WriteFields(page, body.Form ? "Body: JSON or a form" : "Body: JSON", body.Fields, body.Files);
            page.Append("<pre>").Append(Text(Curl(operation, body))).Append("</pre>");
        }

        page.Append("<details><summary>Answer and errors</summary>");
        if (operation.Answer.Example.Length > 0)
        {
            page.Append("<pre>").Append(Text(Pretty(operation.Answer.Example))).Append("</pre>");
        }

        page.Append("<p>");
        page.AppendJoin(", ", operation.AllErrors.Distinct().Select(code => $"{operation.Style.StatusOf(code)}&nbsp;<code>{code}</code>")).Append("</p></details></section>");
    }

    private static string Access(ApiOperation operation) => operation.Access switch
    {
        ApiAccess.Anybody => "For anybody",
        ApiAccess.SignedIn => "Signed in with a password; no API key",
        ApiAccess.Admin => "For admins (scope admin)",
        var scope => $"Scope {scope.ToString().ToLowerInvariant()}",
    };

    private static void WriteFields(StringBuilder page, string title, IReadOnlyList<Param> fields, IReadOnlyList<ApiFile> files)
    {
        if (fields.Count + files.Count == 0)
        {
            return;
        }

        page.Append("<table><thead><tr><th>").Append(title).Append("</th><th></th></tr></thead><tbody>");
        foreach (var field in fields)
        {
            var facts = new[] { field.Required ? "required" : null, field.Allowed, Default(field), field.About };
            page.Append("<tr><td><code>").Append(field.Name).Append("</code></td><td>").Append(Text(string.Join("; ", facts.OfType<string>()))).Append("</td></tr>");
        }

        foreach (var file in files)
        {
            page.Append("<tr><td><code>").Append(file.Name).Append("</code></td><td>").Append(Text($"file{(file.Most > 1 ? $", up to {file.Most}" : "")}; {file.About}")).Append("</td></tr>");
        }

        page.Append("</tbody></table>");
    }

    private static string? Default(Param field) => field.DefaultValue switch
    {
        null => null,
        bool flag => "default " + (flag ? "true" : "false"),
        var value => FormattableString.Invariant($"default {value}"),
    };

    private static string Curl(ApiOperation operation, ApiBody body) =>
        $"curl{(operation.Method == "POST" ? "" : " -X " + operation.Method)} http://127.0.0.1:3000{operation.Address.Replace("{id}", "ID", StringComparison.Ordinal)} \\\n"
        + (operation.Access == ApiAccess.Anybody ? "" : "  -H \"Authorization: Bearer $TOKEN\" \\\n")
        + (body.Files.FirstOrDefault(f => f.Required) is { } file ? Form(body, file) : $"  -H \"Content-Type: application/json\" \\\n  -d '{body.Example}'");

    private static string Form(ApiBody body, ApiFile file)
    {
        using var fields = System.Text.Json.JsonDocument.Parse(body.Example);
        return string.Concat(fields.RootElement.EnumerateObject().Select(f => $"  -F '{f.Name}={f.Value}' \\\n")) + $"  -F '{file.Name}=@FILE'";
    }

    private static string Pretty(string example)
    {
        using var document = System.Text.Json.JsonDocument.Parse(example);
        return System.Text.Json.JsonSerializer.Serialize(document.RootElement, Readable);
    }

    private static System.Text.Json.JsonSerializerOptions Readable { get; } = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
